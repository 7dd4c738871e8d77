import { ColosseumError, messageOf } from "../base/errors.ts";
import type { RoundRecord } from "../store/rounds.ts";
import type { Core } from "./core.ts";
import { anchorSeeds } from "./duties/anchor-seeds.ts";
import { closeVote } from "./duties/close-vote.ts";
import { makeBaselines } from "./duties/make-baselines.ts";
import { openInterval } from "./duties/open-interval.ts";
import { openRound } from "./duties/open-round.ts";
import { closeGeneration, prepareVote, votingDueMs } from "./duties/prepare-vote.ts";
import { revealWeights } from "./duties/reveal-weights.ts";
import { scoreRound } from "./duties/score-round.ts";
import { sendWeights } from "./duties/send-weights.ts";
import { settleInterval } from "./duties/settle-interval.ts";
import type { ValidatorSettings } from "./settings.ts";

export type Duty = (core: Core, signal: AbortSignal) => Promise<boolean>;

/** Duties that wait for each other, in the order of an interval's life. */
export const ARENA_DUTIES: readonly Duty[] = [
  anchorSeeds,
  openInterval,
  openRound,
  closeGeneration,
  prepareVote,
  closeVote,
  scoreRound,
  settleInterval,
];
/** The longest nap where nothing stored says when to look again. */
const NAP_MS = 60_000;

/**
 * Runs the duties until the signal aborts: the arena's, the baselines' and the weights', each in its own strand, so that
 * a slow model or a chain that is away stops only what needs it. Whatever they do stands in the store before they go on.
 */
export async function runDuties(core: Core, signal: AbortSignal): Promise<void> {
  await Promise.all([
    strand(core, ARENA_DUTIES, signal),
    strand(core, [makeBaselines], signal),
    strand(core, [sendWeights], signal),
    strand(core, [revealWeights], signal),
    watchMembership(core, signal),
  ]);
}

/** One strand: duties in turn until none has anything to do, then a nap until the next deadline or a wake-up. */
async function strand(core: Core, duties: readonly Duty[], signal: AbortSignal): Promise<void> {
  let failures = 0;
  let lastProblem = "";
  let retryInMs = 0;
  while (!signal.aborted) {
    const nap = new AbortController();
    const stopListening = core.onWake(() => nap.abort());
    try {
      let worked = false;
      for (const duty of duties) {
        if (signal.aborted) return;
        worked = (await attempt(duty)) || worked;
      }
      if (worked) {
        // Answers of miners come in between two steps, however many steps there are.
        await new Promise(setImmediate);
        continue;
      }
      const pauseMs = failures > 0 ? retryInMs : napMs(core);
      // After a failure nothing but time helps: a miner's vote must not hammer a chain that is away.
      const awake = failures > 0 ? signal : AbortSignal.any([signal, nap.signal]);
      await core.clock.wait(pauseMs, awake);
    } finally {
      stopListening();
    }
  }

  async function attempt(duty: Duty): Promise<boolean> {
    try {
      const worked = await duty(core, signal);
      if (worked) {
        failures = 0;
        lastProblem = "";
      }
      return worked;
    } catch (error) {
      if (signal.aborted) return false;
      failures++;
      retryInMs = pauseAfter(core, failures, error);
      const code = error instanceof ColosseumError ? error.code : "bug";
      if (lastProblem !== `${duty.name}/${code}`) report(core, duty, code, error, retryInMs);
      lastProblem = `${duty.name}/${code}`;
      return false;
    }
  }
}

/** Growing pauses after failures; where the chain says when it will take weights, until then. */
function pauseAfter(core: Core, failures: number, error: unknown): number {
  const { retryMs, retryMostMs } = core.settings;
  const told = error instanceof ColosseumError ? error.details["canSetInMs"] : undefined;
  if (typeof told === "number" && told > 0) return Math.min(retryMostMs, told);
  return Math.min(retryMostMs, retryMs * 2 ** (failures - 1));
}

function report(core: Core, duty: Duty, code: string, error: unknown, retryInMs: number): void {
  const message = messageOf(error);
  const interval = core.store.settlements.unfinished().at(-1)?.interval;
  if (duty === sendWeights && interval !== undefined) {
    const retryAtMs = core.nowMs() + retryInMs;
    const problem = { code, message };
    core.store.step(() => core.store.settlements.update(interval, { problem }, core.nowMs()));
    core.events.emit({
      type: "weights-refused",
      interval,
      code,
      message,
      retryAt: new Date(retryAtMs).toISOString(),
    });
    return;
  }
  core.events.emit({ type: "trouble", duty: duty.name, code, message });
}

/** How long until something that is stored becomes due. */
function napMs(core: Core): number {
  const round = core.store.rounds.active();
  const due = round === undefined ? null : roundDueMs(core.settings, round);
  // One millisecond past the deadline: an answer of the deadline itself is in time.
  return due === null ? NAP_MS : Math.min(NAP_MS, Math.max(1, due + 1 - core.nowMs()));
}

/** When the stage of a round ends; null once nothing is waited for. */
export function roundDueMs(settings: ValidatorSettings, round: RoundRecord): number | null {
  if (round.state === "generating") return round.generateUntilMs;
  if (round.state === "preparing") return votingDueMs(settings, round);
  return round.state === "voting" ? round.votingEndsAtMs : null;
}

async function watchMembership(core: Core, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!core.membership.isFresh(core.settings.metagraphMs)) {
      await core.membership.refresh(signal);
      core.wake();
    }
    await core.clock.wait(core.settings.metagraphMs, signal);
  }
}
