import type { Ballot } from "../ballot.ts";

/**
 * Whether the completions that a task of its kind needs arrived: the paper's rules, which `scaled` shares.
 * Synthetic: exactly one by the validator and one by a miner. Duel: exactly two by miners. Trap: one by the negative
 * hotkey and at least one other.
 */
export function needsAreMet(ballot: Ballot): boolean {
  let byValidator = 0;
  let byNegative = 0;
  for (let c = 0; c < ballot.completionCount; c++) {
    if (ballot.fromValidator[c] === 1) byValidator++;
    if (ballot.authors[c] === ballot.negative) byNegative++;
  }
  const byMiners = ballot.completionCount - byValidator;
  switch (ballot.kind) {
    case "synthetic":
      return byValidator === 1 && byMiners === 1;
    case "duel":
      return byValidator === 0 && byMiners === 2;
    case "trap":
      return byNegative > 0 && ballot.completionCount > byNegative;
  }
}

/** Index of the validator's completion, or -1. */
export function validatorCompletion(ballot: Ballot): number {
  for (let c = 0; c < ballot.completionCount; c++) if (ballot.fromValidator[c] === 1) return c;
  return -1;
}
