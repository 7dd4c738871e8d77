import type { MeResponse } from "../../../protocol/messages.ts";

/** What one reason came to. */
export interface Earned {
  readonly role: string;
  readonly reason: string;
  readonly tasks: number;
  readonly earned: number;
}

/** What was earned and lost at a validator, by role and reason; what lost most stands last. */
export function earningsByReason({ tasks }: Pick<MeResponse, "tasks">): Earned[] {
  const sums = new Map<string, Earned>();
  for (const { role, reason, earned } of tasks) {
    const key = `${role} ${reason}`;
    const before = sums.get(key);
    sums.set(key, { role, reason, tasks: (before?.tasks ?? 0) + 1, earned: (before?.earned ?? 0) + earned });
  }
  return [...sums.values()].sort((a, b) => b.earned - a.earned || b.tasks - a.tasks);
}

/** Of so many settled intervals the mean is taken: enough to even out luck, few enough to show a change. */
const LAST_INTERVALS = 4;

/** The share of a validator's weights that this miner may expect; undefined before the first settlement. */
export function projectedShare({ intervals }: Pick<MeResponse, "intervals">): number | undefined {
  const last = intervals.slice(-LAST_INTERVALS);
  return last.length === 0 ? undefined : last.reduce((sum, { share }) => sum + share, 0) / last.length;
}

/**
 * The share of the subnet's incentive that this miner may expect if validators go on as they did: their shares, weighted
 * by stake where it is known. An estimate: consensus clips what a minority of stake gives.
 *
 * @param found - Projected share and stake by validator; equal weight where no stake is known.
 */
export function projectedOverall(
  found: readonly { readonly share: number; readonly stakeRao: bigint | undefined }[],
): number | undefined {
  const weights = found.map(({ stakeRao }) => Number(stakeRao ?? 0n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (found.length === 0) return undefined;
  if (total === 0) return found.reduce((sum, { share }) => sum + share, 0) / found.length;
  return found.reduce((sum, { share }, index) => sum + share * (weights[index] ?? 0), 0) / total;
}
