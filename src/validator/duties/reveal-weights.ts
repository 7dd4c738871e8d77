import type { Core } from "../core.ts";

/**
 * Opens weights that were committed by hash, in the one epoch in which the chain takes them: on a chain that no beacon's
 * pulses reach nobody else does. Waits for that epoch where something is committed, which is why it has a strand of its
 * own; what is committed lies beside the store, so a restart goes on with it.
 *
 * @returns Whether anything was opened or given up.
 * @throws ColosseumError of the chain; the commit stays and is tried again.
 */
export async function revealWeights(core: Core, signal: AbortSignal): Promise<boolean> {
  const { revealed, expired, againAt } = await core.door.reveal(signal);
  for (const hash of expired) {
    core.events.emit({
      type: "warning",
      code: "weights.commit-expired",
      message: `The commit ${hash} was not revealed in its epoch, so its weights never counted.`,
    });
  }
  if (revealed !== undefined) core.events.emit({ type: "weights-revealed", ...revealed });
  if (revealed !== undefined || expired.length > 0) return true;
  if (againAt === undefined) return false;
  await core.beacon.valueAt(againAt, signal);
  return true;
}
