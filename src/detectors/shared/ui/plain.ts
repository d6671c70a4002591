const token = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*.*?\*\/|<!--.*?-->/gs;
const codeInString = /\\n|<\/|\/>|<[A-Z]/;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/**
 * A source or template without its comments and without strings that quote code. Blanked in place, so that offsets and lines hold.
 * Cheap on purpose: no syntax tree, for files of every dialect that renders something.
 */
export const plainText = (text: string): string =>
  text.replace(token, (found) => {
    if (found.startsWith('/') || found.startsWith('<')) return blank(found);
    return !found.startsWith('`') && codeInString.test(found) ? `""${blank(found.slice(2))}` : found;
  });
