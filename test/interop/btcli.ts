import { spawn, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { type Peer, peerPython } from "./peers.ts";

/** Nothing a client does at an idle chain takes so long; one that hangs ignores SIGINT. */
const LONGEST_MS = 60_000;

export interface ClientRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The btcli beside a Python, and why it cannot be used. */
export interface Btcli {
  readonly path: string;
  readonly missing: string | undefined;
}

/** Finds the btcli of a peer. */
export function findBtcli(peer: Peer, version: RegExp): Btcli {
  const path = join(dirname(peerPython(peer)), "btcli");
  const run = spawnSync(path, ["--version"], { encoding: "utf8", timeout: LONGEST_MS, killSignal: "SIGKILL" });
  if (run.error !== undefined) return { path, missing: `${path} cannot be started` };
  return { path, missing: version.test(run.stdout) ? undefined : `${path} is ${run.stdout.trim()}, not ${version}` };
}

/** Runs a client to its end, without a terminal and without stopping this process, which serves the chain. */
export function runClient(command: string, args: readonly string[], home: string): Promise<ClientRun> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { HOME: home, PATH: process.env["PATH"] ?? "", COLUMNS: "4000" },
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString("utf8"), stderr: Buffer.concat(err).toString("utf8") }),
    );
  });
}

/** What a client printed as JSON. @throws Error with everything it said where that is none. */
export function jsonOf(run: ClientRun): Record<string, unknown> {
  try {
    return JSON.parse(run.stdout) as Record<string, unknown>;
  } catch {
    throw new Error(`no JSON (exit ${run.code}):\n${run.stdout}\n${run.stderr}`);
  }
}
