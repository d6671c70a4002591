/** How many bytes are looked at to tell text from binary, as git does. */
const sample = 8000;

export const isBinary = (bytes: Uint8Array): boolean => !isWide(bytes) && bytes.subarray(0, sample).includes(0);

/** UTF-16 by its BOM. */
const isWide = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/**
 * Decodes UTF-8, UTF-16 (either order, by its BOM) and whatever else looks like text. The BOM is dropped; bytes that are
 * no UTF-8 become U+FFFD rather than an error. Null for binary content.
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (isWide(bytes) && bytes[0] === 0xff) return new TextDecoder('utf-16le').decode(bytes);
  if (isWide(bytes)) return new TextDecoder('utf-16be').decode(bytes);
  if (isBinary(bytes)) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return buffer.toString('utf8', hasBom ? 3 : 0);
}
