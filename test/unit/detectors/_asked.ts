import { audit } from '../../../src/audit/index.ts';
import { detectors } from '../../../src/catalogue/detectors.ts';
import type { AuditModel } from '../../../src/model/audit-model.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { openMemory } from '../../../src/repository/index.ts';

/** A repository given as files, understood as an audit does. */
export const understood = async (files: Record<string, string>): Promise<AuditModel> =>
  (await audit(openMemory(files), { rules: [] })).model;

async function placed(files: Record<string, string>, path: string | null) {
  const model = await understood(files);
  const component = path === null ? null : model.components.find((one) => one.path === path);
  if (component === undefined) throw new Error(`no component at ${path}`);
  return { model, component };
}

/** What a detector answers on one component (null: on the repository): the answer, then what shows it. */
export async function asked(
  name: string,
  options: object,
  files: Record<string, string>,
  path: string | null = '.',
): Promise<string[]> {
  const { model, component } = await placed(files, path);
  const detector = detectors.get(name)!;
  const { answer, evidence, reason } = detector.judge(model, component, detector.options.parse(options));
  return [reason === undefined ? answer : `${answer}: ${reason}`, ...evidence.map(shown)];
}

/** The same, with what was looked for where the answer is no. */
export async function told(
  name: string,
  options: object,
  files: Record<string, string>,
  path: string | null = '.',
): Promise<string[]> {
  const { model, component } = await placed(files, path);
  const detector = detectors.get(name)!;
  const { answer, evidence, searched, reason } = detector.judge(model, component, detector.options.parse(options));
  return [
    reason === undefined ? answer : `${answer}: ${reason}`,
    ...evidence.map(shown),
    ...searched.map((text) => `sought ${text}`),
  ];
}

export const shown = ({ file, line, note }: Evidence): string => `${file}:${line} ${note}`;

/** The manifest of a service on Express. */
export const service = (more: object = {}, dependencies: string[] = []): string =>
  JSON.stringify({
    name: 'api',
    scripts: { start: 'node src/index.js' },
    dependencies: Object.fromEntries(['express', ...dependencies].map((name) => [name, '1'])),
    ...more,
  });

/** An application on Express around some statements. */
export const app = (statements: string, imports = ''): string =>
  `import express from 'express';\n${imports}\nconst app = express();\n${statements}\napp.listen(3000);\n`;

/** A service of one file, with what stands beside it. */
export const at = (index: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': service({}, dependencies),
  'src/index.js': index,
  ...more,
});

/** A web app on Vite and React with a page and an entry; what stands beside it goes over that. */
export const spa = (more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': JSON.stringify({
    name: 'web',
    scripts: { build: 'vite build' },
    dependencies: Object.fromEntries(['react', 'react-dom', ...dependencies].map((name) => [name, '1'])),
    devDependencies: { vite: '6' },
  }),
  'index.html': '<div id="root"></div>\n<script type="module" src="/src/main.tsx"></script>\n',
  'src/main.tsx':
    "import { createRoot } from 'react-dom/client';\nimport { App } from './App';\ncreateRoot(document.body).render(<App />);\n",
  'src/App.tsx': 'export const App = () => <main />;\n',
  ...more,
});

/** A web app on a framework that builds its pages from folders. */
export const framework = (name: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': JSON.stringify({
    name: 'web',
    scripts: { build: `${name} build`, start: `${name} start` },
    dependencies: Object.fromEntries([name, ...dependencies].map((one) => [one, '1'])),
  }),
  ...more,
});
