import { constants, deflateSync } from 'node:zlib';

/** Letters and digits of five by seven dots: a row a character, its dots the bits of a base 32 digit. */
const glyphs: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhe',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  0: 'ehjlphe',
  1: '4c4444e',
  2: 'eh1248v',
  3: 'v2421he',
  4: '26aiv22',
  5: 'vgu11he',
  6: '68guhhe',
  7: 'v124888',
  8: 'ehhehhe',
  9: 'ehhf12c',
};

/**
 * A square icon of one letter or digit on a plain ground. The letter keeps to the middle, so that a mask of any form may cut
 * the edges. The same bytes on every machine: the strategy of the compression looks for runs alone.
 */
export function letterIcon(letter: string, size: number, [ground, ink]: readonly [string, string]): Uint8Array {
  const rows = [...(glyphs[letter] ?? glyphs.A!)].map((digit) => Number.parseInt(digit, 32));
  const dot = Math.floor(size / 14);
  const left = Math.floor((size - 5 * dot) / 2);
  const top = Math.floor((size - 7 * dot) / 2);
  const width = Math.ceil(size / 8);
  const data = Buffer.alloc(size * (width + 1));
  let above = Buffer.alloc(width);
  for (let y = 0; y < size; y++) {
    const bits = rows[Math.floor((y - top) / dot)] ?? 0;
    const row = Buffer.alloc(width);
    for (let x = 0; x < 5 * dot; x++)
      if (bits & (16 >> Math.floor(x / dot))) row[(left + x) >> 3]! |= 128 >> ((left + x) & 7);
    // Filter 2: what a row differs by from the one above it.
    data[y * (width + 1)] = 2;
    for (let i = 0; i < width; i++) data[y * (width + 1) + 1 + i] = (row[i]! - above[i]!) & 255;
    above = row;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit for each dot, from a palette of two colours.
  header[8] = 1;
  header[9] = 3;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(`${ground}${ink}`.replaceAll('#', ''), 'hex')),
    chunk('IDAT', deflateSync(data, { level: 9, strategy: constants.Z_RLE })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Node has one of its own since 22.2. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
