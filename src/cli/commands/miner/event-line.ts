import { escapeControl, shortAddress, truncate } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { StandingEvent } from "./watch-standing.ts";

const brief = (text: string): string => truncate(escapeControl(text), 160);
/** A time as the lines begin with one: hours, minutes and seconds in UTC. */
const clockTime = (text: string): string => {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? brief(text) : new Date(ms).toISOString().slice(11, 19);
};
const task = (id: string): string => escapeControl(id).slice(0, 10);
const kindOf = (role: string): string => (role === "generator" ? "page" : "vote");

/** One event as a line for people; undefined for what only machines want. Everything from outside is escaped. */
export function minerEventLine(event: MinerEvent | StandingEvent): string | undefined {
  switch (event.type) {
    case "standing-warning":
      return `Warning: ${event.message}`;
    case "standing-clear":
      return `No longer so: ${event.code.replace("miner.", "")}.`;
    case "validator-online":
      return `Found validator ${shortAddress(event.validator)} at ${brief(event.url)} (subnet ${event.netuid}, rules ${brief(event.preset)}).`;
    case "validator-offline":
      return `${brief(event.message)} Trying again in ${showDuration(event.retryInMs)}.`;
    case "no-validators":
      return event.message;
    case "checked-in":
      return `Checked in with ${shortAddress(event.validator)} as ${event.roles.join(" and ")}, until ${clockTime(event.until)}.`;
    case "check-in-refused":
      return `${brief(event.message)} Trying again in ${showDuration(event.retryInMs)}.`;
    case "clock-skew":
      return `The clock of ${shortAddress(event.validator)} is ${showDuration(Math.abs(event.skewMs))} ${event.skewMs > 0 ? "ahead of" : "behind"} ours; following it.`;
    case "assigned":
      return `Task ${task(event.id)}: a ${kindOf(event.role)} for ${shortAddress(event.validator)}, due ${clockTime(event.expiresAt)}.`;
    case "ignored":
      return `Task ${task(event.id)} is left alone: ${event.why}.`;
    case "generated":
      return `Task ${task(event.id)}: made ${event.files} file${event.files === 1 ? "" : "s"}, ${event.bytes} bytes, in ${showDuration(event.tookMs)}.`;
    case "judged":
      return event.choice === "abstain"
        ? `Task ${task(event.id)}: no vote. ${brief(event.reason)}`
        : `Task ${task(event.id)}: ${event.choice} (${Math.round(event.confidence * 100)} % sure). ${brief(event.reason)}`;
    case "brain-failed":
      return `Task ${task(event.id)}: the brain failed. ${brief(event.message)}`;
    case "accepted":
      return `Task ${task(event.id)}: the ${kindOf(event.role)} was accepted.`;
    case "answer-refused":
      return `Task ${task(event.id)}: refused (${brief(event.code)}). ${brief(event.message)}`;
    case "receipt-missing":
      return `Task ${task(event.id)}: accepted without a valid receipt: ${event.why}.`;
    case "expired":
      return `Task ${task(event.id)}: too late for the ${kindOf(event.role)}.`;
    case "budget-spent":
      return brief(event.message);
    case "stopping":
      return event.underWay === 0
        ? "Stopping."
        : `Stopping after ${event.underWay} answer${event.underWay === 1 ? "" : "s"} under way. Ctrl-C again to force.`;
    case "stopped":
      return "Stopped.";
    case "thinking":
      return undefined;
  }
}
