/** A value with the place that states it. */
export interface ValueAt<T> {
  value: T;
  file: string;
  line: number;
}
