import { showDuration } from "../../../base/units.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { DuelEvent } from "../../../ui/duel-state.ts";

/** A round ends early once everybody has answered, so a changed vote can be too late before the time shown is over. */
const TOO_LATE = "That duel was closed before this vote came. A vote that you had cast on it before stands.";

/** What an event of the miner means to a person who votes; undefined for what is none of their business. */
export function voteNews(event: MinerEvent): DuelEvent | undefined {
  const key = "id" in event ? `${event.validator}/${event.id}` : "";
  switch (event.type) {
    case "accepted":
      return { type: "accepted", key };
    case "answer-refused":
      return { type: "lost", key, why: event.code === "expired" ? TOO_LATE : event.message };
    case "expired":
      return { type: "lost", key, why: "A vote expired before its validator could be reached; it does not count." };
    case "validator-offline":
      return { type: "notice", text: `${event.message} Votes are kept and sent when it is back.` };
    case "check-in-refused":
      return { type: "notice", text: `${event.message} Trying again in ${showDuration(event.retryInMs)}.` };
    case "no-validators":
      return { type: "notice", text: event.message };
    case "checked-in":
      return { type: "notice", text: "Checked in; duels appear by themselves." };
    default:
      return undefined;
  }
}
