import { describe, expect, it } from 'vitest';
import { credentialsIn, isRealValue, secretClass } from '../../../src/detectors/shared/credentials.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const text = 'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2Ea9Pi4';
const live = {
  'AWS access key': `AK${'IA'}Q3RX7ZP2LW5XTVB4`,
  'GitHub token': `gh${'p_'}${text.slice(0, 36)}`,
  'Stripe live key': `sk_${'live_'}${text.slice(0, 24)}`,
  'SendGrid key': `S${'G.'}${text.slice(0, 22)}.${text.padEnd(43, 'k')}`,
  'Slack webhook': `https://hooks.${'slack.com'}/services/T0A1B2C3D/B4E5F6G7H/${text.slice(0, 24)}`,
  'password of a hosted database': `mongodb+srv://notes:${'h7Gk2'}PqZ9@cluster0.ab1cd.mongodb.net/notes`,
};

describe('credentials in a text', () => {
  it.each(Object.entries(live))('knows a %s, and where it stands', (kind, value) => {
    expect(credentialsIn(`first line\nconst key = '${value}';\n`)).toEqual([{ kind, line: 2 }]);
  });

  it.each([
    ['the example of the documentation', `AK${'IA'}IOSFODNN7EXAMPLE`],
    ['a row of one character', `gh${'p_'}${'x'.repeat(36)}`],
    ['a test key', `sk_${'test_'}${text.slice(0, 24)}`],
    ['a database on this machine', 'postgres://notes:h7Gk2PqZ9@localhost:5432/notes'],
    ['a database beside it', 'postgres://notes:h7Gk2PqZ9@db:5432/notes'],
    ['a stock password', 'postgres://postgres:postgres@db.company.com:5432/notes'],
    ['a browser key', `NEXT_PUBLIC_FIREBASE_KEY=AI${'za'}${text.slice(0, 35)}`],
    ['the header alone', '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----'],
    [
      'a token that a form shows in its empty field',
      `<input placeholder="${'6660491268:AAFMGmajZOVewpMNZC'}gJr5H7cpXpoZPgvXw" />`,
    ],
  ])('passes over %s', (_, value) => {
    expect(credentialsIn(value)).toEqual([]);
  });
});

describe('names of secrets', () => {
  it.each([
    ['JWT_SECRET', 'signing'],
    ['sessionSecret', 'signing'],
    ['APP_KEY', 'signing'],
    ['DB_PASSWORD', 'password'],
    ['STRIPE_API_KEY', 'key'],
    ['clientSecret', 'key'],
    ['NEXT_PUBLIC_API_KEY', null],
    ['JWT_EXPIRES_IN', null],
    ['PASSWORD_RESET_URL', null],
    ['cacheKey', null],
  ])('%s: %s', (name, kind) => expect(secretClass(name)).toBe(kind));
});

it.each([
  ['a random value', text.slice(0, 20), true],
  ['a placeholder', 'your-secret-key', false],
  ['a stock password', 'postgres', false],
  ['the name of another variable', 'SOME_OTHER_NAME', false],
  ['a reference', '${JWT_SECRET}', false],
  ['its own name', 'jwt-secret', false],
])('%s is real: %#', (_, value, real) => expect(isRealValue(value, 'JWT_SECRET')).toBe(real));
