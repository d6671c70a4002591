// Puts what the golden tests hold into the README, between markers such as <!-- audit:shop --> … <!-- /audit:shop -->.
// `npm run docs` renews the golden files first; with --check, exits 1 when the README has fallen behind them.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const readme = new URL('README.md', root);
/** Each block is a file, or its beginning down to the line that starts with `until`: a screen, not the whole report. */
const blocks = {
  'audit:shop': { source: 'test/golden/shop/terminal.txt', until: 'Other gaps' },
  'fix:shop': { source: 'test/golden/shop/fix.txt', language: 'diff' },
};

const before = readFileSync(readme, 'utf8');
let after = before;
for (const [name, { source, until, language = 'text' }] of Object.entries(blocks)) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [after.indexOf(open), after.indexOf(close)];
  if (start === -1 || end < start) throw new Error(`README.md: no block ${open} … ${close}`);
  const lines = readFileSync(new URL(source, root), 'utf8').trimEnd().split('\n');
  const last = until ? lines.findIndex((line) => line.startsWith(until)) : -1;
  const content = last === -1 ? lines.join('\n') : `${lines.slice(0, last + 1).join('\n')}\n…`;
  after = `${after.slice(0, start + open.length)}\n\`\`\`${language}\n${content}\n\`\`\`\n${after.slice(end)}`;
}

if (!process.argv.includes('--check')) writeFileSync(readme, after);
else if (before !== after) {
  console.error('README.md has fallen behind the golden files: npm run docs');
  process.exitCode = 1;
}
