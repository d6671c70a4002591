import { describe, expect, it } from 'vitest';
import { code, prose, table } from '../../../src/report/markdown/escape.ts';

describe('text in a Markdown report', () => {
  it.each([
    [
      'plain words stay as they are: 2 of 3, (a), GET /x-y_z!',
      'plain words stay as they are: 2 of 3, (a), GET /x-y_z!',
    ],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['[click](http://evil.example)', '\\[click\\](`http://evil.example`)'],
    ['![pixel](http://evil.example/p.png)', '!\\[pixel\\](`http://evil.example/p.png`)'],
    ['**bold** _slanted_ ~~gone~~', '\\*\\*bold\\*\\* \\_slanted\\_ \\~\\~gone\\~\\~'],
    ['DATABASE_URL', 'DATABASE_URL'],
    ['&lt;b&gt; &#60; R&D', '\\&lt;b\\&gt; \\&#60; R&D'],
    ['# not a heading', '\\# not a heading'],
    ['- not a list', '\\- not a list'],
    ['10. not a list', '10\\. not a list'],
    ['.env is a file', '.env is a file'],
    ['ask @acme/team or @sentry/node.', 'ask `@acme/team` or `@sentry/node`.'],
    ['mail a@b.example', 'mail a@b.example'],
    [
      'calls http://localhost:3001/a_b, then WWW.evil.example.',
      'calls `http://localhost:3001/a_b`, then `WWW.evil.example`.',
    ],
    ['use `npm ci` and `a|b`', 'use `npm ci` and `a|b`'],
    ['one ` tick', 'one \\` tick'],
    ['two\nlines\u001b[31m', 'two\\\\u000alines\\\\u001b\\[31m'],
  ])('%j', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it.each([
    ['a/b.ts:3', '`a/b.ts:3`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['a\nb', '`a\\u000ab`'],
  ])('a code span holds %j whole', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('a bar inside a cell does not end it, also in code', () => {
    expect(
      table(['A'], [['x | y'], [prose('x | y')], [code('x|y')]])
        .split('\n')
        .slice(2),
    ).toEqual(['| x \\| y |', '| x \\| y |', '| `x\\|y` |']);
  });
});
