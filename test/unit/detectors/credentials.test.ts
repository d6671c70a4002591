import { describe, expect, it } from 'vitest';
import { credentialsIn, isRealValue, isStock, secretClass } from '../../../src/detectors/shared/credentials.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const text = 'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2Ea9Pi4';
const hex = '0f3a9c7e5b1d8264';
const long = `${text}${text.toLowerCase()}`;
/** Kinds, each with what a live one looks like: its beginning stands apart from the rest, which says nothing. */
const live: [kind: string, value: string][] = [
  ['AWS access key', `AK${'IA'}Q3RX7ZP2LW5XTVB4`],
  ['AWS access key', `AS${'IA'}Q3RX7ZP2LW5XTVB4`],
  ['GitHub token', `gh${'p_'}${text.slice(0, 36)}`],
  ['GitHub token', `gh${'s_'}${text.slice(0, 36)}`],
  ['GitHub token', `github_${'pat_'}${text.slice(0, 22)}_${long.slice(0, 59)}`],
  ['GitLab token', `gl${'pat-'}${text.slice(0, 20)}`],
  ['Slack token', `xo${'xb-'}92837465012-${text.slice(0, 24)}`],
  ['Slack token', `xa${'pp-'}1-A0B1C2D3E4-9283746501-${hex}${hex}`],
  ['Slack webhook', `https://hooks.${'slack.com'}/services/T0A1B2C3D/B4E5F6G7H/${text.slice(0, 24)}`],
  ['Stripe live key', `sk_${'live_'}${text.slice(0, 24)}`],
  ['Stripe live key', `rk_${'live_'}${text.slice(0, 24)}`],
  ['Google API key', `youtube: AI${'za'}${text.slice(0, 35)}`],
  ['Google OAuth client secret', `GO${'CSPX-'}${text.slice(0, 28)}`],
  ['SendGrid key', `S${'G.'}${text.slice(0, 22)}.${text.padEnd(43, 'k')}`],
  ['Twilio key', `twilio('S${'K'}${hex}${hex}')`],
  ['npm token', `np${'m_'}${text.slice(0, 36)}`],
  [
    'npm token',
    `//registry.company.example/:_auth${'Token='}0f3a9c7e-5b1d-8264-9c7e-5b1d82640f3a`.replace('.example', '.io'),
  ],
  ['OpenAI key', `sk-${'proj-'}${long.slice(0, 48)}`],
  ['OpenAI key', `sk-${text.slice(0, 20)}T3Blbk${'FJ'}${text.slice(20, 40)}`],
  ['Anthropic key', `sk-${'ant-'}api03-${long.slice(0, 64)}`],
  ['OpenRouter key', `sk-${'or-v1-'}${hex}${hex}${hex}${hex}`],
  ['Groq key', `gs${'k_'}${long.slice(0, 52)}`],
  ['Hugging Face token', `h${'f_'}qRkZpLwXtVbNcYsMdHfGjKuEaPiqWrTyUo`],
  ['Mailgun key', `mailgun('ke${'y-'}${hex}${hex}')`],
  ['Telegram bot token', `92837465:${'AA'}${text.slice(0, 33)}`],
  ['Discord bot token', `M${text.slice(0, 23)}.${text.slice(0, 6)}.${text.slice(6, 36)}`],
  ['Discord webhook', `https://discord.com/api/${'webhooks'}/92837465019283746/${long.slice(0, 64)}`],
  ['Shopify token', `shp${'at_'}${hex}${hex}`],
  ['DigitalOcean token', `do${'p_v1_'}${hex}${hex}${hex}${hex}`],
  ['Resend key', `r${'e_'}${text.slice(0, 8)}_${text.slice(8, 32)}`],
  ['New Relic key', `NR${'AK-'}Q3RX7ZP2LW5XTVB4Q3RX7ZP2LW5`],
  ['Azure storage key', `Account${'Key='}${long}Zz9q==`],
  ['Supabase token', `sb${'p_'}${hex}${hex}${hex.slice(0, 8)}`],
  ['Sentry token', `sn${'trys_'}${long.slice(0, 64)}`],
  ['PyPI token', `py${'pi-'}AgEIcHlwaS5vcmc${long.slice(0, 60)}`],
  ['Postman key', `PM${'AK-'}${hex}${hex.slice(0, 8)}-${hex}${hex}0f`],
  ['Linear key', `li${'n_api_'}${text.slice(0, 40)}`],
  ['Cloudinary address with its secret', `cloud${'inary:'}//928374650192837:${text.slice(0, 27)}@notes`],
  ['password of a hosted database', `mongodb+srv://notes:${'h7Gk2'}PqZ9@cluster0.ab1cd.mongodb.net/notes`],
  ['password of a hosted database', `postgres://notes:${'h7Gk2'}PqZ9@db.company.io:5432/notes`],
  ['password of a hosted database', `rediss://:${'h7Gk2'}PqZ9@cache.company.io:6379`],
  ['Supabase service key', serviceKey({ role: 'service_role', ref: 'qrkzplwx', iss: 'supabase' })],
  ['private key', `-----BEGIN ${'PRIVATE KEY'}-----\\n${text.slice(0, 40)}`],
  ['private key', `-----BEGIN ${'RSA PRIVATE KEY'}-----" +\n  "${text.slice(0, 40)}`],
];
function serviceKey(payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${text.slice(0, 40)}`;
}

describe('credentials in a text', () => {
  it.each(live)('knows a %s, and where it stands: %#', (kind, value) => {
    expect(credentialsIn(`first line\nconst key = '${value}';\n`)).toEqual([{ kind, line: 2 }]);
  });

  it('knows the key of an account beside an address of its cloud', () => {
    const key = text.repeat(3).slice(0, 86);
    const said = (host: string) => `const at = 'https://notes.${host}';\nconst key = '${key}==';\n`;
    expect(credentialsIn(said('documents.azure.com'))).toEqual([{ kind: 'Azure account key', line: 2 }]);
    expect(credentialsIn(said('example.org'))).toEqual([]);
  });

  it.each([
    ['the example of the documentation', `AK${'IA'}IOSFODNN7EXAMPLE`],
    ['a row of one character', `gh${'p_'}${'x'.repeat(36)}`],
    ['a test key', `sk_${'test_'}${text.slice(0, 24)}`],
    ['a database on this machine', 'postgres://notes:h7Gk2PqZ9@localhost:5432/notes'],
    ['a database beside it', 'postgres://notes:h7Gk2PqZ9@db:5432/notes'],
    ['a stock password', 'postgres://postgres:postgres@db.company.com:5432/notes'],
    ['a browser key', `NEXT_PUBLIC_FIREBASE_KEY=AI${'za'}${text.slice(0, 35)}`],
    ['a key for public use', serviceKey({ role: 'anon', ref: 'qrkzplwx' })],
    [
      'the service key that everybody has on his machine',
      serviceKey({ role: 'service_role', iss: 'supabase-demo', ref: 'a' }),
    ],
    ['a service key of no project', serviceKey({ role: 'service_role' })],
    ['a token of another make', `${serviceKey({}).split('.')[0]}.eyJ${'!'.repeat(20)}.${text}`],
    ['a key of a browser for that service', `const youtube = VITE_YOUTUBE_KEY || 'AI${'za'}${text.slice(0, 35)}'`],
    ['a key of which nothing is said', `AI${'za'}${text.slice(0, 35)}`],
    ['a row of hex beside nothing', `S${'K'}${hex}${hex} ke${'y-'}${hex}${hex}`],
    ['a private key of one letter', `-----BEGIN ${'PRIVATE KEY'}-----\\n${'A'.repeat(40)}`],
    ['a database whose host is a stand-in', `postgres://notes:${'h7Gk2'}PqZ9@your-host.com/notes`],
    ['a database of the cluster', `postgres://notes:${'h7Gk2'}PqZ9@db.notes.svc/notes`],
    ['a database without a public name', `postgres://notes:${'h7Gk2'}PqZ9@10.0.0.7/notes`],
    ['a password that is the user', 'postgres://notes-app:Notes-App@db.company.io/notes'],
    ['a password that says so', 'postgres://notes:mypassword9@db.company.io/notes'],
    ['a password from the environment', 'postgres://notes:$DB_PASS@db.company.io/notes'],
    ['a token that is too short', `gh${'p_'}${text.slice(0, 20)}`],
    [
      "the key that every machine's emulator has",
      `'AccountKey=${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'}/K1SZFPTOtr/KBHBeksoGMGw=='`,
    ],
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
    ['SECRET_JWT', 'signing'],
    ['sessionSecret', 'signing'],
    ['SECRET', 'signing'],
    ['SECRET_KEY', 'signing'],
    ['secretOrKey', 'signing'],
    ['APP_KEY', 'signing'],
    ['COOKIE_KEYS', 'signing'],
    ['ENCRYPTION_KEY', 'signing'],
    ['HASH_SALT', 'signing'],
    ['passphrase', 'signing'],
    ['ACCESS_TOKEN_SECRET', 'signing'],
    ['jwtPrivateKey', 'signing'],
    ['auth.secret', 'signing'],
    ['NEXTAUTH_SECRET', 'signing'],
    ['DB_PASSWORD', 'password'],
    ['smtp_pass', 'password'],
    ['pwd', 'password'],
    ['STRIPE_API_KEY', 'key'],
    ['clientSecret', 'key'],
    ['WEBHOOK_SECRET', 'key'],
    ['OAUTH_SECRET_KEY', 'key'],
    ['BOT_TOKEN', 'key'],
    ['AUTH_TOKEN', 'key'],
    ['AWS_SECRET_ACCESS_KEY', 'key'],
    ['SERVICE_ACCOUNT_KEY', 'key'],
    ['NEXT_PUBLIC_API_KEY', null],
    ['VITE_SECRET', null],
    ['JWT_PUBLIC_KEY', null],
    ['JWT_EXPIRES_IN', null],
    ['JWT_SECRET_NAME', null],
    ['JWT_SECRET_PATH', null],
    ['SESSION_TTL', null],
    ['SALT_ROUNDS', null],
    ['PASSWORD_RESET_URL', null],
    ['PASSWORD_MIN', null],
    ['confirmPassword', null],
    ['FIREBASE_API_KEY', null],
    ['GOOGLE_MAPS_API_KEY', null],
    ['cacheKey', null],
    ['PORT', null],
  ])('%s: %s', (name, kind) => expect(secretClass(name)).toBe(kind));
});

