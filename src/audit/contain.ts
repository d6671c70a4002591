/** A part of the audit that others rest on did not work: what asks for it cannot be judged. */
export class PartFailed extends Error {
  override readonly name = 'PartFailed';
}

export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim() || 'failed without a message';

/** Stands for a part that failed: whoever touches it learns why. */
export function failedPart<T extends object>(reason: string): T {
  const refuse = (): never => {
    throw new PartFailed(reason);
  };
  // A promise that is given the part asks it for `then`.
  const get = (_: object, key: string | symbol) => (key === 'then' ? undefined : refuse());
  return new Proxy({}, { get, has: refuse, ownKeys: refuse }) as T;
}
