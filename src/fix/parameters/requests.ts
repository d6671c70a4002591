import type { CallFact } from '../../model/facts/index.ts';
import type { Subject } from '../types.ts';
import { manifestOf } from './_packages.ts';
import type { Parameters } from './_parameter.ts';

/** What the pages of a component ask for data with, where one place sees every request. */
const requests: Parameters = (subject) => {
  const { model, component } = subject;
  const client = component?.language === 'js' ? clientOf({ ...subject, component }) : null;
  const declared = manifestOf(model, component?.path ?? '.')?.dependencies ?? {};
  return {
    axiosClient: client?.name ?? null,
    /** The module that makes it; null where it is the package's own. */
    axiosFile: client?.file ?? null,
    axiosNamed: client !== null && client.file !== null && !client.isDefault,
    axiosDefault: client !== null && client.file !== null && client.isDefault,
    routerPackage: ['react-router', 'react-router-dom'].find((name) => declared[name] !== undefined) ?? null,
    routerLoads: component?.language === 'js' ? loadsByRoute({ ...subject, component }) : false,
  };
};
export default requests;

interface Client {
  name: string;
  file: string | null;
  isDefault: boolean;
}

/** The one client of axios through which all pages ask: the package's own, or an instance that a module exports. */
function clientOf({ model, component, view }: Asked): Client | null {
  const wiring = model.wiring.of(component);
  const calls = wiring
    .calls(({ origin }, file) => isAxios(origin) && !model.wiring.isTest(file))
    .filter(({ live }) => live === 'live');
  const made = calls.filter(({ fact }) => /(^|\.)create$/.test(memberOf(fact)));
  const asked = calls.filter(({ fact }) =>
    /^(default|(default\.)?(get|post|put|patch|delete|request))$/.test(memberOf(fact)),
  );
  // A request by other means would go by unseen.
  if (wiring.reached.some((file) => /(?<![\w.$])fetch\s*\(/.test(view.text(file)))) return null;
  if (made.length === 0) return asked.length > 0 ? { name: 'axios', file: null, isDefault: true } : null;
  if (made.length > 1 || asked.length > 0) return null;
  const { file, fact } = made[0]!;
  const exports = model.facts.sources.find(({ path }) => path === file)?.module.exports ?? [];
  const text = view.text(file);
  if (fact.within !== -1) return null;
  if (fact.assignedTo && exports.some(({ name }) => name === fact.assignedTo && name !== 'default'))
    return { name: fact.assignedTo, file, isDefault: false };
  const byDefault =
    fact.assignedTo === 'default' || new RegExp(`export\\s+default\\s+${fact.assignedTo}\\b`).test(text);
  return byDefault ? { name: 'client', file, isDefault: true } : null;
}

type Asked = Subject & { component: NonNullable<Subject['component']> };

const isAxios = (origin: CallFact['origin']): boolean => origin?.from === 'package' && origin.package === 'axios';
const memberOf = ({ origin }: CallFact): string => (origin?.from === 'package' ? origin.member : '');

/** React Router asks for what its routes need before it shows them, and no view asks for itself. */
function loadsByRoute({ model, component, view }: Asked): boolean {
  const wiring = model.wiring.of(component);
  const filesWith = (pattern: RegExp): number => wiring.reached.filter((file) => pattern.test(view.text(file))).length;
  return filesWith(/\bcreate(Browser|Hash)Router\s*\(/) === 1 && filesWith(/\buseLoaderData\b/) > 0;
}
