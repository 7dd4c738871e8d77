/**
 * How long to wait before the next try: doubling from `firstMs` to `mostMs`, each spread over its upper half so that
 * many miners do not come back at once.
 *
 * @param attempt - 0 for the wait after the first failure.
 * @param unit - A number from 0 to 1 that spreads.
 */
export function backoffMs(attempt: number, unit: number, firstMs = 500, mostMs = 60_000): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(full / 2 + (full / 2) * unit);
}
