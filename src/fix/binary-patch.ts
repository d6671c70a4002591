import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** A new file that is no text, as `git apply` takes it: its hash, its bytes, and the way back to nothing. */
export function newBinaryFile(path: string, bytes: Uint8Array): string {
  const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const head = `diff --git a/${path} b/${path}\nnew file mode 100644\nindex ${'0'.repeat(40)}..${hash}\n`;
  return `${head}GIT binary patch\nliteral ${bytes.length}\n${lines(deflateSync(bytes))}\nliteral 0\nHcmV?d00001\n\n`;
}

/** Lines of at most 52 bytes, each with its length as a letter before it. */
function lines(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 52) {
    const part = bytes.subarray(at, at + 52);
    out += String.fromCharCode(part.length <= 26 ? 64 + part.length : 70 + part.length);
    for (let i = 0; i < part.length; i += 4) out += base85(part.subarray(i, i + 4));
    out += '\n';
  }
  return out;
}

function base85(four: Uint8Array): string {
  let value = 0;
  for (let i = 0; i < 4; i++) value = value * 256 + (four[i] ?? 0);
  let out = '';
  for (let i = 0; i < 5; i++) {
    out = alphabet[value % 85] + out;
    value = Math.floor(value / 85);
  }
  return out;
}
