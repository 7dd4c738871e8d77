// Wallets: `wallet list` of 100 wallets beside btcli 11.3 in the same run, by turns (installed as for the interop tests;
// skipped with a word where Python is missing), and signatures and verifications a second of one core for 200 bytes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createKeys } from "../src/wallet/create.ts";
import { coldkeyPlace, hotkeyPlace } from "../src/wallet/folder.ts";
import { keypairFromUri } from "../src/wallet/keyring.ts";
import { isSignedBy } from "../src/wallet/verify.ts";
import { BITTENSOR_11, peerPython } from "../test/interop/peers.ts";

const bin = fileURLToPath(new URL("../bin/colosseum.js", import.meta.url));
const RUNS = 5;
/** What `wallet list` may take of btcli's time. */
const TARGET_RATIO = 0.25;

/** The btcli to compare with, or why there is none. */
function findBtcli(): { readonly path: string; readonly missing: string | undefined } {
  const installer = fileURLToPath(new URL("../test/interop/install.ts", import.meta.url));
  spawnSync(process.execPath, [installer, BITTENSOR_11.name], { stdio: ["ignore", "ignore", "inherit"] });
  const path = join(dirname(peerPython(BITTENSOR_11)), "btcli");
  const version = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (version.error !== undefined) return { path, missing: "skipped: btcli 11.3 is not installed" };
  return { path, missing: /11\.3\./.test(version.stdout) ? undefined : `skipped: it is ${version.stdout.trim()}` };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Wall time in ms, or undefined if the program cannot be run. */
function time(program: string, args: readonly string[]): number | undefined {
  const from = process.hrtime.bigint();
  const run = spawnSync(program, args, { stdio: "ignore", env: { ...process.env, NODE_OPTIONS: "" } });
  return run.status === 0 ? Number(process.hrtime.bigint() - from) / 1e6 : undefined;
}

async function listing(): Promise<Record<string, unknown>> {
  const btcli = findBtcli();
  const root = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
  try {
    for (let i = 0; i < 100; i++) {
      await createKeys(root, [
        { place: coldkeyPlace(root, `wallet${i}`), pair: keypairFromUri(`//cold${i}`), password: undefined },
        { place: hotkeyPlace(root, `wallet${i}`, "default"), pair: keypairFromUri(`//hot${i}`), password: undefined },
      ]);
    }
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      ours.push(time(process.execPath, [bin, "wallet", "list", "--json", "--wallet-path", root]) ?? Number.NaN);
      const other =
        btcli.missing === undefined ? time(btcli.path, ["--json", "wallet", "list", "--wallet-path", root]) : undefined;
      if (other !== undefined) theirs.push(other);
    }
    const ms = median(ours);
    const btcliMs = theirs.length === RUNS ? median(theirs) : null;
    const ratio = btcliMs === null ? null : ms / btcliMs;
    return { wallets: 100, ms, btcliMs, btcli: btcli.missing ?? "11.3", ratio, targetRatio: TARGET_RATIO };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function perSecond(act: () => void): number {
  act();
  const from = process.hrtime.bigint();
  let count = 0;
  while (process.hrtime.bigint() - from < 1_000_000_000n) {
    act();
    count++;
  }
  return Math.round(count / (Number(process.hrtime.bigint() - from) / 1e9));
}

const message = new Uint8Array(200).fill(9);
const rates = Object.fromEntries(
  (["sr25519", "ed25519"] as const).map((scheme) => {
    const pair = keypairFromUri("//Alice", scheme);
    const signature = pair.sign(message);
    const tagged = Uint8Array.of(scheme === "sr25519" ? 1 : 0, ...signature);
    return [
      scheme,
      {
        signPerSecond: perSecond(() => pair.sign(message)),
        verifyPerSecond: perSecond(() => isSignedBy(message, tagged, pair.publicKey)),
      },
    ];
  }),
);
console.log(JSON.stringify({ list: await listing(), rates }));
