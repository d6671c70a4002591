import { Controller, Get } from '@nestjs/common';

/** Says that the process answers. It asks nobody else, so that a slow database does not get it restarted. */
@Controller('health')
export class HealthController {
  @Get()
  check() {
    return { status: 'ok' };
  }
}
