import { CallHandler, ExecutionContext, HttpException, Injectable, NestInterceptor } from '@nestjs/common';
import { captureException } from '@sentry/node';
import { Observable, tap } from 'rxjs';

/** Reports what a handler throws, but for what it means to tell the caller. */
@Injectable()
export class SentryInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap({
        error: (error: unknown) => {
          if (!(error instanceof HttpException) || error.getStatus() >= 500) captureException(error);
        },
      }),
    );
  }
}
