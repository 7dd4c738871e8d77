/**
 * A running sum of doubles without any rounding, rounded once when it is read. Order of additions, and how they are
 * split over workers, changes no bit of the result.
 *
 * @see Shewchuk 1997, "Adaptive precision floating-point arithmetic", grow-expansion; the final rounding is that of
 * Python's `math.fsum` (half to even, correct even where the tail decides a tie).
 */
export class ExactSum {
  /**
   * Non-overlapping doubles, increasing magnitude, whose exact sum is the sum of all that was added; valid up to
   * {@link #count}. The array never shrinks: trimming it at each addition would cost more than the addition.
   */
  readonly #partials: number[] = [];
  #count = 0;

  /** @throws RangeError if `value` is not finite. */
  add(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`cannot add ${value}`);
    const partials = this.#partials;
    let x = value;
    let kept = 0;
    const count = this.#count;
    for (let i = 0; i < count; i++) {
      const y = partials[i] as number;
      const high = x + y;
      // The smaller one is what rounding has taken from.
      const low = Math.abs(x) < Math.abs(y) ? x - (high - y) : y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials[kept++] = x;
    this.#count = kept;
  }

  /** Adds another sum, exactly. */
  merge(other: ExactSum): void {
    for (const partial of other.toParts()) this.add(partial);
  }

  /** The exact state as plain numbers, for a worker's message; `ExactSum.from` restores it. */
  toParts(): readonly number[] {
    return this.#partials.slice(0, this.#count);
  }

  static from(parts: readonly number[]): ExactSum {
    const sum = new ExactSum();
    for (const part of parts) sum.add(part);
    return sum;
  }

  /** The sum, correctly rounded to the nearest double, ties to even; 0 (never -0) for an empty sum. */
  value(): number {
    const partials = this.#partials;
    let i = this.#count;
    if (i === 0) return 0;
    let high = partials[--i] as number;
    let low = 0;
    while (i > 0) {
      const x = high;
      const y = partials[--i] as number;
      high = x + y;
      low = y - (high - x);
      if (low !== 0) break;
    }
    // Half-even across partials: if what is left points the same way as the tie, the tie rounds away.
    if (i > 0 && low !== 0 && low < 0 === (partials[i - 1] as number) < 0) {
      const twice = low * 2;
      const up = high + twice;
      if (twice === up - high) return up;
    }
    return high === 0 ? 0 : high;
  }
}

/** The correctly rounded sum of finite doubles, whatever their order. */
export function exactSum(values: Iterable<number>): number {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum.value();
}
