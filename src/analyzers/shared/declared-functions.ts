import type { DeclaredFunction, IacFact } from '../../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../../model/paths.ts';

type Resource = IacFact['resources'][number];

const functionType =
  /(?:^|\.)(?:NodejsFunction|LambdaFunction|SingletonFunction|EdgeFunction)$|(?:^|[._])lambda\.Function$|^Function$/i;
/** Constructs by which requests come to functions. */
const requestType = /(?:^|\.)(?:RestApi|HttpApi|LambdaRestApi|SpecRestApi|HttpRouter|WebSocketApi|FunctionUrl)$/;
const guarded = /\b(?:default)?[aA]uthorizer(?:Name|Id)?\s*(?:[,}]|:(?!\s*(?:undefined|null|['"]none['"])))/;

/** Functions of a CDK or Pulumi program: each names the file, or the folder and the handler in it. */
export function functionsOf(path: string, text: string, resources: readonly Resource[]): DeclaredFunction[] {
  const behindApi = resources.some(({ type }) => requestType.test(type)) || /\.addFunctionUrl\(/.test(text);
  return resources
    .filter(({ type }) => functionType.test(type))
    .flatMap((resource) => {
      const place = placeOf(path, resource);
      if (!place) return [];
      return [
        {
          ...place,
          by: behindApi ? ('request' as const) : null,
          requests: [],
          authorized: guarded.test(text),
          ...runtimeOf(path, resource),
          file: path,
          line: resource.line,
        },
      ];
    });
}

/** `Runtime.NODEJS_22_X`, or the platform's own name for it. */
function runtimeOf(file: string, { text, line }: Resource): Pick<DeclaredFunction, 'runtime'> {
  const name = /\bruntime\s*:[^,\n]*?(nodejs_?\d+[._]x)/i.exec(text)?.[1];
  return name ? { runtime: { name: name.toLowerCase().replace(/_/g, '').replace(/\.?x$/, '.x'), file, line } } : {};
}

function placeOf(path: string, { text, name, type }: Resource): { modules: string[]; member: string } | null {
  const handler = /\bhandler\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ?? 'handler';
  const entry = /\bentry\s*:\s*/.exec(text);
  if (entry) return { modules: pathsAt(path, text.slice(entry.index + entry[0].length)), member: memberOf(handler) };
  const code = /\b(?:fromAsset|AssetCode|FileArchive)\(\s*/.exec(text);
  if (code) {
    const folders = pathsAt(path, text.slice(code.index + code[0].length));
    const module = handler.replace(/\.[\w$]+$/, '');
    return { modules: folders.flatMap((folder) => joinPath(folder, module) ?? []), member: memberOf(handler) };
  }
  // Told nothing, the construct takes the file beside the stack that carries its own name.
  const beside = joinPath(dirOf(path), `${baseOf(path).replace(/\.[cm]?[jt]s$/, '')}.${name}`);
  return /NodejsFunction$/.test(type) && beside !== null ? { modules: [beside], member: memberOf(handler) } : null;
}

const memberOf = (handler: string): string => /([\w$]+)$/.exec(handler)?.[1] ?? 'handler';
const withoutEnding = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '');

/**
 * The paths that an expression may stand for, without ending: a text, `path.join(__dirname, 'a', 'b')`, a template that begins with
 * `__dirname`. A text of its own is relative to wherever the program is run, so every folder above the file is tried.
 */
export function pathsAt(path: string, expression: string): string[] {
  const call = /^(?:[\w$]+\.)?(?:join|resolve)\(([^()]*)\)/.exec(expression);
  const url = /^[\w$]*\(?\s*new URL\(([^()]*)\)/.exec(expression);
  const given = call?.[1] ?? url?.[1] ?? /^(["'`][^"'`\n]*["'`])/.exec(expression)?.[1];
  if (given === undefined) return [];
  const fixed = /__dirname|import\.meta/.test(given);
  const parts = [...given.matchAll(/["'`]([^"'`\n]*)["'`]/g)].map((match) =>
    match[1]!.replace(/^\$\{__dirname\}/, '.'),
  );
  if (parts.length === 0 || parts.some((part) => part.includes('${'))) return [];
  const written = withoutEnding(parts.join('/').replace(/^\/+/, ''));
  const folders = fixed ? [dirOf(path)] : foldersAbove(path);
  return folders.flatMap((folder) => joinPath(folder, written) ?? []);
}

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let dir = dirOf(path); ; dir = dirOf(dir)) {
    folders.push(dir);
    if (dir === '.') return folders;
  }
}
