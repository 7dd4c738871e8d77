import type { EpochInput, PendingCommit } from "./epoch-types.ts";
import { div } from "./fixed.ts";
import { fromRows, type Weights } from "./matrix.ts";

/**
 * Who has set weights recently enough: LastUpdate + cutoff ≥ the block, the cutoff being
 * max(1, floor(factor × tempo / 1000)) blocks. Exactly equal is still active.
 */
export function activeFlags(input: EpochInput): boolean[] {
  const { activityCutoffFactorMilli, tempoBlocks } = input.hyperparameters;
  const cutoff = Math.max(1, Math.floor((activityCutoffFactorMilli * tempoBlocks) / 1_000));
  return input.lastUpdate.map((block) => block + cutoff >= input.block);
}

/** For each uid with an unexpired commit, the block of its earliest one. */
function earliestCommits(
  commits: readonly PendingCommit[],
  epochIndex: number,
  revealPeriod: number,
): Map<number, number> {
  const earliest = new Map<number, number>();
  for (const { uid, commitEpoch, commitBlock } of commits) {
    if (epochIndex > commitEpoch + revealPeriod) continue;
    earliest.set(uid, Math.min(commitBlock, earliest.get(uid) ?? Number.POSITIVE_INFINITY));
  }
  return earliest;
}

/**
 * The weights that count, row-normalised to Q32 after the masks, so that what a mask takes is spread over the rest of
 * its row: rows without permit, self-weights (but the owner's), entries set no later than their target's registration,
 * entries whose commit is older than the target. Inactive rows stay: they matter for trust and bonds.
 *
 * @param permits - In force now, the owner's included.
 * @returns Rows for every permitted uid.
 */
export function maskedWeights(input: EpochInput, permits: readonly boolean[]): Weights {
  const n = permits.length;
  const commits = input.hyperparameters.commitReveal
    ? earliestCommits(input.pendingCommits, input.epochIndex, input.revealPeriodEpochs)
    : new Map<number, number>();
  const uids = permits.flatMap((permit, uid) => (permit ? [uid] : []));
  const weights = fromRows(
    input.weights,
    uids,
    n,
    (value) => value,
    (row, column) => {
      const registered = input.blockAtRegistration[column] ?? 0;
      if (row === column && row !== input.ownerUid) return false;
      if ((input.lastUpdate[row] ?? 0) <= registered) return false;
      return (commits.get(row) ?? Number.POSITIVE_INFINITY) >= registered;
    },
  );
  for (let start = 0; start < weights.cells.length; start += n) {
    const row = weights.cells.subarray(start, start + n);
    let total = 0;
    for (const cell of row) total += cell;
    // u16 entries and their sum are whole; as Q32 both carry the same factor 2³², which cancels.
    if (total > 0) for (let j = 0; j < n; j++) row[j] = div(row[j] as number, total);
  }
  return weights;
}
