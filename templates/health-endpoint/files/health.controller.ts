<%# nestAsks %>
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
<%/ nestAsks %>
<%^ nestAsks %>
import { Controller, Get } from '@nestjs/common';
<%/ nestAsks %>
<%# nestMongoose %>
import { InjectConnection } from '@nestjs/mongoose';
import { Connection } from 'mongoose';
<%/ nestMongoose %>
<%# nestSequelize %>
import { Sequelize } from 'sequelize-typescript';
<%/ nestSequelize %>
<%# nestTypeorm %>
import { DataSource } from 'typeorm';
<%/ nestTypeorm %>

@Controller()
export class HealthController {
<%# nestMongoose %>
  constructor(@InjectConnection() private readonly connection: Connection) {}

<%/ nestMongoose %>
<%# nestSequelize %>
  constructor(private readonly sequelize: Sequelize) {}

<%/ nestSequelize %>
<%# nestTypeorm %>
  constructor(private readonly dataSource: DataSource) {}

<%/ nestTypeorm %>
  /** The process answers. It asks nobody else, so that a slow database does not get it restarted. */
  @Get('health')
  health() {
    return { status: 'ok' };
  }
<%# nestAsks %>

  /** Requests can be served: the database answers. */
  @Get('ready')
  async ready() {
    try {
<%/ nestAsks %>
<%# nestMongoose %>
      await this.connection.db?.admin().ping();
<%/ nestMongoose %>
<%# nestSequelize %>
      await this.sequelize.authenticate();
<%/ nestSequelize %>
<%# nestTypeorm %>
      await this.dataSource.query('SELECT 1');
<%/ nestTypeorm %>
<%# nestAsks %>
    } catch {
      throw new ServiceUnavailableException();
    }
    return { status: 'ok' };
  }
<%/ nestAsks %>
}
