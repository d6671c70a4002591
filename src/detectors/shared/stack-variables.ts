import { once } from './scope.ts';

/** Programs and configurations of infrastructure that hand functions their variables. */
const stackFile = /(?:^|\/)(?:(?:stacks|infra)\/[^/]+|sst\.config|serverless)\.[cm]?[jt]s$/;
/** What the program itself is given from outside: then somebody has to know of it. */
const passedOn = /process\.env|\$\{(?:env|param|opt|ssm|file)\b|Secret|StringParameter|valueFor/;
const assignment = /(?<![\w$.])([A-Z][A-Z0-9_]{2,})["']?\s*:(.*?)(?=,\s*["']?\w+["']?\s*:|$)/gm;
/** In a template only what stands a step further in than these words is a variable, whatever its letters. */
const block = /^([ \t]*)(?:Variables|environment)\s*:[ \t]*\n((?:\1[ \t]+[^\n]*\n?|[ \t]*\n)*)/gm;
const entry = /^[ \t]*["']?([A-Za-z]\w{2,})["']?\s*:([^\n]*)/gm;

/** What such a platform sets by itself, on a developer's machine too. */
const ofPlatform: Record<string, readonly string[]> = {
  sst: ['IS_LOCAL'],
  serverless: ['IS_OFFLINE'],
};

/** Variables that the stack sets to what it makes or to a value written there: nobody has to name them in a template. */
export const setByStack = once((model): ReadonlySet<string> => {
  const inCode = model.facts.iac.filter(({ tool }) => tool === 'cdk' || tool === 'pulumi').map(({ path }) => path);
  const declared = [...model.facts.platforms, ...model.facts.iac]
    .flatMap(({ functions }) => functions ?? [])
    .map(({ file }) => file);
  const usesStacks = model.facts.platforms.some(({ platform }) => platform === 'sst' || platform === 'serverless');
  const stacks = usesStacks ? model.view.list().filter((path) => stackFile.test(path)) : [];
  const names = new Set(model.facts.platforms.flatMap(({ platform }) => ofPlatform[platform] ?? []));
  for (const file of new Set([...inCode, ...declared, ...stacks])) {
    const text = model.view.text(file);
    if (!/environment|\bvars\b/i.test(text)) continue;
    const lines = [...text.matchAll(block)].flatMap(([, , inner]) => [...inner!.matchAll(entry)]);
    for (const [, name, value] of [...text.matchAll(assignment), ...lines])
      if (!passedOn.test(value!)) names.add(name!);
  }
  return names;
});
