import { spawnSync } from "node:child_process";

/** Python with the peers installed: `pip install bittensor-wallet==4.1.1 bittensor==11.3.0`. */
const PYTHON = process.env["COLOSSEUM_INTEROP_PYTHON"] ?? "python3";
const SCRIPT = new URL("./wallet_peer.py", import.meta.url).pathname;

export type PeerName = "bittensor_wallet" | "bittensor";

/** Why a peer cannot be asked; undefined if it can. */
export function missingPeer(peer: PeerName): string | undefined {
  const run = spawnSync(PYTHON, ["-c", `import ${peer}`], { encoding: "utf8", timeout: 60_000 });
  if (run.error !== undefined) return `${PYTHON} cannot be started`;
  return run.status === 0 ? undefined : `${PYTHON} has no ${peer}`;
}

/** Hands one job to the peer and returns its answer. */
export function askPeer<T>(peer: PeerName, job: Readonly<Record<string, unknown>>): T {
  const run = spawnSync(PYTHON, [SCRIPT, peer], { encoding: "utf8", input: JSON.stringify(job), timeout: 90_000 });
  if (run.status !== 0) throw new Error(`${peer} failed: ${run.stderr.slice(-2_000)}`);
  return JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "") as T;
}