const real = text.slice(0, 20);
it.each([
  ['a random value', real, true],
  ['a short one', 'q7Rk2Zp9', true],
  ['one that is too short', 'q7Rk2Zp', false],
  ['a placeholder', 'your-secret-key', false],
  ['a stock password', 'postgres', false],
  ['a stock password with a number', 'Password!123', false],
  ['the name of another variable', 'SOME_OTHER_NAME', false],
  ['a reference', '${JWT_SECRET}', false],
  ['an address', 'https://a.company.io/key', false],
  ['a path', './keys/jwt.pem', false],
  ['a path above', '../keys/jwt.pem', false],
  ['code', 'process.env.SECRET_9', false],
  ['a call', 'readKey(9)abc', false],
  ['prose', 'q7Rk2 Zp9Lw4', false],
  ['what a service calls it', 'arn:aws:9:key', false],
  ['its own name', 'jwt-secret', false],
  ['what people type', 'my-q7Rk2Zp9', false],
  ['what people say of it', 'supersecret99', false],
  ['the beginning of a key', 'sk-test-', false],
  ['zeros of an identifier', '00000000-0000', false],
  ['a word', 'harbourlight', false],
  ['a word that is none', 'harbourlightandsea', true],
  ['a word with a digit', 'harbourlight7', true],
  ['few letters', 'abababab9', false],
])('%s is real: %#', (_, value, is) => expect(isRealValue(value, 'JWT_SECRET')).toBe(is));

it.each([
  'postgres',
  'root',
  'admin',
  'rabbitmq',
  'minioadmin',
  'changeme',
  'secret123',
  'pass-1',
  '12345678',
  'Test_01',
  ' user ',
  'yourStrong(!)Password',
])('%s is a password of everybody', (value) => expect(isStock(value)).toBe(true));
it.each(['q7Rk2Zp9', 'postgres-prod', 'rooted', '123456789', 'secretive'])('%s is not', (value) =>
  expect(isStock(value)).toBe(false),
);
