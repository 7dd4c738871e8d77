import { escapeControl, shortAddress } from "../../../base/text.ts";
import type { WatchEvent } from "../../../ui/watch-events.ts";

const LEADERS = 3;

/** What an event says to somebody without a live screen; undefined where it would only be noise. */
export function watchLine(event: WatchEvent): string | undefined {
  const said = wording(event);
  return said === undefined ? undefined : `${new Date(event.atMs).toISOString().slice(11, 19)} ${escapeControl(said)}`;
}

function wording(event: WatchEvent): string | undefined {
  switch (event.type) {
    case "chain":
      return event.connected ? `Connected to ${event.endpoint}.` : `No chain at ${event.endpoint}.`;
    case "note":
      return event.level === "warn" ? `warning: ${event.text}` : event.text;
    case "validator": {
      const { where, reachable, interval, stage } = event.validator;
      if (!reachable)
        return where === "store" ? "The validator of this store is not running." : `${where} is not reached.`;
      if (interval === null) return `${where}: no interval yet.`;
      return `${where}: interval ${interval}${stage === "" ? "" : `, ${stage}`}.`;
    }
    case "board": {
      const leaders = event.rows.slice(0, LEADERS).map(({ hotkey, rating, score }) => {
        const value =
          rating === null
            ? `score ${(score ?? 0).toFixed(3)}`
            : `${rating.mean.toFixed(0)} (${rating.low.toFixed(0)} to ${rating.high.toFixed(0)})`;
        return `${shortAddress(hotkey)} ${value}`;
      });
      return leaders.length === 0 ? undefined : `Leading after ${event.battles} battles: ${leaders.join(", ")}.`;
    }
    case "block":
    case "stale":
    case "fresh":
    case "metagraph":
    case "tasks":
    case "tick":
      return undefined;
    default: {
      const never: never = event;
      return never;
    }
  }
}
