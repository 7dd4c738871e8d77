import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Core } from "./core.ts";

/** Blocks in which an extrinsic of ours whose fate is unknown may still have been included. */
const LIFE_BLOCKS = 132;
const RECENT = 8;

interface Watch {
  /** The block of the last weights of this hotkey when this process looked first. */
  readonly baselineBlock: number;
  rival: string | undefined;
}
const watches = new WeakMap<Core, Watch>();

/**
 * Looks whether somebody else sets weights with this hotkey while this process runs: then two validators with one key
 * would overwrite each other and pay by turns. What stood on the chain before this process began is nobody's fault.
 *
 * @throws ColosseumError `validator.doppelganger` (13), from then on at every call: only a restart, which is a person's
 * decision, takes it back.
 */
export function assertAlone(core: Core): void {
  const lastUpdate = core.membership.neuron(core.hotkey)?.lastUpdate;
  const watch = watchOf(core, lastUpdate ?? 0);
  if (
    watch.rival === undefined &&
    lastUpdate !== undefined &&
    lastUpdate > watch.baselineBlock &&
    !isOurs(core, lastUpdate)
  ) {
    watch.rival = `weights were set in block ${lastUpdate}, and not by this process`;
  }
  if (watch.rival === undefined) return;
  throw new ColosseumError(`Somebody else uses this hotkey: ${watch.rival}.`, {
    code: "validator.doppelganger",
    exitCode: ExitCode.refused,
    hint: "Stop the other validator; if it was you, by hand, start this one again. Until then it sets no weights.",
    details: { hotkey: core.hotkey },
  });
}

/** Remembers that somebody else speaks for this hotkey. @param what - Goes on after "Somebody else uses this hotkey:". */
export function noteRival(core: Core, what: string): void {
  watchOf(core, core.membership.neuron(core.hotkey)?.lastUpdate ?? 0).rival ??= what;
}

/** Takes the state of the chain at the start of this process as given. */
export function beginWatch(core: Core): void {
  watchOf(core, core.membership.neuron(core.hotkey)?.lastUpdate ?? 0);
}

function watchOf(core: Core, baselineBlock: number): Watch {
  const known = watches.get(core);
  if (known !== undefined) return known;
  const watch: Watch = { baselineBlock, rival: undefined };
  watches.set(core, watch);
  return watch;
}

/** Whether weights of this block can be this validator's own. */
function isOurs(core: Core, block: number): boolean {
  return core.store.settlements.sent(RECENT).some((one) => {
    if (one.sentAtBlock === null) return false;
    // Hidden weights are opened by the chain itself, in a block of its own choice.
    if (one.mode !== null && one.mode !== "plain") return true;
    if (one.block !== null) return one.block >= block;
    return block >= one.sentAtBlock && block <= one.sentAtBlock + LIFE_BLOCKS;
  });
}
