import type { MinerEvent } from "../../../miner/events.ts";
import type { DuelEvent } from "../../../ui/duel-state.ts";

/** What an event of the miner means to a person who votes; undefined for what is none of their business. */
export function voteNews(event: MinerEvent): DuelEvent | undefined {
  const key = "id" in event ? `${event.validator}/${event.id}` : "";
  switch (event.type) {
    case "accepted":
      return { type: "accepted", key };
    case "answer-refused":
      return { type: "lost", key, why: event.message };
    case "expired":
      return { type: "lost", key, why: "A vote expired before its validator could be reached; it does not count." };
    case "validator-offline":
      return { type: "notice", text: `${event.message} Votes are kept and sent when it is back.` };
    case "check-in-refused":
      return { type: "notice", text: event.message };
    case "checked-in":
      return { type: "notice", text: "Checked in; duels appear by themselves." };
    default:
      return undefined;
  }
}
