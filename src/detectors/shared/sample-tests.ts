/**
 * Tests that a generator wrote and nobody touched (ruling: alone they are no tests). Each is told by a file name that the generator
 * gives and a phrase that it leaves.
 */
const generated: readonly { file: RegExp; phrase: RegExp }[] = [
  { file: /(^|\/)App\.(test|spec)\.[jt]sx?$/, phrase: /learn react|renders without crashing/i },
  { file: /(^|\/)app\.(controller\.spec|e2e-spec)\.ts$/, phrase: /Hello World!/ },
  { file: /\.controller\.spec\.ts$/, phrase: /\.getHello\(\)\)\.toBe\(['"]Hello World!['"]\)/ },
  {
    file: /(^|\/)app(\.component)?\.spec\.ts$/,
    phrase: /should create the app[\s\S]{0,600}(as title|the '[^']*' title|render title)/,
  },
  { file: /(^|\/)HelloWorld\.(test|spec)\.[jt]sx?$/i, phrase: /Hello|msg/ },
  { file: /(^|\/)(example|demo-todo-app|seed)\.spec\.[jt]sx?$/, phrase: /playwright\.dev|demo\.playwright/ },
  {
    file: /(^|\/)(cypress|e2e)\/|\.cy\.[jt]sx?$/,
    phrase:
      /example\.cypress\.io|My First Test|visits the app root url|Visits the initial project page|getGreeting\(\)[\s\S]{0,80}Welcome/i,
  },
  { file: /e2e\/.*\.spec\.[jt]s$/, phrase: /message: 'Hello API'|should display welcome message/ },
  { file: /(^|\/)app\.e2e-spec\.[jt]s$/, phrase: /should display welcome message/ },
  // fastify-cli
  { file: /(^|\/)routes\/root\.test\.[jt]s$/, phrase: /JSON\.parse\(res\.payload\), \{ root: true \}/ },
  { file: /(^|\/)routes\/example\.test\.[jt]s$/, phrase: /'this is an example'/ },
  { file: /(^|\/)plugins\/support\.test\.[jt]s$/, phrase: /someSupport\(\), 'hugs'/ },
  // moleculer-cli
  { file: /(^|\/)greeter\.(spec|test)\.[jt]s$/, phrase: /Test 'greeter' service/ },
  // sam init
  {
    file: /(^|\/)test-handler\.test\.[jt]s$|(^|\/)tests?\/unit\//,
    phrase: /verifies successful response[\s\S]*hello world/i,
  },
  { file: /(^|\/)(firstTest|starter)\.(e2e|test)\.[jt]s$/, phrase: /should have welcome screen/ },
];

const testCall = /(?<![\w.$])(it|test)(\.\w+)*\s*\(/g;
/** `should create`, `should be defined`: what a schematic writes beside every class it makes. */
const schematicTitle = /(?<![\w.$])(it|test)\s*\(\s*['"`]should (create|be created|be defined)( the \w+)?['"`]/g;
/** A test with nothing in it, as is left when a generator's example is commented out. */
const hollow =
  /(?<![\w.$])(?:it|test)(?:\.\w+)*\s*\(\s*(['"`])[^'"`\n]*\1\s*,\s*(async\s*)?(\(\)|function\s*\(\))\s*(=>)?\s*\{\s*\}/g;
const assertion = /(?<![\w$.])(expect|assert(\.\w+)?)\s*\(/g;
/** Asserts on nothing but literals. */
const trivial = /(?<![\w$.])(expect|assert(\.\w+)?)\s*\(\s*(true|false|[\d.]+(\s*[+*-]\s*[\d.]+)*)\s*[,)]/g;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** True for a generator's own test, and for one that could not fail whatever the code does. */
export function isSampleTest(path: string, text: string): boolean {
  const tests = count(text, testCall);
  // Somebody who added tests of their own to the sample's file has touched it.
  if (tests <= 4 && generated.some(({ file, phrase }) => file.test(path) && phrase.test(text))) return true;
  if (tests > 0 && count(text, schematicTitle) === tests) return true;
  if (tests > 0 && count(text, hollow) === tests) return true;
  const assertions = count(text, assertion);
  return assertions > 0 && count(text, trivial) === assertions;
}
