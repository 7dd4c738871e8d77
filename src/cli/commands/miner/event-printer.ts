import { shortAddress } from "../../../base/text.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { Context } from "../../context.ts";
import { minerEventLine } from "./event-line.ts";
import type { StandingEvent } from "./watch-standing.ts";

/** Prints events; a validator that stays away is mentioned once, not at each try, and one that stays not at each renewal. */
export function eventPrinter(ctx: Context, many: boolean): (hotkey: string, event: MinerEvent | StandingEvent) => void {
  const lastTrouble = new Map<string, string>();
  const online = new Set<string>();
  return (hotkey, event) => {
    const at = new Date(ctx.clock.nowMs()).toISOString();
    if (ctx.flags.json) return ctx.out.event({ ...event, at, hotkey }, () => "");
    const key = "url" in event ? `${hotkey} ${event.url}` : "";
    if (event.type === "validator-offline" || event.type === "check-in-refused") {
      if (lastTrouble.get(key) === event.code) return undefined;
      lastTrouble.set(key, event.code);
    }
    if (event.type === "checked-in") {
      // Every check-in is renewed in time; only one after a trouble is news.
      const isNews = lastTrouble.delete(key) || !online.has(key);
      online.add(key);
      if (!isNews) return undefined;
    }
    const line = minerEventLine(event);
    if (
      line === undefined ||
      (ctx.flags.quiet && !/refused|failed|missing|offline|spent|standing-warning|no-validators/.test(event.type))
    )
      return undefined;
    return ctx.out.event(
      { ...event, at },
      () => `${at.slice(11, 19)} ${many ? `${shortAddress(hotkey)} ` : ""}${ctx.out.inScope(line)}`,
    );
  };
}
