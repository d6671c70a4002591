/** What a live credential looks like, and what only looks like one. Values never leave this module: a finding says the kind alone. */

interface Format {
  /** For evidence: `GitHub token`. */
  kind: string;
  pattern: RegExp;
  /** Asked of the match and the text around it, where the form alone does not prove it. */
  accept?: (match: string, around: string, text: string) => boolean;
}

/** Enough different characters to be drawn at random; `AKIAXXXXXXXXXXXXXXXX` is not. */
const varied = (text: string): boolean => new Set(text).size >= Math.min(12, text.length * 0.3);

/** Text that says of itself that it is no real value. */
const placeholder =
  /example|placeholder|your|change[_-]?(me|this|it)|replace|dummy|fake|sample|x{4,}|\*{3,}|\.{3}|<[^>]*>|\$\{|\{\{|1234567|abcdef|000000|redacted|todo|foobar|lorem|insert|not?[_-]?(a[_-]?)?(real|secret|defined|set)|undefined/i;

export const isPlaceholder = (text: string): boolean => placeholder.test(text);

const random = (match: string): boolean => varied(match) && !isPlaceholder(match);

const formats: readonly Format[] = [
  {
    kind: 'AWS access key',
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
    // A signed address names the key of whoever signed it, for minutes, and not the secret.
    accept: (match, around) =>
      !new RegExp(`X-Amz-Credential(?:=|%3D)${match}|AWSAccessKeyId=${match}`, 'i').test(around),
  },
  { kind: 'GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g },
  { kind: 'GitLab token', pattern: /\bglpat-[\w-]{20}\b/g },
  { kind: 'Slack token', pattern: /\bxox[abprs]-\d{8,}-[\w-]{20,}\b|\bxapp-\d-[A-Z0-9]{8,}-\d{8,}-[0-9a-f]{32,}\b/g },
  {
    kind: 'Slack webhook',
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,26}\b/g,
  },
  { kind: 'Stripe live key', pattern: /\b[sr]k_live_[A-Za-z0-9]{20,}\b/g },
  {
    kind: 'Google API key',
    pattern: /\bAIza[\w-]{35}\b/g,
    // Keys for the browser (Firebase, Maps) are public by design; those of a server's API are not.
    accept: (_, around) => /gemini|generative|palm|vertex|server|youtube/i.test(around) && !publicName.test(around),
  },
  { kind: 'Google OAuth client secret', pattern: /\bGOCSPX-[\w-]{28}\b/g },
  { kind: 'SendGrid key', pattern: /\bSG\.[\w-]{22}\.[\w-]{43}\b/g },
  { kind: 'Twilio key', pattern: /\bSK[0-9a-f]{32}\b/g, accept: (_, around) => /twilio/i.test(around) },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'npm token', pattern: /:_authToken=\s*["']?[0-9a-f]{8}-[0-9a-f-]{27}\b/g },
  {
    kind: 'OpenAI key',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})\b/g,
  },
  { kind: 'Anthropic key', pattern: /\bsk-ant-(?:api|admin|sid)\d\d-[\w-]{60,}/g },
  { kind: 'OpenRouter key', pattern: /\bsk-or-v1-[0-9a-f]{64}\b/g },
  { kind: 'Groq key', pattern: /\bgsk_[A-Za-z0-9]{52}\b/g },
  { kind: 'Hugging Face token', pattern: /\bhf_[A-Za-z]{34}\b/g },
  { kind: 'Mailgun key', pattern: /\bkey-[0-9a-f]{32}\b/g, accept: (_, around) => /mailgun/i.test(around) },
  { kind: 'Telegram bot token', pattern: /\b\d{8,10}:AA[\w-]{33}\b/g },
  { kind: 'Discord bot token', pattern: /\b[MNO][A-Za-z\d_-]{23,25}\.[\w-]{6}\.[\w-]{27,38}\b/g },
  { kind: 'Discord webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/g },
  { kind: 'Shopify token', pattern: /\bshp(?:at|ss|ca|pa)_[0-9a-f]{32}\b/g },
  { kind: 'DigitalOcean token', pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g },
  { kind: 'Resend key', pattern: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/g },
  { kind: 'New Relic key', pattern: /\bNRAK-[A-Z0-9]{27}\b/g },
  { kind: 'Azure storage key', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g, accept: (match) => !emulators.test(match) },
  {
    kind: 'Azure account key',
    pattern: /(?<=['"`])[A-Za-z0-9+/]{86}==(?=['"`])/g,
    accept: (match, _, text) => !emulators.test(match) && /\.azure\.com|\.windows\.net/.test(text),
  },
  { kind: 'Supabase token', pattern: /\bsbp_[0-9a-f]{40}\b/g },
  { kind: 'Sentry token', pattern: /\bsntrys_[\w=+/-]{60,}/g },
  { kind: 'PyPI token', pattern: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g },
  { kind: 'Postman key', pattern: /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/g },
  { kind: 'Linear key', pattern: /\blin_api_[A-Za-z0-9]{40}\b/g },
  { kind: 'Cloudinary address with its secret', pattern: /\bcloudinary:\/\/\d{12,18}:[\w-]{20,40}@[\w-]+/g },
  {
    kind: 'password of a hosted database',
    pattern:
      /\b(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|rediss?|amqps?):\/\/[^\s:/@'"`<>]*:[^\s@'"`<>/]{6,}@[\w.-]+/g,
    accept: isHostedAddress,
  },
  {
    kind: 'Supabase service key',
    pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{20,}\.[\w-]{20,}/g,
    accept: (match) => isServiceRole(match),
  },
  {
    kind: 'private key',
    pattern: /-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\n|\\r|[\s"'+,|>-])*[A-Za-z0-9+/=]{60}/g,
    // The shortest key fills a line of 64; an example of how one begins does not.
    accept: (match) => varied(match.slice(-40)),
  },
  // Traefik keeps the account that it asks for certificates with in acme.json.
  {
    kind: 'private key',
    pattern: /"(?:PrivateKey|Key)":\s*"MII[A-Za-z0-9+/]{200,}/g,
    accept: (match) => varied(match.slice(-40)),
  },
];

const publicName = /(NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY|VUE_APP|NG_APP)_/;

/** Keys that Azure's emulators have on every machine. */
const emulators =
  /Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq|C2y6yDjf5\/R\+ob0N8A7Cgv30VRDJIWEHLM\+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/;

/** A database somewhere else: a host with a public name and a password that nobody would write as a stand-in. */
function isHostedAddress(match: string): boolean {
  const [, user, password, host] = /\/\/([^:]*):(.*)@(.*)/.exec(match) as unknown as [string, string, string, string];
  if (
    !/\.[a-z]{2,}$/i.test(host) ||
    /(^|\.)(local|localhost|internal|test|example|invalid|localdomain|svc)$/i.test(host)
  )
    return false;
  if (/(^|[.-])(example|host|hostname|domain|server|your\w*|mydb|cluster)\.(com|net|org)$/i.test(host)) return false;
  if (password.toLowerCase() === user.toLowerCase() || isStock(password) || isPlaceholder(match)) return false;
  return !/pass(word)?|secret|[$%]\w|^\w+\)/i.test(password);
}

function isServiceRole(token: string): boolean {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    return payload.role === 'service_role' && payload.iss !== 'supabase-demo' && typeof payload.ref === 'string';
  } catch {
    return false;
  }
}

/** Every format starts with one of these, so that most texts are passed over at once. */
const sign =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|xapp-|hooks\.slack|k_live_|AIza|GOCSPX-|\bSG\.|\bSK[0-9a-f]|npm_|_authToken|\bsk-|gsk_|\bhf_|\bkey-|:AA|\b[MNO][\w-]{23,25}\.|\/webhooks\/|\bshp|\bdo[opr]_v1|\bre_|NRAK-|AccountKey=|==['"`]|sbp_|sntrys_|pypi-|PMAK-|lin_api_|cloudinary:|:\/\/[^\s/@]*:[^\s/@]*@|\beyJ|PRIVATE KEY|"MII/;

/** Kinds of live-looking credential in a text, each with the line it first stands in. */
export function credentialsIn(text: string): { kind: string; line: number }[] {
  if (!sign.test(text)) return [];
  const found = new Map<string, number>();
  for (const { kind, pattern, accept } of formats) {
    if (found.has(kind)) continue;
    for (const match of text.matchAll(pattern)) {
      const around = text.slice(Math.max(0, match.index - 80), match.index + match[0].length + 40);
      // What a form shows in its empty field is for people to see.
      if (/(placeholder|holder)\w*["']?\s*[=:][{"'`\s]*$/i.test(text.slice(Math.max(0, match.index - 60), match.index)))
        continue;
      if (!random(match[0]) || !(accept?.(match[0], around, text) ?? true)) continue;
      found.set(kind, text.slice(0, match.index).split('\n').length);
      break;
    }
  }
  return [...found].map(([kind, line]) => ({ kind, line }));
}

/** Passwords that everybody's development set-up has. */
const stock =
  /^(postgresql|administrator|passwd|pw|username|mysql|maria(db)?|mongo(db)?|redis|guest|rabbit(mq)?|minio(admin)?|testing|tester|testpass\w*|example|demo|dev(elopment)?|local(host)?|app|api|db|database|docker|qwerty|letmein|changeme|default|sa|none|null|undefined|true|false|(pass(word)?|secret|admin|root|postgres|test|user)[-_]?\d{0,4}!?|\d{1,8}|your[-_ ]?strong[!()@\w]*|password!?\d*)$/i;

export const isStock = (value: string): boolean => stock.test(value.trim());

/** Says what it signs, encrypts or opens, as words joined by underscores. */
const signing =
  /(^|_)(secret|secrets|passphrase|salt|pepper)($|_(key|token|base|or_key|jwt|cookie|session))|(^|_)(jwt|session|cookie|token|auth|access|refresh|sign(ing)?|encrypt(ion)?|crypto?|hash|app|hmac|csrf|nextauth|webhook|internal|master)(_\w+)?_?(secret|private_?key|salt)s?(_key)?$|(^|_)(jwt|session|cookie|sign(ing)?|encrypt(ion)?|crypto?|hmac|token)_keys?$|^app_key$|^secret_?or_?key$/i;
const password = /(^|_)(password|passwd|pass|pwd)s?$/i;
/** Given out by a service: a weak one opens nothing. */
const issued = /(^|_)(client|webhook|api|consumer|oauth)_?secret(_?key)?$/i;
const key =
  /(^|_)(api|private|client|admin|access|auth|service|account|bot)_?(secret_)?(key|token)$|(^|_)(auth|access|bot|refresh)_?token$|secret_access_key$/i;
const noSecret =
  /public|publishable|expir|ttl|length|rounds|header|column|prefix|algorithm|issuer|audience|(^|_)(min|max)(_|$)|regex|pattern|label|placeholder|reset|forgot|confirm|hint|policy|type$|(name|url|uri|path|file|field|id)$|firebase|maps?_|algolia|recaptcha|captcha_site|sentry_dsn|posthog|mapbox/i;

export type SecretClass = 'signing' | 'password' | 'key';

/** What a name says it holds: what signs or encrypts (forges anybody's session, however weak), a password, a service's key. */
export function secretClass(name: string): SecretClass | null {
  // `users/update-password`: a route or an action, not a variable.
  if (name.includes('/')) return null;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[.-]/g, '_');
  if (publicName.test(words) || noSecret.test(words)) return null;
  if (issued.test(words)) return 'key';
  if (signing.test(words)) return 'signing';
  if (password.test(words)) return 'password';
  return key.test(words) ? 'key' : null;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * A value that could be the secret itself: one word of ASCII; not the name of a variable, an address or prose, and no echo of its own name
 * (`TOKEN_KEY = 'token'`: what the browser's storage knows it by).
 */
export function isSecretValue(value: string, name: string): boolean {
  if (value.length < 3 || /\s|[^\x20-\x7e]/.test(value.trim()) || /^[A-Z][A-Z0-9_]*$/.test(value)) return false;
  if (/^(\w+:\/\/|\.{0,2}\/|[$%#@*<{[]|process\.env|arn:)/.test(value) || /[<>{}()[\]]/.test(value)) return false;
  return plain(value) !== plain(name) && (/secret/i.test(name) || !isNamedIn(value, name));
}

/** `TOKEN_KEY = 'token'`, `GithubTokenKey = 'blog-github-token'`: words that end in what the name calls the key of. */
function isNamedIn(value: string, name: string): boolean {
  const [, stem] = /^(.+)key$/.exec(plain(name)) ?? [];
  if (stem === undefined) return false;
  return plain(value) === stem || (/^[a-z]+(?:[-_.:@][a-z]+)+$/i.test(value) && plain(value).endsWith(stem));
}

const standIn =
  /^(my|your|some|any|the|this|super|very|secret|change|replace|random|test|dev|local|dummy|just|keyboard|jwt|session)/i;

/** `GMAIL_APP_PASSWORD=gmail_password`: it says in words of its own name what belongs there. */
const echoes = (value: string, name: string): boolean =>
  /^[a-z]+(?:[-_. ][a-z]+)+$/i.test(value) &&
  value.split(/[-_. ]/).every((word) =>
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .includes(word.toLowerCase()),
  );

/** Not only of the right form: long and varied enough, and no stand-in that everybody would recognise. */
export const isRealValue = (value: string, name: string): boolean =>
  value.length >= 8 &&
  isSecretValue(value, name) &&
  !isStock(value) &&
  !isPlaceholder(value) &&
  !echoes(value, name) &&
  !standIn.test(value) &&
  // The beginning that every key of a service has, and nothing after it.
  !/^(?:[a-z]{2,10}[-_])+$/i.test(value) &&
  // A plain word is what people type on their own machine; no word is this long.
  (value.length >= 16 || !/^[a-z]+$/i.test(value)) &&
  new Set(value).size >= 5;
