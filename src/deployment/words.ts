/** Values of the given options, in both forms (`-f x`, `--file=x`). A lone dash before the letter (`- f x`) is read as the option meant. */
export function optionsOf(words: readonly string[], names: readonly string[]): string[] {
  const values: string[] = [];
  words.forEach((word, i) => {
    const bare = names.includes(word) && (word.startsWith('-') || words[i - 1] === '-');
    const next = words[i + 1];
    if (bare && next !== undefined && !next.startsWith('-')) values.push(next);
    for (const name of names)
      if (name.startsWith('-') && word.startsWith(`${name}=`)) values.push(word.slice(name.length + 1));
  });
  return values;
}

/** Words that are neither options nor, as far as can be told, values of options. */
export function positional(words: readonly string[]): string[] {
  return words.filter(
    (word, i) => !word.startsWith('-') && !(/^-{1,2}[A-Za-z]/.test(words[i - 1] ?? '') && takesValue(words[i - 1]!)),
  );
}

const flags =
  /^(?:-d|-i|-q|-v|--build|--detach|--install|--wait|--atomic|--force-recreate|--remove-orphans|--no-deps|--quiet-pull|--pull|--debug|--dry-run|--create-namespace|--force|--no-build|--no-cache|--push|--load|--prod|--yes|-y)$/;
const takesValue = (option: string): boolean => !option.includes('=') && !flags.test(option);
