import { ColosseumError, ExitCode } from "../../base/errors.ts";
import { seedCommitment } from "../../mechanism/draws-seeds.ts";
import { changedSettings } from "../../mechanism/rule-set.ts";
import type { Core } from "../core.ts";
import { drawRulesOf } from "../settings.ts";
import { toHex } from "../stored-seeds.ts";

/**
 * Opens the next interval after a settlement. First only its commitment and the height of its beacon are fixed, stored
 * and published; it opens when the chain has come to that height. So nobody can look at a draw before choosing it.
 *
 * @returns Whether something was done.
 */
export async function openInterval(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store, settings, events } = core;
  const latest = store.intervals.latest();
  if (latest === undefined || latest.state === "settled") {
    const n = (latest?.n ?? -1) + 1;
    if (settings.stopAfterIntervals !== null && n >= settings.stopAfterIntervals) return false;
    if (!core.hasSeed(n)) throw seedsUsedUp(n);
    if (settings.awaitWeights && store.settlements.unfinished().length > 0) return false;
    const beaconHeight = (await core.beacon.height()) + settings.beaconDelayBlocks;
    const commitment = toHex(seedCommitment(core.seed(n)));
    const rules = {
      preset: settings.rules.name,
      settings: changedSettings(settings.rules),
      draws: drawRulesOf(settings, core.source.taskTypes),
    };
    store.step(() => store.intervals.insert({ n, openedAtMs: core.nowMs(), commitment, beaconHeight, rules }));
    events.emit({ type: "interval-waiting", interval: n, beaconHeight });
    return true;
  }
  if (latest.state !== "waiting") return false;
  const beacon = toHex(await core.beacon.valueAt(latest.beaconHeight, signal));
  store.step(() => store.intervals.setBeacon(latest.n, beacon));
  events.emit({ type: "interval-opened", interval: latest.n, commitment: latest.commitment, beacon });
  return true;
}

const seedsUsedUp = (n: number): ColosseumError =>
  new ColosseumError(`The chain of seeds ends before interval ${n}.`, {
    code: "validator.seeds-used-up",
    exitCode: ExitCode.refused,
    hint: "Export the log, move the store away and start again: a new chain is made and anchored.",
    details: { interval: n },
  });
