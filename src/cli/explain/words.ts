import { detectors } from '../../catalogue/detectors.ts';
import { leaves } from '../../catalogue/registry.ts';
import type { Condition } from '../../model/rule.ts';

/** A condition as an indented list: what is asked, in the words of the leaf or detector that asks it, and with what. */
export interface Words {
  text: string;
  below: Words[];
}

export function conditionWords(condition: Condition): Words {
  switch (condition.op) {
    case 'all':
      return { text: 'all of:', below: condition.of.map(conditionWords) };
    case 'any':
      return { text: 'any of:', below: condition.of.map(conditionWords) };
    case 'not':
      return { text: 'not:', below: [conditionWords(condition.of)] };
    case 'leaf':
      return { text: leafWords(condition.leaf, condition.options), below: [] };
    default: {
      const where = condition.where ? [{ text: 'of those where:', below: [conditionWords(condition.where)] }] : [];
      return {
        text: `${counted[condition.op]} the ${condition.over}:`,
        below: [...where, conditionWords(condition.of)],
      };
    }
  }
}

const counted = { each: 'for each of', some: 'for at least one of', most: 'for more than half of' } as const;

function leafWords(name: string, options: unknown): string {
  if (name === 'detector') {
    const { name: detector, options: inner } = options as { name: string; options?: unknown };
    return withOptions(detectors.get(detector)?.asks ?? detector, inner);
  }
  return withOptions(leaves.get(name)?.asks ?? name, options);
}

/** What the rule knows of itself and what is switched off says nothing to a reader. */
const unsaid = new Set(['rule', 'signal']);

function withOptions(asks: string, options: unknown): string {
  const given = optionsText(options);
  // What stands behind a semicolon is for those who write rules.
  const [text] = asks.split(';');
  return given === '' ? text! : `${text} — ${given}`;
}

function optionsText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === undefined || value === null ? '' : String(value);
  if (Array.isArray(value)) return value.map(optionText).join(', ');
  const said = Object.entries(value).filter(
    ([key, option]) =>
      !unsaid.has(key) && option !== undefined && option !== null && option !== false && !isEmpty(option),
  );
  const [only] = said;
  if (said.length === 1 && only![1] !== true) return optionText(only![1]);
  return said.map(([key, option]) => (option === true ? key : `${key}: ${optionText(option)}`)).join('; ');
}

const optionText = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? `{ ${optionsText(value)} }`
    : optionsText(value);

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
