import type { Clock } from "../../../base/clock.ts";
import type { WatchEvent } from "../../../ui/watch-events.ts";

/** Tells what it sees. */
export type Deliver = (event: WatchEvent) => void;

/** Where facts come from: a chain, a store, a validator's URL, a log. */
export interface Source {
  /** Looks once. Troubles are told as notes, never thrown. */
  look(deliver: Deliver): Promise<void>;
  /** Goes on telling until the signal aborts. */
  follow(deliver: Deliver, signal: AbortSignal): Promise<void>;
}

/** The `follow` of a source that has to look again and again. */
export async function followByLooking(
  source: Pick<Source, "look">,
  clock: Pick<Clock, "wait">,
  everyMs: number,
  deliver: Deliver,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await source.look(deliver);
    await clock.wait(everyMs, signal).catch(() => undefined);
  }
}
