import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../base/errors.ts";
import type { PageRun } from "../base/ports.ts";
import { workerUrl } from "../base/worker-url.ts";
import type { PageInspector } from "../pages/checks.ts";
import type { PageReply, PageRequest } from "./messages.ts";

export interface PageRunnerOptions {
  /** A page that takes longer, start of the child included, is ended. */
  readonly timeoutMs?: number;
  /** Memory of the child beyond which it is ended (resident, where the system tells; the heap everywhere). */
  readonly memoryMb?: number;
  /** Children at the same time. */
  readonly concurrency?: number;
  /** Pages in one child. More than 1 only for pages of one's own: a hostile page can spoil what follows it. */
  readonly pagesPerChild?: number;
}

export interface ClosablePageRunner extends PageInspector, AsyncDisposable {
  close(): Promise<void>;
}

const MAX_REPLY_BYTES = 8 * 1_048_576;
const WATCH_MS = 100;

interface Child {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  pages: number;
  /** Takes each line of the child; undefined at its end. */
  onLine: ((line: string | undefined) => void) | undefined;
}

/**
 * Runs untrusted pages in child processes without network, files, environment, or children of their own, within time
 * and memory. Nothing is started before the first page, and nothing stays when none is left.
 */
export function createPageRunner(options: PageRunnerOptions = {}): ClosablePageRunner {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const memoryMb = options.memoryMb ?? 384;
  const concurrency = options.concurrency ?? 1;
  const pagesPerChild = options.pagesPerChild ?? 1;
  const children = new Set<Child>();
  const spare: Child[] = [];
  const queue: (() => void)[] = [];
  let active = 0;
  let closed = false;

  function startChild(): Child {
    const url = workerUrl(import.meta.url, "page-child");
    const file = fileURLToPath(url);
    // From source the child's packages are beside src/; bundled, everything is in dist/.
    const readable = file.endsWith(".ts") ? dirname(dirname(dirname(file))) : dirname(file);
    const process_ = spawn(
      process.execPath,
      [
        "--permission",
        `--allow-fs-read=${readable}`,
        `--max-old-space-size=${Math.ceil(memoryMb / 2)}`,
        "--no-warnings",
        "--disable-proto=throw",
        file,
      ],
      { env: {}, stdio: ["pipe", "pipe", "ignore"], windowsHide: true },
    );
    process_.stdin?.on("error", () => undefined);
    let text = "";
    let markReady: () => void = () => undefined;
    const child: Child = {
      process: process_,
      ready: new Promise((resolve) => (markReady = resolve)),
      pages: 0,
      onLine: undefined,
    };
    process_.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.length > MAX_REPLY_BYTES) return void process_.kill("SIGKILL");
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        if (line === "ready") markReady();
        else child.onLine?.(line);
      }
      return undefined;
    });
    const ended = (): void => {
      children.delete(child);
      child.onLine?.(undefined);
      markReady();
    };
    process_.on("error", ended);
    process_.on("exit", ended);
    children.add(child);
    return child;
  }

  function ask(child: Child, request: PageRequest, signal: AbortSignal | undefined): Promise<PageReply> {
    return new Promise((resolve, reject) => {
      const stop = (why: string): void => settle(failure(request, why));
      const timer = setTimeout(() => stop(`The page was ended after ${timeoutMs / 1_000} s.`), timeoutMs);
      const watch = setInterval(() => {
        if (residentMb(child.process.pid) > memoryMb)
          stop(`The page was ended because it took more than ${memoryMb} MB.`);
      }, WATCH_MS);
      const onAbort = (): void => {
        cleanUp(true);
        reject(signal?.reason);
      };
      function cleanUp(kill: boolean): void {
        clearTimeout(timer);
        clearInterval(watch);
        signal?.removeEventListener("abort", onAbort);
        child.onLine = undefined;
        // A child that has served many pages goes before its memory could be held against the next one.
        const full = ++child.pages >= pagesPerChild || residentMb(child.process.pid) > memoryMb / 2;
        if (kill || full) child.process.kill("SIGKILL");
        else spare.push(child);
      }
      function settle(reply: PageReply, kill = true): void {
        cleanUp(kill);
        resolve(reply);
      }
      child.onLine = (line) => {
        const reply = line === undefined ? undefined : readReply(line, request);
        if (reply === undefined) settle(failure(request, "The page ended its own process."));
        else settle(reply, false);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      if (signal?.aborted === true) return onAbort();
      if (!children.has(child)) return settle(failure(request, "No process could be started for the page."));
      void child.ready.then(() => child.process.stdin?.write(`${JSON.stringify(request)}\n`));
      return undefined;
    });
  }

  async function handle(request: PageRequest, signal: AbortSignal | undefined): Promise<PageReply> {
    if (closed) return failure(request, "The page runner is closed.");
    if (active >= concurrency) await new Promise<void>((resolve) => queue.push(resolve));
    active++;
    try {
      signal?.throwIfAborted();
      const child = spare.pop() ?? startChild();
      const reply = ask(child, request, signal);
      // While this page runs the next one's process can start.
      if (queue.length > 0 && pagesPerChild === 1 && spare.length === 0 && !closed) spare.push(startChild());
      return await reply;
    } catch (thrown) {
      if (signal?.aborted === true) throw thrown;
      return failure(request, messageOf(thrown));
    } finally {
      active--;
      queue.shift()?.();
      if (active === 0 && pagesPerChild === 1) for (const child of spare.splice(0)) child.process.kill("SIGKILL");
    }
  }

  const close = async (): Promise<void> => {
    closed = true;
    const ending = [...children].map(
      (child) =>
        new Promise<void>((resolve) => child.process.once("exit", () => resolve()).once("error", () => resolve())),
    );
    for (const child of children) child.process.kill("SIGKILL");
    await Promise.all(ending);
  };
  return {
    run: async (files, signal) => (await handle({ files, checks: [], observe: true }, signal)).run,
    inspect: async (files, checks, signal) => handle({ files, checks, observe: true }, signal),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const failure = (request: PageRequest, why: string): PageReply => ({
  run: { ok: false, errors: [why], observations: {} },
  passed: request.checks.map(() => false),
});

/** Reads a child's reply as the untrusted text that it is. */
function readReply(line: string, request: PageRequest): PageReply | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { run, passed } = (value ?? {}) as { run?: Partial<PageRun>; passed?: unknown };
  if (
    typeof run?.ok !== "boolean" ||
    !Array.isArray(run.errors) ||
    typeof run.observations !== "object" ||
    run.observations === null
  )
    return undefined;
  if (!Array.isArray(passed) || passed.length !== request.checks.length) return undefined;
  return {
    run: {
      ok: run.ok,
      errors: run.errors.slice(0, 20).map((error) => String(error).slice(0, 200)),
      observations: Object.fromEntries(
        Object.entries(run.observations)
          .slice(0, 200)
          .filter(([, item]) => /^(string|number|boolean)$/.test(typeof item)),
      ),
    },
    passed: passed.map((item) => item === true),
  };
}

/** Resident memory of a process; 0 where the system does not tell (the heap limit holds there all the same). */
function residentMb(pid: number | undefined): number {
  if (pid === undefined || process.platform !== "linux") return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    return (pages * 4_096) / 1_048_576;
  } catch {
    return 0;
  }
}
