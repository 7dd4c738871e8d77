import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Peer, peerPython } from "./peers.ts";

const LONGEST_MS = 120_000;
const script = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Why a peer's module cannot be used; undefined if it can. */
export function missingModule(peer: Peer, module: string): string | undefined {
  const python = peerPython(peer);
  const run = spawnSync(python, ["-c", `import ${module}`], { encoding: "utf8", timeout: LONGEST_MS });
  if (run.error !== undefined) return `${python} cannot be started`;
  return run.status === 0 ? undefined : `${python} has no ${module}`;
}

/** Hands one job to a script of the peer and returns its answer; this process, which may serve the chain, goes on. */
export function askPeer<T>(
  peer: Peer,
  file: string,
  job: Readonly<Record<string, unknown>>,
  argument = "",
): Promise<T> {
  const child = spawn(peerPython(peer), [script(file), argument], {
    stdio: ["pipe", "pipe", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.end(JSON.stringify(job));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const said = Buffer.concat(out).toString("utf8").trim().split("\n").at(-1) ?? "";
      if (code === 0) resolve(JSON.parse(said) as T);
      else reject(new Error(`${file} failed: ${Buffer.concat(err).toString("utf8").slice(-2_000)}`));
    });
  });
}
