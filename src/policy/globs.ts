const longest = 300;

/**
 * True for a glob whose regular expression stays cheap on any path. Globs come from the target, and a segment such as `*a*a*a*a*a*`
 * would take longer to fail than the whole audit.
 */
export function isTame(glob: string): boolean {
  const segments = glob.split('/');
  const deep = segments.filter((segment) => segment === '**').length;
  const wild = segments.some((segment) => segment !== '**' && segment.replaceAll(/[^*]/g, '').length > 3);
  return glob.length <= longest && deep <= 4 && !wild && !/[()]/.test(glob);
}
