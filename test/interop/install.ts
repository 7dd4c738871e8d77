// Installs the peers of the interop tests by package name, each into a virtual environment of its own below .cache/interop,
// once; names of peers as arguments choose among them. Where Python, its venv module or a package index is missing, it says so and the tests are skipped with a word.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PEERS, peerPython } from "./peers.ts";

const INSTALL_MS = 10 * 60_000;

function run(command: string, args: readonly string[]): string | undefined {
  const done = spawnSync(command, args, { encoding: "utf8", timeout: INSTALL_MS, stdio: ["ignore", "ignore", "pipe"] });
  if (done.error !== undefined) return `${command} cannot be started`;
  return done.status === 0 ? undefined : done.stderr.trim().split("\n").at(-1);
}

const wanted = process.argv.slice(2);
for (const peer of PEERS) {
  if (wanted.length > 0 && !wanted.includes(peer.name)) continue;
  const python = peerPython(peer);
  if (existsSync(python)) continue;
  const home = join(python, "..", "..");
  process.stderr.write(`Installing ${peer.packages.join(", ")} …\n`);
  const problem =
    run("python3", ["-m", "venv", home]) ??
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...peer.packages]);
  if (problem === undefined) continue;
  rmSync(home, { recursive: true, force: true });
  process.stderr.write(`Not installed, so its tests are skipped: ${problem}\n`);
}
