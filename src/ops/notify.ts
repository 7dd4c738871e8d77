import { spawn } from "node:child_process";
import { messageOf } from "../base/errors.ts";
import { escapeControl } from "../base/text.ts";

/** Where notifications go: a program that gets JSON on its stdin, or a URL that gets it as the body of a POST. */
export type NotifyTarget =
  | { readonly exec: readonly [program: string, ...args: string[]] }
  | { readonly webhook: string };

/** One edge of a state that an operator should know of. */
export interface Notification {
  /** `chain-stale`, `weights-missed`, … */
  readonly state: string;
  readonly edge: "begin" | "end";
  /** Whom it concerns: a hotkey. */
  readonly subject: string;
  readonly message: string;
  /** RFC 3339. */
  readonly at: string;
}

const DEADLINE_MS = 10_000;
/** How long a program that has ended may still be heard. */
const LAST_WORDS_MS = 500;
/** Characters of a failing program's words that are passed on. */
const MOST_SAID = 500;

/**
 * Delivers one notification. Takes no shell and follows no redirect; a program or a server that does not answer is given
 * up after ten seconds.
 *
 * @returns Why it failed, in a few words; undefined when it arrived. Never rejects.
 */
export function deliver(target: NotifyTarget, notification: Notification): Promise<string | undefined> {
  const body = JSON.stringify(notification);
  return "webhook" in target ? post(target.webhook, body) : run(target.exec, body);
}

async function post(url: string, body: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP status ${response.status}`;
  } catch (error) {
    return messageOf(error);
  }
}

function run([program, ...args]: readonly [string, ...string[]], body: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"], timeout: DEADLINE_MS });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < MOST_SAID) said += text;
    });
    child.on("error", (error) => resolve(error.message));
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      const line = said.trim().split("\n").at(-1)?.slice(0, MOST_SAID) ?? "";
      const why = line === "" ? "" : `, saying "${escapeControl(line)}"`;
      resolve(code === 0 ? undefined : `${program} ended with ${signal ?? code}${why}`);
    };
    child.on("close", end);
    // Something it started may hold its stderr open for ever.
    child.on("exit", (code, signal) =>
      setTimeout(() => {
        end(code, signal);
        child.stderr.destroy();
      }, LAST_WORDS_MS).unref(),
    );
    // A program that does not read its input is no failure.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${body}\n`);
  });
}
