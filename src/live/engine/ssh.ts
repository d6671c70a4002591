import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { exitCodes, UserError } from '../../model/errors.ts';

/**
 * Reaches a remote engine as the Docker CLI does: through the user's own `ssh`, with its keys, config and known hosts, and
 * `docker system dial-stdio` at the other end.
 * @param url `ssh://[user@]host[:port]`
 */
export function sshAgent(url: string, command = 'ssh'): Agent {
  const { username, hostname, port } = new URL(url);
  // A host or user that starts with a dash would be an option of ssh.
  if (hostname === '' || hostname.startsWith('-') || username.startsWith('-')) {
    throw new UserError(`"${url}" is no address of an engine.`, exitCodes.nothingJudged);
  }
  const args = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T'];
  if (port !== '') args.push('-p', port);
  if (username !== '') args.push('-l', decodeURIComponent(username));
  args.push('--', hostname, 'docker', 'system', 'dial-stdio');
  const agent = new Agent({ keepAlive: false });
  Object.assign(agent, {
    createConnection: () => {
      const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      const socket = Duplex.from({ readable: child.stdout, writable: child.stdin });
      child.once('error', (error) => socket.destroy(error));
      socket.once('close', () => child.kill());
      return socket;
    },
  });
  return agent;
}
