// Scaffolds a rule: `npm run new:rule -- security/my-rule [--base express]`. What it writes is sound and judges nothing yet.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const bases = readdirSync(join(root, 'fixtures/bases'));
const categories = readdirSync(join(root, 'rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'knowledge')
  .map((entry) => entry.name);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { base: { type: 'string', default: 'express' } },
});
const [category, name, ...rest] = (positionals[0] ?? '').split('/');

const wrong =
  positionals.length !== 1 || rest.length > 0 || !/^[a-z][a-z0-9-]*$/.test(name ?? '')
    ? 'usage: npm run new:rule -- <category>/<name> [--base <stack>]'
    : !categories.includes(category)
      ? `${category} is no category; there are ${categories.join(', ')}`
      : !bases.includes(values.base)
        ? `fixtures/bases has no ${values.base}; it has ${bases.join(', ')}`
        : existsSync(join(root, `rules/${category}/${name}.yaml`))
          ? `rules/${category}/${name}.yaml exists already`
          : null;
if (wrong) {
  console.error(wrong);
  process.exit(2);
}

const title = name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
const rule = `id: ${category}/${name}
title: ${title}
level: production
severity: major
blocking: false
scope: component
hours: { missing: 1, unwired: 0.5, partial: 0.5 }
issue:
  missing: What is wrong when there is no trace of it
  unwired: What is wrong when it exists and nothing uses it
  partial: What is wrong when only some have it, or it falls short
impact: What happens to the owner if it stays so
required: What has to be true
holds: What holds when it is ready
references: []

# docs/conditions.md lists what can be asked.
appliesTo:
  trait: http
signals:
  present:
    dependency: some-package
  wired:
    call: { packages: [some-package] }
`;
const manifest = JSON.parse(readFileSync(join(root, `fixtures/bases/${values.base}/package.json`), 'utf8'));
manifest.dependencies = { ...manifest.dependencies, 'some-package': '^1.0.0' };
const declaring = `${JSON.stringify(manifest, null, 2)}\n`;
const fixture = `base: ${values.base}\n`;
const files = {
  [`rules/${category}/${name}.yaml`]: rule,
  [`fixtures/rules/${category}/${name}/missing/fixture.yaml`]: fixture,
  [`fixtures/rules/${category}/${name}/unwired/fixture.yaml`]: fixture,
  [`fixtures/rules/${category}/${name}/unwired/package.json`]: declaring,
  [`fixtures/rules/${category}/${name}/ready/fixture.yaml`]: fixture,
  [`fixtures/rules/${category}/${name}/ready/package.json`]: declaring,
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
console.log(`
Now: say what it asks in rules/${category}/${name}.yaml, lay what differs from fixtures/bases/${values.base} into each fixture,
then npx vitest run test/contract -t ${category}/${name} and npm run docs. A new rule counts in the score once rules/scoring.yaml names it.`);
