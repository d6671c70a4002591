import { byCodeUnit } from '../../model/paths.ts';
import type { Parameters } from './_parameter.ts';

/** What makes a connection, and what ends it. */
const makers: readonly { package: RegExp; member: RegExp; close: string }[] = [
  { package: /^@prisma\/client$/, member: /^PrismaClient$/, close: '$disconnect()' },
  { package: /^typeorm$/, member: /^DataSource$/, close: 'destroy()' },
  { package: /^pg$/, member: /^(default\.)?(Pool|Client)$/, close: 'end()' },
  { package: /^mysql2?(\/promise)?$/, member: /^(default\.)?createPool$/, close: 'end()' },
  { package: /^knex$/, member: /^(default|knex)$/, close: 'destroy()' },
  { package: /^sequelize$/, member: /^Sequelize$/, close: 'close()' },
  { package: /^ioredis$/, member: /^(default|Redis)$/, close: 'quit()' },
  { package: /^redis$/, member: /^createClient$/, close: 'quit()' },
];

/** Connections that a module makes and exports under a name, so that others can close them. */
const connections: Parameters = ({ model, component }) => {
  const found: { name: string; file: string; close: string }[] = [];
  if (component?.language === 'js') {
    for (const { file, fact, live } of model.wiring.of(component).calls()) {
      const { origin, assignedTo } = fact;
      if (live !== 'live' || !assignedTo || origin?.from !== 'package' || fact.within !== -1) continue;
      const maker = makers.find((one) => one.package.test(origin.package) && one.member.test(origin.member));
      const exported = model.facts.sources
        .find(({ path }) => path === file)
        ?.module.exports.some(({ name }) => name === assignedTo);
      if (maker && exported) found.push({ name: assignedTo, file, close: `${assignedTo}.${maker.close}` });
    }
  }
  found.sort((a, b) => byCodeUnit(a.file, b.file) || byCodeUnit(a.name, b.name));
  return { connections: found, closing: found.map(({ close }) => close).join(', ') };
};
export default connections;
