import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { CallFact } from '../../model/facts/index.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { Liveness } from '../../model/wiring.ts';
import { manifestOf } from './_packages.ts';
import type { Parameters } from './_parameter.ts';

interface Maker {
  package: RegExp;
  member: RegExp;
  /** What ends the connection, and what asks over it whether the store answers; null where the client has no promise for it. */
  close: string;
  ping: string | null;
}

const prisma: Maker = {
  package: /^@prisma\/client$/,
  member: /^PrismaClient$/,
  close: '.$disconnect()',
  ping: '.$queryRaw`SELECT 1`',
};

/** What makes a connection that a module can hand to others. */
const makers: readonly Maker[] = [
  prisma,
  { package: /^typeorm$/, member: /^DataSource$/, close: '.destroy()', ping: ".query('SELECT 1')" },
  { package: /^pg$/, member: /^(default\.)?(Pool|Client)$/, close: '.end()', ping: ".query('SELECT 1')" },
  { package: /^postgres$/, member: /^default$/, close: '.end()', ping: '`SELECT 1`' },
  {
    package: /^mysql2\/promise$/,
    member: /^(default\.)?createPool$/,
    close: '.end()',
    ping: ".query('SELECT 1')",
  },
  {
    package: /^mysql2$/,
    member: /^(default\.)?createPool$/,
    close: '.promise().end()',
    ping: ".promise().query('SELECT 1')",
  },
  { package: /^knex$/, member: /^(default|knex)$/, close: '.destroy()', ping: ".raw('SELECT 1')" },
  { package: /^kysely$/, member: /^Kysely$/, close: '.destroy()', ping: null },
  { package: /^sequelize$/, member: /^Sequelize$/, close: '.close()', ping: '.authenticate()' },
  {
    package: /^drizzle-orm\/(node-postgres|postgres-js|neon-serverless|mysql2)$/,
    member: /^drizzle$/,
    close: '',
    ping: ".execute('SELECT 1')",
  },
  { package: /^mongodb$/, member: /^MongoClient$/, close: '.close()', ping: '.db().command({ ping: 1 })' },
  { package: /^ioredis$/, member: /^(default|Redis)$/, close: '.quit()', ping: '.ping()' },
  { package: /^redis$/, member: /^createClient$/, close: '.quit()', ping: '.ping()' },
];

export interface Connection {
  name: string;
  file: string;
  live: Liveness;
  close: string;
  ping: string | null;
}

/** Connections that a module makes and exports under a name, so that others can ask and close them. */
const connections: Parameters = ({ model, component }) => {
  const all = component?.language === 'js' ? connectionsOf(model, component) : [];
  const live = all.filter((one) => one.live === 'live');
  const closed = live.filter(({ close }) => close !== '');
  const asked = live.filter(({ ping }) => ping !== null);
  const declared = component ? Object.keys(manifestOf(model, component.path)?.dependencies ?? {}) : [];
  const mongoose =
    component?.language === 'js' &&
    declared.includes('mongoose') &&
    model.wiring.of(component).packages().get('mongoose')?.live === 'live';
  return {
    connections: closed.map(({ name, file, close }) => ({ name, file, close: `${name}${close}` })),
    closing: closed.map(({ name, close }) => `${name}${close}`).join(', '),
    asked: asked.map(({ name, file }) => ({ name, file })),
    pings: [
      ...asked.map(({ name, ping }) => ({ ping: `await ${name}${ping};` })),
      ...(mongoose
        ? [{ ping: "if (mongoose.connection.readyState !== 1) throw new Error('MongoDB is not connected');" }]
        : []),
    ],
    idle: all.filter((one) => one.live === 'dead' && one.ping !== null),
    mongoose,
    asksStores: asked.length > 0 || mongoose,
    ...nestStore(model, component),
  };
};
export default connections;

/** The one store whose Nest module is at work: what it provides can be asked for by any class. */
function nestStore(model: AuditModel, component: Component | null) {
  const packages = component?.language === 'js' ? model.wiring.of(component).packages() : null;
  const used = (name: string): boolean => packages?.get(name)?.live === 'live';
  const found = ['@nestjs/typeorm', '@nestjs/mongoose', '@nestjs/sequelize'].filter(used);
  const only = (name: string): boolean => found.length === 1 && found[0] === name;
  return {
    nestAsks: found.length === 1,
    nestTypeorm: only('@nestjs/typeorm'),
    nestMongoose: only('@nestjs/mongoose'),
    nestSequelize: only('@nestjs/sequelize'),
  };
}

export function connectionsOf(model: AuditModel, component: Component): Connection[] {
  const mongo = model.facts.dataSchemas.some(({ orm, provider }) => orm === 'prisma' && provider === 'mongodb');
  return model.wiring
    .of(component)
    .calls((call) => makerOf(call) !== undefined)
    .flatMap(({ file, fact, live }) => {
      const name = exportedName(model, file, fact);
      if (name === null || fact.within !== -1 || model.wiring.isTest(file)) return [];
      const { close, ping } = makerOf(fact)!;
      return [
        { name, file, live, close, ping: mongo && ping?.startsWith('.$') ? '.$runCommandRaw({ ping: 1 })' : ping },
      ];
    })
    .sort((a, b) => byCodeUnit(a.file, b.file) || byCodeUnit(a.name, b.name));
}

function makerOf({ origin, form }: CallFact): Maker | undefined {
  // Generated into the source folder, as Prisma 7 does: git has no such file, and no wiring leads there.
  if (origin?.from === 'module' && origin.name === 'PrismaClient' && form === 'new') return prisma;
  return origin?.from === 'package'
    ? makers.find((one) => one.package.test(origin.package) && one.member.test(origin.member))
    : undefined;
}

const exportedName = (model: AuditModel, file: string, { assignedTo }: CallFact): string | null =>
  assignedTo &&
  model.facts.sources.find(({ path }) => path === file)?.module.exports.some(({ name }) => name === assignedTo)
    ? assignedTo
    : null;
