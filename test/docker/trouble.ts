import { createServer, request, type Server } from 'node:http';

/** What becomes of one call on its way to the engine. */
export type Fate = 'pass' | 'hang' | 'half' | 'drop' | 'garbage' | { status: number; message?: string };

/** An engine in trouble: the real one, seen through a proxy that lets `fate` decide over each call. */
export function trouble(socketPath: string, fate: (method: string, path: string) => Fate | Promise<Fate>): Server {
  return createServer(async (req, res) => {
    const { method = 'GET', url = '/' } = req;
    const what = await fate(method, url);
    if (what === 'hang') return;
    if (what === 'drop') return req.socket.destroy();
    if (what === 'half') {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.write('[{"Id":');
      return;
    }
    if (what === 'garbage') return res.end('<html>It works!</html>');
    if (typeof what === 'object') {
      res.writeHead(what.status, { 'content-type': 'application/json' });
      return res.end(JSON.stringify({ message: what.message ?? 'out of sorts' }));
    }
    const onward = request({ socketPath, method, path: url, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
}
