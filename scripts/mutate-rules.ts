/**
 * Breaks the judge of every rule in several ways and asks whether a fixture notices: `npm run mutate:rules [-- <rule id>…]`.
 * Prints each mutant that no fixture tells from the rule, and the share of those that were noticed. Slow, so no part of the tests.
 */
import { audit } from '../src/audit/index.ts';
import { loadRules } from '../src/catalogue/index.ts';
import type { Condition, Rule } from '../src/model/rule.ts';
import { openMemory } from '../src/repository/index.ts';
import { filesOf, type RuleFixture, ruleFixtures } from '../test/support/fixtures.ts';

interface Mutant {
  what: string;
  rule: Rule;
}

const never: Condition = { op: 'any', of: [], line: 1 };
const inverted = (condition: Condition): Condition => ({ op: 'not', of: condition, line: condition.line });

/** Every way to drop or turn round a signal, and to leave one of its alternatives out. */
function mutantsOf(rule: Rule): Mutant[] {
  const { present, wired, complete } = rule.signals;
  const withSignals = (what: string, signals: Partial<Rule['signals']>): Mutant => ({
    what,
    rule: { ...rule, signals: { ...rule.signals, ...signals } },
  });
  const made: Mutant[] = [
    { what: 'applies to nothing', rule: { ...rule, appliesTo: never } },
    withSignals('present turned round', { present: inverted(present) }),
    withSignals('present never', { present: never }),
  ];
  if (wired)
    made.push(
      withSignals('wired dropped', { wired: null }),
      withSignals('wired turned round', { wired: inverted(wired) }),
    );
  if (complete)
    made.push(
      withSignals('complete dropped', { complete: null }),
      withSignals('complete turned round', { complete: inverted(complete) }),
    );
  return made;
}

async function statusOf(fixture: RuleFixture, rule: Rule): Promise<string> {
  const { findings } = await audit(openMemory(filesOf(fixture.base, fixture.changes)), { rules: [rule] });
  const component = rule.scope === 'repository' ? null : fixture.component;
  return findings.find((one) => one.component === component)?.status ?? 'absent';
}

const asked = process.argv.slice(2);
const fixtures = ruleFixtures();
let killed = 0;
const survivors: string[] = [];
for (const rule of loadRules()) {
  if (asked.length > 0 && !asked.includes(rule.id)) continue;
  const own = fixtures.filter((fixture) => fixture.rule === rule.id);
  for (const mutant of mutantsOf(rule)) {
    let noticed = false;
    for (const fixture of own) {
      if ((await statusOf(fixture, mutant.rule)) !== fixture.status) {
        noticed = true;
        break;
      }
    }
    if (noticed) killed++;
    else survivors.push(`${rule.id}: ${mutant.what}`);
  }
}
for (const line of survivors) console.log(`not noticed  ${line}`);
const all = killed + survivors.length;
console.log(`${killed} of ${all} mutants noticed (${all === 0 ? 0 : Math.round((1000 * killed) / all) / 10} %)`);
