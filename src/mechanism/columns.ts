type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/**
 * A column with room for `length` numbers: the same one, or a larger copy. Columns are typed arrays because what the
 * compiler makes of them is small and fast, and a replay is over before it has compiled anything large.
 */
export function withRoom<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const size = Math.max(length, column.length * 2);
  const larger = new (column.constructor as new (size: number) => T)(size);
  larger.set(column);
  return larger;
}
