/** What can be read of a command's options. `values`: by option, each value given; `rest`: what is no option. */
export interface Options {
  values: Map<string, string[]>;
  flags: Set<string>;
  rest: string[];
}

/**
 * Reads options of `args`. `valued` names those that take the next word. With `stop`, everything from the first word that is no
 * option belongs to the command that is started. A bare `--` always ends the options.
 */
export function readOptions(args: readonly string[], valued: ReadonlySet<string>, stop = false): Options {
  const read: Options = { values: new Map(), flags: new Set(), rest: [] };
  const add = (name: string, value: string) => read.values.set(name, [...(read.values.get(name) ?? []), value]);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      read.rest.push(...args.slice(i + 1));
      break;
    }
    if (!/^-./.test(arg)) {
      read.rest.push(...(stop ? args.slice(i) : [arg]));
      if (stop) break;
      continue;
    }
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    if (equals > 0) add(arg.slice(0, equals), arg.slice(equals + 1));
    else if (valued.has(arg) && i + 1 < args.length) add(arg, args[++i]!);
    else {
      read.flags.add(arg);
      // `--notify false`: a switch that is spelled out.
      if (/^(true|false)$/.test(args[i + 1] ?? '') && arg.startsWith('--')) i++;
    }
  }
  return read;
}

export const first = (options: Options, ...names: string[]): string | null => {
  for (const name of names) {
    const value = options.values.get(name)?.[0];
    if (value !== undefined) return value;
  }
  return null;
};

export const every = (options: Options, ...names: string[]): string[] =>
  names.flatMap((name) => options.values.get(name) ?? []);

export const has = (options: Options, ...names: string[]): boolean => names.some((name) => options.flags.has(name));

/** The name a program goes by: folder, `.cmd` and version removed; `node_modules/jest/bin/jest.js` is `jest`. */
export function programName(word: string): string {
  const installed = /node_modules\/(?!\.bin\/)((?:@[^/]+\/)?[^/]+)/.exec(word);
  if (installed) return installed[1]!.replace(/^@[^/]+\//, '');
  return word.replace(/^.*[\\/]/, '').replace(/\.(cmd|exe)$/, '');
}

/** `jest@29` → `jest`, `@scope/x@1` → `@scope/x`. */
export const withoutVersion = (name: string): string => name.replace(/(?<=.)@[^/]*$/, '');
