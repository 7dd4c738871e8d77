/** Up to eight bytes of text as one number, the first byte lowest; more are cut off after a mark that no text has. */
@inline
export function wordOf(from: usize, to: usize): u64 {
  const length = to - from;
  if (length === 0) return 0;
  return length > 8 ? u64.MAX_VALUE : load<u64>(from) & (u64.MAX_VALUE >> (64 - 8 * length));
}
