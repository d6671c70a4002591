interface Memo<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What is kept under the key, made when it is first asked for (`Map.prototype.getOrInsertComputed`, which Node lacks). */
export function memo<K, V>(kept: Memo<K, V>, key: K, make: () => V): V {
  let value = kept.get(key);
  if (value === undefined) {
    value = make();
    kept.set(key, value);
  }
  return value;
}
