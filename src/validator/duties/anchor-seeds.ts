import { ColosseumError, ExitCode } from "../../base/errors.ts";
import type { Core } from "../core.ts";
import { noteRival } from "../doppelganger.ts";

const DONE = "seed.anchored";
/** The interval in which the chain was last asked; asked again in the next one. */
const askedIn = new WeakMap<Core, number>();
/** Processes that have seen their own anchor on the chain. */
const seenBy = new WeakSet<Core>();

/**
 * Publishes the end of the seeds' hash chain before the first draw, and looks once in each interval whether it still
 * stands there: another program may have replaced it, a chain that was put back may have forgotten it. A chain that
 * refuses it does not stop the arena: it is said, an auditor finds it, and it is tried again in the next interval.
 *
 * @returns Whether something was done.
 */
export async function anchorSeeds(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store, anchors, events } = core;
  const interval = store.intervals.latest()?.n ?? -1;
  if (askedIn.get(core) === interval) return false;
  const anchor = core.anchor();
  const published = store.meta(DONE) !== undefined;
  try {
    const standing = await anchors.read(signal);
    if (seenBy.has(core) && standing !== undefined && standing !== anchor) {
      // This process saw its own there: another validator with this hotkey has put its own in place.
      noteRival(core, "another chain of seeds was published for it");
      askedIn.set(core, interval);
      return false;
    }
    if (standing !== anchor) await anchors.publish(anchor, signal);
    seenBy.add(core);
    askedIn.set(core, interval);
    if (published) return false;
  } catch (error) {
    const refused = error instanceof ColosseumError && error.exitCode === ExitCode.refused;
    // Once it was published, a chain that is away is no reason to hold up the arena.
    if (!refused && !published) throw error;
    askedIn.set(core, interval);
    if (refused) {
      events.emit({
        type: "warning",
        code: "validator.anchor-refused",
        message: `The chain did not take the commitment of this validator's seeds: ${error.message}`,
      });
    }
    return false;
  }
  store.setMeta(DONE, anchor);
  return true;
}
