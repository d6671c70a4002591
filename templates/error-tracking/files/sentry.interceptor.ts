import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { captureException } from '@sentry/node';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs/operators';

/** Reports what a handler throws, but for what it means to tell the caller. */
@Injectable()
export class SentryInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(tap({ error: report }));
  }
}

function report(error: unknown) {
  const told = error instanceof HttpException && error.getStatus() < 500;
  if (!told) {
    captureException(error);
  }
}
