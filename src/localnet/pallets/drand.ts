import type { Execution } from "../engine/execution.ts";
import { type CallHandlers, ensureRoot, type Origin } from "../engine/execution.ts";
import { makePulse, roundAt } from "./beacon-key.ts";
import { LastStoredRound, OldestStoredRound, Pulses } from "./drand-storage.ts";
import { awaitedRounds } from "./subtensor/timelock-commits.ts";

/** Rounds that passed since the last block and are all published; after a longer jump only those that commits wait for. */
const MAX_CATCH_UP = 3n;
/** Pulses kept. */
const MAX_PULSES = 1_000n;

/**
 * Publishes the beacon's rounds up to the block's time. A signature takes some milliseconds, so a chain that is
 * warped a day ahead signs what somebody waits for and leaves the rest out.
 */
export function publishPulses(execution: Execution): void {
  const { state, timestampMs } = execution;
  const newest = roundAt(timestampMs);
  const last = LastStoredRound.get(state);
  if (newest <= last) return;
  const rounds = new Set<bigint>();
  if (last > 0n && newest - last <= MAX_CATCH_UP)
    for (let round = last + 1n; round <= newest; round++) rounds.add(round);
  for (const round of awaitedRounds(state)) if (round <= newest && !Pulses.has(state, round)) rounds.add(round);
  for (const round of [...rounds].sort((a, b) => (a < b ? -1 : 1))) {
    Pulses.set(state, [round], makePulse(round));
    Pulses.remove(state, round - MAX_PULSES);
  }
  LastStoredRound.set(state, [], newest);
  if (OldestStoredRound.get(state) === 0n) OldestStoredRound.set(state, [], newest);
  if (rounds.size > 0) execution.emit("Drand", "NewPulse", { rounds: [...rounds] });
}

export const drandCalls: CallHandlers = {
  set_oldest_stored_round: (execution: Execution, origin: Origin, { oldest_round }: { oldest_round: bigint }) => {
    ensureRoot(origin);
    OldestStoredRound.set(execution.state, [], oldest_round);
    execution.emit("Drand", "SetOldestStoredRound", oldest_round);
  },
};
