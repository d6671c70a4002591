type Plain = Record<string, unknown>;

/**
 * What deno.json says, in the words of package.json: tasks are its scripts, imports its dependencies. `read` gives the import map
 * that it names.
 */
export function denoManifest(raw: Plain, read: (name: string) => Plain): Plain {
  const imports = {
    ...record(raw.imports),
    ...(typeof raw.importMap === 'string' ? record(read(raw.importMap).imports) : {}),
  };
  const tasks = Object.entries(record(raw.tasks)).map(([name, task]) => [name, command(task)]);
  const dependencies = Object.entries(imports).flatMap(([key, target]) => {
    if (typeof target !== 'string' || /^\.{0,2}\//.test(target)) return [];
    const name = packageIn(target) ?? key.replace(/\/$/, '');
    return [name, key.replace(/\/$/, '')].map((one) => [one, target]);
  });
  return {
    name: raw.name,
    version: raw.version,
    exports: raw.exports,
    private: raw.exports === undefined,
    scripts: Object.fromEntries(tasks.filter(([, text]) => text !== null)),
    dependencies: Object.fromEntries(dependencies.filter(([name]) => /^[@$\w]/.test(name!) && !name!.includes(':'))),
    workspaces: raw.workspace,
  };
}

/**
 * The package that a specifier of Deno names, as npm would call it: `npm:hono@4/cors` is `hono/cors`, `jsr:@oak/oak@17` `@oak/oak`,
 * `https://deno.land/x/oak@v12/mod.ts` `oak/mod.ts`. Null for what is no such specifier.
 */
export function packageIn(specifier: string): string | null {
  const [, named] = /^(?:npm|jsr):\/?(.+)$/.exec(specifier) ?? [];
  const [, hosted] = /^https:\/\/(?:deno\.land\/x|esm\.sh|cdn\.skypack\.dev|jsr\.io)\/\*?(.+)$/.exec(specifier) ?? [];
  const whole = named ?? hosted;
  if (whole === undefined) return /^https:\/\/deno\.land\/std\b/.test(specifier) ? '@std' : null;
  return whole.replace(/^(@[^/@]+\/[^/@]+|[^/@]+)@[^/]*/, '$1').replace(/\/+$/, '');
}

const record = (value: unknown): Plain => (typeof value === 'object' && value !== null ? (value as Plain) : {});

const command = (task: unknown): string | null => {
  const text = typeof task === 'string' ? task : record(task).command;
  return typeof text === 'string' ? text : null;
};
