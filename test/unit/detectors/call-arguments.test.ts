import { describe, expect, it } from 'vitest';
import { argument, holds, valuesAt } from '../../../src/detectors/shared/arguments.ts';
import type { CallFact, ValueFact } from '../../../src/model/facts/index.ts';

const text = (value: string): ValueFact => ({ kind: 'string', value });
const number = (value: number): ValueFact => ({ kind: 'number', value });
const boolean = (value: boolean): ValueFact => ({ kind: 'boolean', value });
const nothing: ValueFact = { kind: 'null' };
const name: ValueFact = { kind: 'ref', path: 'given', origin: null };
const call: ValueFact = { kind: 'call', callee: 'make', origin: null, args: [], start: 0 };
const other: ValueFact = { kind: 'other', text: '1 + 1' };
const object = (props: Record<string, ValueFact>, spread = false): ValueFact => ({ kind: 'object', props, spread });
const array = (...items: ValueFact[]): ValueFact => ({ kind: 'array', items });
const choice = (...of: ValueFact[]): ValueFact => ({ kind: 'choice', of });
const template = (...parts: string[]): ValueFact => ({ kind: 'template', parts }) as unknown as ValueFact;
const variable = (fallback: ValueFact | null): ValueFact => ({ kind: 'env', name: 'A', fallback }) as ValueFact;
const met = (constraint: object, ...args: ValueFact[]): boolean =>
  holds(argument.parse(constraint), { args } as unknown as CallFact);

describe('a value that is asked for', () => {
  it.each<[constraint: object, args: ValueFact[], is: boolean]>([
    [{ is: 'a' }, [text('a')], true],
    [{ is: 'a' }, [text('b')], false],
    [{ is: 'a' }, [text('b'), text('a')], true],
    [{ is: 'a' }, [], false],
    [{ is: 'a' }, [name], false],
    [{ is: 'a' }, [template('a')], true],
    [{ is: 'a' }, [template('b')], false],
    [{ is: 'a' }, [template('a', 'b')], false],
    [{ is: 1 }, [number(1)], true],
    [{ is: 1 }, [number(2)], false],
    [{ is: 1 }, [text('1')], false],
    [{ is: true }, [boolean(true)], true],
    [{ is: true }, [boolean(false)], false],
    [{ is: false }, [boolean(false)], true],
    [{ is: null }, [nothing], true],
    [{ is: null }, [text('null')], false],
    [{}, [nothing], true],
    [{}, [text('a')], false],
    [{ oneOf: ['a', 'b'] }, [text('b')], true],
    [{ oneOf: ['a', 'b'] }, [text('c')], false],
    [{ oneOf: [] }, [nothing], false],
    [{ arg: 0, is: 'a' }, [text('a'), text('b')], true],
    [{ arg: 0, is: 'b' }, [text('a'), text('b')], false],
    [{ arg: 1, is: 'b' }, [text('a'), text('b'), text('c')], true],
    [{ arg: 1, is: 'c' }, [text('a'), text('b'), text('c')], false],
    [{ arg: 3, is: 'a' }, [text('a')], false],
    [{ path: 'a', is: 1 }, [object({ a: number(1) })], true],
    [{ path: 'a.b', is: 1 }, [object({ a: object({ b: number(1) }) })], true],
    [{ path: 'a.b', is: 1 }, [object({ a: number(1) })], false],
    [{ path: 'b', is: 1 }, [object({ a: number(1) })], false],
    [{ path: 'a', is: 1 }, [array(object({ a: number(2) }), object({ a: number(1) }))], true],
    [{ path: 'toString', exists: true }, [object({})], false],
    [{ path: 'a', exists: true }, [object({ a: name })], true],
    [{ path: 'a', exists: true }, [object({ b: name })], false],
    [{ path: 'a', exists: true }, [object({}, true)], false],
    [{ exists: true }, [name], true],
    [{ exists: true }, [], false],
    [{ is: 'a' }, [choice(text('b'), text('a'))], true],
    [{ path: 'a', is: 1 }, [choice(object({}), object({ a: number(1) }))], true],
    [{ is: 'a' }, [array(text('b'), text('a'))], true],
    [{ is: 'a' }, [variable(text('a'))], true],
    [{ is: 'a' }, [variable(null)], false],
    [{ path: 'a', is: 1 }, [variable(object({ a: number(1) }))], false],
  ])('%j of %j: %s', (constraint, args, is) => expect(met(constraint, ...args)).toBe(is));
});

describe('a value that must not be there', () => {
  it.each<[constraint: object, args: ValueFact[], is: boolean]>([
    [{ exists: false }, [], true],
    [{ exists: false }, [nothing], true],
    [{ exists: false }, [nothing, text('a')], false],
    [{ arg: 1, exists: false }, [text('a')], true],
    [{ arg: 0, exists: false }, [text('a')], false],
    [{ path: 'a', exists: false }, [object({})], true],
    [{ path: 'a', exists: false }, [object({}, true)], false],
    [{ path: 'a', exists: false }, [object({ a: number(1) })], false],
    [{ path: 'a', exists: false }, [object({ a: nothing })], true],
    [{ path: 'a.b', exists: false }, [object({ a: object({}) })], true],
    [{ path: 'a.b', exists: false }, [object({ a: object({ b: number(1) }) })], false],
    [{ path: 'a.b', exists: false }, [object({ a: object({}, true) })], false],
    [{ path: 'toString', exists: false }, [object({})], true],
    [{ path: 'a', exists: false }, [text('a')], true],
    [{ path: 'a', exists: false }, [name], false],
    [{ path: 'a', exists: false }, [call], false],
    [{ path: 'a', exists: false }, [other], false],
    [{ path: 'a', exists: false }, [choice(object({}), object({}))], true],
    [{ path: 'a', exists: false }, [choice(object({}), object({ a: number(1) }))], false],
  ])('%j of %j: %s', (constraint, args, is) => expect(met(constraint, ...args)).toBe(is));
});

it.each<[value: ValueFact, path: string[], expected: ValueFact[]]>([
  [array(text('a')), [], [array(text('a')), text('a')]],
  [variable(choice(text('a'), text('b'))), [], [variable(choice(text('a'), text('b'))), text('a'), text('b')]],
  [object({ a: array(number(1)) }), ['a'], [array(number(1)), number(1)]],
  [text('a'), ['a'], []],
])('%j at %j', (value, path, expected) => expect(valuesAt(value, path)).toEqual(expected));

it.each<[constraint: object, valid: boolean]>([
  [{ arg: 0, path: 'a', is: 'b', oneOf: ['c', 1, true], exists: true }, true],
  [{ arg: -1 }, false],
  [{ arg: 0.5 }, false],
  [{ path: '' }, false],
  [{ is: {} }, false],
  [{ oneOf: [null] }, false],
  [{ other: 1 }, false],
])('%j may be asked: %s', (constraint, valid) => expect(argument.safeParse(constraint).success).toBe(valid));
