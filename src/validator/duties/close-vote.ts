import type { Core } from "../core.ts";

/**
 * Ends the voting of a round: at its stored instant, or earlier once everybody asked has answered where that is set.
 *
 * @returns Whether it was ended.
 */
export async function closeVote(core: Core): Promise<boolean> {
  const { store, settings } = core;
  const round = store.rounds.active();
  if (round?.state !== "voting" || round.votingEndsAtMs === null) return false;
  const now = core.nowMs();
  const early = settings.closeEarly && core.progress.complete(round);
  if (now <= round.votingEndsAtMs && !early) return false;
  const endsAtMs = Math.min(now, round.votingEndsAtMs);
  store.step(() => {
    store.tasks.expireRound(round.interval, round.n, endsAtMs);
    store.rounds.endVoting(round.interval, round.n, endsAtMs);
  });
  return true;
}
