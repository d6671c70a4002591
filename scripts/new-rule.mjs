// npm run new:rule <category>/<name>: a rule file to fill in, and a small repository for each answer it should give.
// test/contract/rules.test.ts audits every such repository and expects the status that its folder is named after.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const id = process.argv[2] ?? '';
const [category, name] = id.split('/');
const categories = readdirSync(`${root}rules`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'knowledge')
  .map((entry) => entry.name);

if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id) || !categories.includes(category)) {
  console.error(`usage: npm run new:rule <category>/<name>, with one of ${categories.join(', ')}`);
  process.exit(2);
}
const rule = `rules/${id}.yaml`;
if (existsSync(root + rule)) {
  console.error(`${rule} is there already.`);
  process.exit(2);
}

const title = name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
const lines = (...given) => `${given.join('\n')}\n`;
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** A service whose file names no default would find, so that the rule is proved and not a convention. */
const service = (dependencies, ...source) => ({
  'package.json': json({
    name: 'fixture',
    type: 'module',
    scripts: { start: 'node lib/run.js' },
    dependencies: { express: '^4.21.0', ...dependencies },
  }),
  'lib/run.js': lines(
    "import express from 'express';",
    ...source.slice(0, 1),
    '',
    'const served = express();',
    ...source.slice(1),
    'served.listen(4100);',
  ),
});
const fixtures = {
  ready: service({ 'some-package': '^1.0.0' }, "import something from 'some-package';", 'served.use(something());'),
  unwired: service({ 'some-package': '^1.0.0' }),
  missing: service({}),
};

const files = {
  [rule]: `id: ${id}
title: ${title}
level: production
severity: minor
blocking: false
scope: component
hours: { missing: 1, unwired: 0.5, partial: 0.5 }
issue:
  missing: What is wrong when there is no trace of it
  unwired: It exists, and nothing that runs uses it
  partial: What falls short
impact: What happens to the owner if it stays so
required: What has to be true for ready
holds: What holds when it is ready
references: []

# docs/rules.md lists every leaf. A rule states signals; the status follows from them.
appliesTo:
  trait: http
signals:
  present:
    dependency: some-package
  wired:
    call: { packages: [some-package] }
`,
};
for (const [status, repository] of Object.entries(fixtures)) {
  for (const [path, text] of Object.entries(repository)) files[`fixtures/rules/${id}/${status}/${path}`] = text;
}

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, text);
  console.log(path);
}
console.log(`
Next: fill in the rule; make each folder under fixtures/rules/${id} the smallest repository with the status of its
name; add the id to the newest version in rules/scoring.yaml; npx vitest run test/contract.`);
