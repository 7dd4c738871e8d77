// Wallets: `wallet list` of 100 wallets beside btcli (BTCLI names it, else `btcli` on the PATH; null without one), and
// signatures and verifications a second of one core for a message of 200 bytes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeys } from "../src/wallet/create.ts";
import { coldkeyPlace, hotkeyPlace } from "../src/wallet/folder.ts";
import { keypairFromUri } from "../src/wallet/keyring.ts";
import { isSignedBy } from "../src/wallet/verify.ts";

const bin = new URL("../bin/colosseum.js", import.meta.url).pathname;
const btcli = process.env["BTCLI"] ?? "btcli";
const RUNS = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Wall time in ms, or undefined if the program cannot be run. */
function time(program: string, args: readonly string[]): number | undefined {
  const from = process.hrtime.bigint();
  const run = spawnSync(program, args, { stdio: "ignore", env: { ...process.env, NODE_OPTIONS: "" } });
  return run.status === 0 ? Number(process.hrtime.bigint() - from) / 1e6 : undefined;
}

async function listing(): Promise<Record<string, unknown>> {
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
      const other = time(btcli, ["--json", "wallet", "list", "--wallet-path", root]);
      if (other !== undefined) theirs.push(other);
    }
    const ms = median(ours);
    const btcliMs = theirs.length === RUNS ? median(theirs) : null;
    return { wallets: 100, ms, btcliMs, ratio: btcliMs === null ? null : ms / btcliMs };
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
