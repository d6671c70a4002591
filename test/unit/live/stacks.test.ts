import { describe, expect, it } from 'vitest';
import { showsStack } from '../../../src/live/probe/checks.ts';

describe('a stack in an answer', () => {
  it.each([
    ['Node', 'Error: boom\n    at Server.<anonymous> (/app/src/app.js:3:9)\n    at node:events:524:28'],
    [
      'Express in HTML',
      '<pre>URIError: Failed<br> &nbsp; &nbsp;at decodeURIComponent (&lt;anonymous&gt;)<br> &nbsp; &nbsp;at Layer.match (/app/node_modules/express/lib/router/layer.js:123:27)</pre>',
    ],
    ['JSON', JSON.stringify({ message: 'boom', stack: 'Error: boom\n    at run (file:///app/main.mjs:1:7)' })],
    ['Java', 'java.lang.IllegalStateException\n\tat com.shop.Orders.find(Orders.java:41)'],
    ['Python', '<pre>Traceback (most recent call last):\n  File "/app/main.py", line 3</pre>'],
    ['PHP', 'Stack trace:\n#0 /var/www/index.php(12): boom()'],
    ['.NET', '   at Shop.Orders.Find() in /src/Orders.cs:line 12'],
    ['Go', 'panic: boom\n\ngoroutine 1 [running]:'],
  ])('%s', (_, body) => {
    expect(showsStack(body)).toBe(true);
  });

  it.each([
    ['a plain message', '{"error":"Not found"}'],
    ['prose', 'We open at 10:30. Meet us at the corner, look at room 5:12 now'],
    ['a page', '<html><body>Cannot GET /x</body></html>'],
    ['a huge page made to be slow', 'at ('.repeat(16_000)],
  ])('none in %s', (_, body) => {
    expect(showsStack(body)).toBe(false);
  });
});
