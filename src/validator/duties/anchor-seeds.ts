import { ColosseumError, ExitCode } from "../../base/errors.ts";
import type { Core } from "../core.ts";

const DONE = "seed.anchored";

/**
 * Publishes the end of the seeds' hash chain before the first draw. A chain that refuses it does not stop the arena:
 * it is said, and an auditor finds it.
 *
 * @returns Whether something was done.
 */
export async function anchorSeeds(core: Core, signal: AbortSignal): Promise<boolean> {
  if (core.store.meta(DONE) !== undefined) return false;
  const anchor = core.anchor();
  let outcome = "published";
  try {
    if ((await core.anchors.read(signal)) !== anchor) await core.anchors.publish(anchor, signal);
  } catch (error) {
    if (!(error instanceof ColosseumError) || error.exitCode !== ExitCode.refused) throw error;
    outcome = error.code;
    core.events.emit({
      type: "warning",
      code: "validator.anchor-refused",
      message: `The chain did not take the commitment of this validator's seeds: ${error.message}`,
    });
  }
  core.store.setMeta(DONE, outcome);
  return true;
}
