import { ColosseumError, ExitCode } from "../../base/errors.ts";
import { type Hotkey, toHotkey } from "../../base/ids.ts";
import { ruleSetNamed } from "../../mechanism/rule-set.ts";
import { sharesOf } from "../../mechanism/shares.ts";
import type { SettlementRecord } from "../../store/settlements.ts";
import type { Core } from "../core.ts";
import { assertAlone } from "../doppelganger.ts";
import type { WeightsSent } from "../ports.ts";

/** Blocks after which an extrinsic that is nowhere will never be in a block: its era is over. @see facts: 128 by default */
const LOST_AFTER_BLOCKS = 130;

/**
 * Brings the newest settlement to the chain, stage by stage: the extrinsic's hash is stored before it is sent, and after
 * a crash the chain is asked what became of it. Older settlements that never got there are superseded, since weights
 * replace each other.
 *
 * @returns Whether a settlement came further; false if there is none on its way.
 * @throws ColosseumError of the chain; the settlement stays and is tried again.
 */
export async function sendWeights(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store } = core;
  const waiting = store.settlements.unfinished();
  const settlement = waiting.pop();
  if (settlement === undefined) return false;
  for (const older of waiting) {
    store.step(() => store.settlements.update(older.interval, { state: "superseded" }, core.nowMs()));
    core.events.emit({ type: "weights-held", interval: older.interval, reason: "superseded" });
  }
  if (settlement.state === "prepared") return await send(core, settlement, signal);
  return await lookUp(core, settlement, signal);
}

async function send(core: Core, settlement: SettlementRecord, signal: AbortSignal): Promise<boolean> {
  const { store, events } = core;
  const { interval } = settlement;
  await core.membership.refresh(signal);
  const scores = payable(core, settlement);
  if (scores.size === 0) {
    store.step(() => store.settlements.update(interval, { state: "held" }, core.nowMs()));
    events.emit({ type: "weights-held", interval, reason: "nobody-scored" });
    core.wake();
    return true;
  }
  assertAlone(core);
  let signed = false;
  try {
    const sent = await core.door.send(
      scores,
      ({ extrinsic, atBlock, weights }) => {
        const attempts = settlement.attempts + 1;
        const change = { state: "submitted", extrinsic, sentAtBlock: atBlock, weights, attempts } as const;
        store.step(() => store.settlements.update(interval, change, core.nowMs()));
        signed = true;
        events.emit({ type: "weights-sent", interval, extrinsic, atBlock });
      },
      signal,
    );
    finish(core, interval, sent);
    return true;
  } catch (error) {
    // A plain no is certain: it can be sent again. Anything else leaves open whether it arrived.
    if (signed && error instanceof ColosseumError && error.exitCode === ExitCode.refused) {
      store.step(() => store.settlements.update(interval, { state: "prepared" }, core.nowMs()));
    }
    throw error;
  }
}

async function lookUp(core: Core, settlement: SettlementRecord, signal: AbortSignal): Promise<boolean> {
  const { interval, extrinsic, sentAtBlock, weights } = settlement;
  if (extrinsic === null || sentAtBlock === null || weights === null) {
    core.store.step(() => core.store.settlements.update(interval, { state: "prepared" }, core.nowMs()));
    return true;
  }
  const found = await core.door.lookUp({ extrinsic, atBlock: sentAtBlock, weights }, signal);
  if (found !== undefined) {
    finish(core, interval, found);
    return true;
  }
  const height = await core.beacon.height();
  // Below the height at which it was sent is another chain, or one that was put back: it knows nothing of it either.
  if (height < sentAtBlock || height > sentAtBlock + LOST_AFTER_BLOCKS) {
    core.store.step(() => core.store.settlements.update(interval, { state: "prepared" }, core.nowMs()));
    return true;
  }
  throw new ColosseumError(`The weights of interval ${interval} were sent and are not in a block yet.`, {
    code: "validator.weights-pending",
    exitCode: ExitCode.network,
    hint: "It looks again by itself.",
    details: { interval, extrinsic, sentAtBlock, height },
  });
}

function finish(core: Core, interval: number, sent: WeightsSent): void {
  const { store, events } = core;
  const { mode, block, extrinsic, weights, verified } = sent;
  const change = { state: verified ? "verified" : "included", mode, block, extrinsic, weights, problem: null } as const;
  store.step(() => store.settlements.update(interval, change, core.nowMs()));
  events.emit({ type: "weights-set", interval, block, extrinsic, mode, verified, weights });
  core.wake();
}

/**
 * What the hotkeys that are registered now are paid, in proportion: their scores, or where the interval's rules burn a
 * part their shares beside it. A hotkey that left is dropped, and whoever has its slot inherits nothing. With nobody
 * left the subnet's owner gets all, where that was chosen.
 */
function payable(core: Core, { interval, scores }: SettlementRecord): Map<Hotkey, number> {
  const registered = Object.entries(scores).filter(([hotkey]) => core.membership.neuron(hotkey) !== undefined);
  const paid = new Map<Hotkey, number>();
  for (const [hotkey, part] of burned(core, interval, registered)) {
    if (part > 0) paid.set(toHotkey(hotkey), part);
  }
  const owner = core.membership.snapshot?.ownerHotkey ?? null;
  if (paid.size === 0 && core.settings.whenEmpty === "owner" && owner !== null && core.membership.neuron(owner)) {
    paid.set(toHotkey(owner), 1);
  }
  return paid;
}

/** Scores as they are, or with the burned part of `dojo-1.8.3` taken off and given to its hotkey, if it is registered. */
function burned(core: Core, n: number, scores: readonly (readonly [string, number])[]): (readonly [string, number])[] {
  const stored = core.store.intervals.get(n)?.rules;
  const rules = stored === undefined ? undefined : ruleSetNamed(stored.preset, stored.settings);
  if (rules?.name !== "dojo-1.8.3" || rules.burnShare === 0) return [...scores];
  const { burnHotkey } = rules;
  const isNew = burnHotkey !== undefined && scores.every(([hotkey]) => hotkey !== burnHotkey);
  const scored = scores.map(([hotkey, score]) => ({ hotkey, score }));
  if (isNew && core.membership.neuron(burnHotkey) !== undefined) scored.push({ hotkey: burnHotkey, score: 0 });
  return sharesOf(scored, rules).map(({ share }, place) => [scored[place]?.hotkey ?? "", share] as const);
}
