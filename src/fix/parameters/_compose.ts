import { parseDocument } from 'yaml';
import { asRecord } from '../../model/data.ts';
import type { DeployedService } from '../../model/deployment.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { Subject } from '../types.ts';

/** The compose file that is meant for production, where one stands. */
export function productionCompose({ model }: Pick<Subject, 'model'>): string | null {
  const found = model.deployment.counting.find(({ kind, rank }) => kind === 'compose' && rank !== 'development');
  return found?.files.at(-1) ?? null;
}

/** Services of that file, and of those that it is read with. */
export const servicesIn = ({ model }: Pick<Subject, 'model'>, file: string | null): readonly DeployedService[] =>
  model.deployment.counting
    .filter(({ kind, files }) => kind === 'compose' && file !== null && files.includes(file))
    .flatMap(({ services }) => services);

/** How others reach a component there: by the name of its service, on the port that its container listens on. */
export function addressIn(
  subject: Pick<Subject, 'model'>,
  file: string | null,
  { path, id, port }: { path: string; id: string; port: number },
): { id: string; port: number } {
  const own = servicesIn(subject, file).filter(({ component }) => component === path);
  const service = own.find(({ ports }) => ports.length > 0) ?? own[0];
  const told = service?.env.find(({ name, value }) => name === 'PORT' && /^\d+$/.test(value ?? ''))?.value;
  return { id: service?.name ?? id, port: service?.ports[0]?.container ?? (told ? Number(told) : port) };
}

/** The networks that services of the file are on by name; none where they are all on the one that compose makes by itself. */
export function networksOf(
  { view }: Pick<Subject, 'view'>,
  file: string | null,
  services: readonly string[],
): string[] {
  const written = asRecord(asRecord(file === null ? null : parseDocument(view.text(file)).toJS()).services);
  const joined = services.map((name) => {
    const { networks } = asRecord(written[name]);
    return Array.isArray(networks) ? networks.map(String) : Object.keys(asRecord(networks));
  });
  if (joined.every((names) => names.length === 0)) return [];
  return [...new Set(joined.flatMap((names) => (names.length > 0 ? names : ['default'])))].sort(byCodeUnit);
}
