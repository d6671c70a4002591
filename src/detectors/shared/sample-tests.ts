/**
 * Tests that a generator wrote and nobody touched (ruling: alone they are no tests). Each is told by a file name that the generator
 * gives and a phrase that it leaves.
 */
const generated: readonly { file: RegExp; phrase: RegExp }[] = [
  { file: /(^|\/)App\.(test|spec)\.[jt]sx?$/, phrase: /learn react|renders without crashing/i },
  { file: /(^|\/)app\.(controller\.spec|e2e-spec)\.ts$/, phrase: /Hello World!/ },
  {
    file: /(^|\/)app\.component\.spec\.ts$/,
    phrase: /should create the app[\s\S]{0,600}(as title|the '[^']*' title|render title)/,
  },
  { file: /(^|\/)HelloWorld\.(test|spec)\.[jt]sx?$/, phrase: /Hello|msg/ },
  { file: /(^|\/)(example|demo-todo-app)\.spec\.[jt]s$/, phrase: /playwright\.dev/ },
  { file: /\.cy\.[jt]sx?$/, phrase: /example\.cypress\.io/ },
];

const trivial = /\b(expect|assert(\.\w+)?)\(\s*(true|1|\d+\s*[+*-]\s*\d+)\s*[,)]/;

export function isSampleTest(path: string, text: string): boolean {
  if (generated.some(({ file, phrase }) => file.test(path) && phrase.test(text))) return true;
  const assertions = text.match(/\b(expect|assert(\.\w+)?)\(/g) ?? [];
  return assertions.length === 1 && trivial.test(text);
}
