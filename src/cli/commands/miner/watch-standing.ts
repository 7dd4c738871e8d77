import type { Clock } from "../../../base/clock.ts";
import type { ChainStanding, StandingWarning } from "./chain-standing.ts";

/** A warning about a miner's place on the chain that began or is over. */
export interface StandingEvent {
  readonly type: "standing-warning" | "standing-clear";
  readonly code: StandingWarning["code"];
  readonly message: string;
}

const EVERY_MS = 300_000;

/**
 * Looks at a miner's place on the chain from time to time and tells when a warning begins and when it is over, each once.
 * A chain that is away is asked again at the next time.
 */
export async function watchStanding(
  fetch: () => Promise<ChainStanding>,
  on: (event: StandingEvent) => void,
  clock: Pick<Clock, "wait">,
  signal: AbortSignal,
): Promise<void> {
  let current = null as StandingWarning | null;
  // The chain client reports its own troubles; what was last seen holds until it is back.
  const look = async (): Promise<StandingWarning | null> =>
    fetch().then(
      ({ warning }) => warning,
      () => current,
    );
  while (!signal.aborted) {
    const warning = await look();
    if (warning?.code !== current?.code) {
      if (current !== null) on({ type: "standing-clear", code: current.code, message: "That is over." });
      if (warning !== null) on({ type: "standing-warning", code: warning.code, message: warning.message });
      current = warning;
    }
    await clock.wait(EVERY_MS, signal);
  }
}
