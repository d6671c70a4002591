/** Node versions as majors: enough to say whether two places can both be followed. */

/** Majors a version text admits; `open`: every one from there on. Null where it names none (`lts/*`, `latest`). */
export interface Majors {
  has(major: number): boolean;
  /** The one it names, where it is no range. */
  exact: number | null;
}

const highest = 60;
/** `20`, `v20.1.0`, `>=18`, `^18 || ^20`, `18.x`, `>=18 <21`, `lts/iron`. */
export function majorsOf(text: string): Majors | null {
  const version = text.trim().replace(/^node-?/i, '');
  const named = /^lts\/(\w+)/i.exec(version)?.[1]?.toLowerCase();
  if (named && named in codenames) return one(codenames[named]!);
  if (/^v?\d+(\.(\d+|x|\*)){0,2}([-+][\w.]+)?$/.test(version)) return one(Number(/\d+/.exec(version)![0]));
  const alternatives = version.split('||').map((part) => part.trim());
  const sets = alternatives.map(rangeOf);
  if (sets.some((set) => set === null)) return null;
  const all = sets as ((major: number) => boolean)[];
  const admitted = Array.from({ length: highest }, (_, major) => major).filter((major) =>
    all.some((set) => set(major)),
  );
  return { has: (major) => all.some((set) => set(major)), exact: admitted.length === 1 ? admitted[0]! : null };
}

const codenames: Record<string, number> = {
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

const one = (major: number): Majors => ({ has: (other) => other === major, exact: major });

function rangeOf(text: string): ((major: number) => boolean) | null {
  const hyphen = /^v?(\d+)[\w.]*\s+-\s+v?(\d+)/.exec(text);
  if (hyphen) return (major) => major >= Number(hyphen[1]) && major <= Number(hyphen[2]);
  const comparators = [...text.matchAll(/(>=|<=|>|<|\^|~|=)?\s*v?(\d+)((?:\.(?:\d+|x|\*))*)/g)];
  if (comparators.length === 0 || /[a-z]/i.test(text.replace(/[vx]/gi, ''))) return text === '*' ? () => true : null;
  return (major) =>
    comparators.every(([, operator = '', digits, rest = '']) => {
      const bound = Number(digits);
      const whole = /[1-9]/.test(rest);
      if (operator === '>=') return major >= bound;
      if (operator === '>') return whole ? major >= bound : rest === '' ? major > bound : major >= bound;
      if (operator === '<') return whole ? major <= bound : major < bound;
      if (operator === '<=') return major <= bound;
      return major === bound;
    });
}

/** The majors that two places both admit are none. */
export function contradict(a: Majors, b: Majors): boolean {
  for (let major = 0; major < highest; major++) if (a.has(major) && b.has(major)) return false;
  return true;
}
