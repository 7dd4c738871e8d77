import { ExactSum } from "../base/exact-sum.ts";

/** What one hotkey has earned and done so far, exactly. */
export class Tally {
  readonly generator = new ExactSum();
  readonly discriminator = new ExactSum();
  /** What not voting cost, contained in {@link discriminator}. */
  readonly noVote = new ExactSum();
  /** Tasks in which the hotkey takes part, scored or not. */
  tasks = 0;
  generated = 0;
  voted = 0;
  trapped = 0;
  /** Scored traps with a valid vote. */
  trapVotes = 0;

  /** The exact sum of both roles, rounded once. */
  score(): number {
    const sum = new ExactSum();
    sum.merge(this.generator);
    sum.merge(this.discriminator);
    return sum.value();
  }

  /** The exact state as numbers, appended to `out`; {@link readTally} takes them back in. */
  write(out: number[]): void {
    out.push(this.tasks, this.generated, this.voted, this.trapped, this.trapVotes);
    for (const sum of [this.generator, this.discriminator, this.noVote]) {
      const parts = sum.toParts();
      out.push(parts.length, ...parts);
    }
  }
}

/**
 * Adds a written tally to another, or takes it away again: exact both ways.
 *
 * @param at - Where it begins in `numbers`.
 * @param sign - 1 or −1.
 * @returns Where the next one begins.
 */
export function readTally(tally: Tally, numbers: ArrayLike<number>, at: number, sign: 1 | -1): number {
  let next = at;
  const take = (): number => numbers[next++] ?? 0;
  tally.tasks += sign * take();
  tally.generated += sign * take();
  tally.voted += sign * take();
  tally.trapped += sign * take();
  tally.trapVotes += sign * take();
  for (const sum of [tally.generator, tally.discriminator, tally.noVote]) {
    for (let left = take(); left > 0; left--) sum.add(sign * take());
  }
  return next;
}
