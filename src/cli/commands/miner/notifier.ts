import { spawn } from "node:child_process";
import { UsageError } from "../../../base/errors.ts";
import { splitCommand } from "../../../brains/command-line.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { Context } from "../../context.ts";

/** A state that a person should know of, and the event that ends it. */
const EDGES: Readonly<Record<string, { readonly start: MinerEvent["type"]; readonly end: MinerEvent["type"] }>> = {
  "validator-away": { start: "validator-offline", end: "checked-in" },
  "check-in-refused": { start: "check-in-refused", end: "checked-in" },
  "brain-failing": { start: "brain-failed", end: "accepted" },
  "budget-spent": { start: "budget-spent", end: "accepted" },
};

/**
 * Tells a program or a webhook when a state begins and when it ends, each edge once. A notification that fails is said
 * on stderr and stops nothing.
 *
 * @throws UsageError `usage.notify` unless it is exec:CMD or webhook:URL.
 */
export function openNotifier(ctx: Context, where: string | undefined): (hotkey: string, event: MinerEvent) => void {
  if (where === undefined) return () => undefined;
  const send = sender(ctx, where);
  const active = new Set<string>();
  return (hotkey, event) => {
    for (const [state, { start, end }] of Object.entries(EDGES)) {
      const subject = "url" in event ? event.url : "validator" in event ? event.validator : "";
      const key = `${hotkey} ${state}`;
      if (event.type === start && !active.has(key)) {
        active.add(key);
        send({ state, edge: "begin", hotkey, subject, at: new Date(ctx.clock.nowMs()).toISOString() });
      } else if (event.type === end && active.delete(key)) {
        send({ state, edge: "end", hotkey, subject, at: new Date(ctx.clock.nowMs()).toISOString() });
      }
    }
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
