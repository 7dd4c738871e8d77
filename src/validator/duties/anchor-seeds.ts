import { ColosseumError, ExitCode } from "../../base/errors.ts";
import type { Core } from "../core.ts";

const DONE = "seed.anchored";
/** The interval in which the chain last said no; asked again in the next one. */
const refusedIn = new WeakMap<Core, number>();

/**
 * Publishes the end of the seeds' hash chain before the first draw. A chain that refuses it does not stop the arena: it is
 * said, an auditor finds it, and it is tried again in each interval.
 *
 * @returns Whether something was done.
 */
export async function anchorSeeds(core: Core, signal: AbortSignal): Promise<boolean> {
  if (core.store.meta(DONE) !== undefined) return false;
  const interval = core.store.intervals.latest()?.n ?? -1;
  if (refusedIn.get(core) === interval) return false;
  const anchor = core.anchor();
  try {
    if ((await core.anchors.read(signal)) !== anchor) await core.anchors.publish(anchor, signal);
  } catch (error) {
    if (!(error instanceof ColosseumError) || error.exitCode !== ExitCode.refused) throw error;
    refusedIn.set(core, interval);
    core.events.emit({
      type: "warning",
      code: "validator.anchor-refused",
      message: `The chain did not take the commitment of this validator's seeds: ${error.message}`,
    });
    return false;
  }
  core.store.setMeta(DONE, anchor);
  return true;
}
