import { connect } from 'node:net';
import type { ProbeAddress } from '../probe/address.ts';
import { pause } from '../up.ts';

export interface HeldRequest {
  /** Sends what was held back and waits for the answer. */
  finish(timeout: number): Promise<'answered' | 'cut'>;
}

/**
 * Holds a request in flight: its head and the first half of its body are sent, so that the server has to wait for the rest. It goes to a
 * path that no application has, so whatever answers it changes nothing.
 * @returns null when nothing could be held: no connection, or a server that answers without reading.
 */
export async function holdRequest({ host, port }: ProbeAddress): Promise<HeldRequest | null> {
  const socket = connect({ host, port });
  let said = '';
  let over = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    said += chunk;
  });
  socket.on('error', () => {
    over = true;
  });
  socket.on('close', () => {
    over = true;
  });
  const head = [
    'POST /.readiness/in-flight HTTP/1.1',
    `Host: ${host}:${port}`,
    'Content-Type: application/json',
    'Content-Length: 2',
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n{`);
  await pause(300);
  if (over || said !== '') {
    socket.destroy();
    return null;
  }
  return {
    finish: async (timeout) => {
      socket.write('}');
      for (const started = Date.now(); !over && Date.now() - started < timeout; ) await pause(20);
      socket.destroy();
      return /^HTTP\/1\.[01] \d{3} /.test(said) ? 'answered' : 'cut';
    },
  };
}
