import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BIN = new URL("../../bin/colosseum.js", import.meta.url).pathname;

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
