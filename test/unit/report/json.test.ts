import { expect, it } from 'vitest';
import json from '../../../src/report/json.ts';
import { defaultOptions } from '../../../src/report/shared/format.ts';
import { sampleReport } from '../../golden/sample-report.ts';
import { hostileReport } from '../../support/hostile-report.ts';

it('is the result itself', () => {
  expect(json.render(sampleReport, defaultOptions)).toBe(`${JSON.stringify(sampleReport, null, 2)}\n`);
});

it('keeps every character of the target, and shows none that could mislead whoever looks', () => {
  const text = json.render(hostileReport, defaultOptions);
  expect(JSON.parse(text)).toEqual(hostileReport);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
});
