import { spawn } from "node:child_process";
import { UsageError } from "../../../base/errors.ts";
import { splitCommand } from "../../../brains/command-line.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { Context } from "../../context.ts";
import type { StandingEvent } from "./watch-standing.ts";

/** A state that a person should know of, by the events that begin and end it; one for each subject. */
const EDGES: Readonly<Record<string, { readonly start: MinerEvent["type"]; readonly end: MinerEvent["type"] }>> = {
  "validator-away": { start: "validator-offline", end: "checked-in" },
  "check-in-refused": { start: "check-in-refused", end: "checked-in" },
  "brain-failing": { start: "brain-failed", end: "accepted" },
  "budget-spent": { start: "budget-spent", end: "accepted" },
};
/** A validator that restarts is no news: it is away after so many tries in a row (about a quarter of a minute). */
const TRIES_BEFORE_AWAY = 6;

export interface Notifier {
  event(hotkey: string, event: MinerEvent | StandingEvent): void;
}

/**
 * Tells a program or a webhook when a state begins and when it ends, each edge once. A notification that fails is said
 * on stderr and stops nothing.
 *
 * @throws UsageError `usage.notify` unless it is exec:CMD or webhook:URL.
 */
export function openNotifier(ctx: Context, where: string | undefined): Notifier {
  if (where === undefined) return { event: () => undefined };
  const send = sender(ctx, where);
  const active = new Set<string>();
  const tries = new Map<string, number>();
  const edge = (begins: boolean, hotkey: string, state: string, subject: string, message: string): void => {
    const key = `${hotkey} ${state} ${subject}`;
    if (begins ? active.has(key) : !active.delete(key)) return;
    if (begins) active.add(key);
    const at = new Date(ctx.clock.nowMs()).toISOString();
    send({ state, edge: begins ? "begin" : "end", hotkey, subject, message, at });
  };
  return {
    event: (hotkey, event) => {
      if (event.type === "standing-warning" || event.type === "standing-clear")
        return edge(event.type === "standing-warning", hotkey, event.code.replace("miner.", ""), "", event.message);
      const subject = "url" in event ? event.url : "";
      const message = "message" in event ? event.message : "";
      const line = `${hotkey} ${subject}`;
      const count = event.type === "validator-offline" ? (tries.get(line) ?? 0) + 1 : 0;
      if (event.type === "validator-offline" || event.type === "checked-in") tries.set(line, count);
      if (event.type === "validator-offline" && count < TRIES_BEFORE_AWAY) return undefined;
      for (const [state, { start, end }] of Object.entries(EDGES)) {
        if (event.type === start) edge(true, hotkey, state, subject, message);
        else if (event.type === end) edge(false, hotkey, state, subject, message);
      }
      return undefined;
    },
  };
}

function sender(ctx: Context, where: string): (message: Readonly<Record<string, string>>) => void {
  const failed = (why: string): void =>
    ctx.out.warn({ code: "miner.notify-failed", message: `The notification failed: ${why}.` });
  if (where.startsWith("exec:")) {
    const [program, ...args] = splitCommand(where.slice(5));
    return (message) => {
      const child = spawn(program, args, { stdio: ["pipe", "ignore", "ignore"], timeout: 10_000 });
      child.on("error", (error) => failed(error.message));
      child.on("exit", (code) => {
        if (code !== 0) failed(`${program} ended with exit code ${code ?? "none"}`);
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(`${JSON.stringify(message)}\n`);
    };
  }
  if (/^webhook:https?:\/\//.test(where)) {
    const url = where.slice(8);
    return (message) => {
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(10_000),
      }).then(
        (response) => (response.ok ? undefined : failed(`HTTP status ${response.status}`)),
        (error: Error) => failed(error.message),
      );
    };
  }
  throw new UsageError(`"${where}" is no place to notify.`, {
    code: "usage.notify",
    hint: "Use exec:CMD or webhook:https://…",
  });
}
