import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));

export interface BinRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary home, removed when the scope ends: nothing a test does may touch a real one. */
export function temporaryHome(): Disposable & { readonly path: string; readonly env: Record<string, string> } {
  const path = mkdtempSync(join(tmpdir(), "colosseum-test-"));
  return {
    path,
    env: {
      HOME: path,
      PATH: process.env["PATH"] ?? "",
      XDG_CONFIG_HOME: join(path, "config"),
      XDG_STATE_HOME: join(path, "state"),
      XDG_CACHE_HOME: join(path, "cache"),
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Spawns the built binary to its end, without a terminal. */
export function runBin(
  args: readonly string[],
  options: { env: Record<string, string>; cwd?: string; stdin?: string },
): Promise<BinRun> {
  const child = spawn(process.execPath, [BIN, ...args], { env: options.env, cwd: options.cwd ?? options.env["HOME"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.stdin ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({
        code,
        signal,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
  });
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A long-running command of the built binary; ended with SIGINT, or SIGKILL if it outlives the scope. */
export interface Service extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first line of stdout that is JSON of this type. */
  event(type: string): Promise<Record<string, unknown>>;
  /** Resolves when the process is gone. */
  readonly ended: Promise<Ending>;
  /** Sends a signal and resolves with what came of the process. */
  end(signal: NodeJS.Signals): Promise<Ending>;
}

/** Spawns the built binary to run until it is ended. */
export function startBin(args: readonly string[], env: Record<string, string>): Service {
  const child = spawn(process.execPath, [BIN, ...args], { env, cwd: env["HOME"], stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
    tell();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
  });
  const closed = new Promise<Ending>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal });
      tell();
    });
  });
  const find = (type: string): Record<string, unknown> | undefined =>
    out
      .split("\n")
      .slice(0, -1)
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((event) => event["type"] === type);
  return {
    pid: child.pid ?? -1,
    stdout: () => out,
    stderr: () => err,
    event: (type) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const event = find(type);
          if (event !== undefined) resolve(event);
          else if (child.exitCode !== null) reject(new Error(`ended without "${type}":\n${out}\n${err}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    ended: closed,
    end: (signal) => {
      child.kill(signal);
      return closed;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await closed;
    },
  };
}
