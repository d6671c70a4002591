import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { PrismaService } from './prisma.service<% importEnding %>';

/** Says whether requests can be served: the database has to answer. */
@Controller('ready')
export class ReadyController {
  constructor(private readonly prisma: PrismaService) {}

  @Get()
  async check() {
    try {
      await this.<% prismaPing %>;
    } catch {
      throw new ServiceUnavailableException();
    }
    return { status: 'ok' };
  }
}
