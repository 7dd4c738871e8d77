// The embedded chain: cold start, empty blocks, signed extrinsics beside bare sr25519, a full epoch, memory over many blocks.
// The million blocks take some minutes; LOCALNET_BENCH_BLOCKS=50000 makes it fewer.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getPublicKey, HDKD, secretFromSeed, sign, verify } from "@scure/sr25519";
import { composeRuntime } from "../src/localnet/composition.ts";
import { devAccounts } from "../src/localnet/dev-accounts.ts";
import { Chain } from "../src/localnet/engine/chain.ts";
import { signingPayload } from "../src/localnet/engine/extrinsic.ts";
import { schema } from "../src/localnet/engine/schema.ts";
import { genesis } from "../src/localnet/genesis.ts";
import { runSubnetEpoch } from "../src/localnet/pallets/subtensor/epoch.ts";
import { appendNeuron } from "../src/localnet/pallets/subtensor/neurons.ts";
import { addStakeRao } from "../src/localnet/pallets/subtensor/share-pool.ts";
import * as s from "../src/localnet/pallets/subtensor/storage.ts";
import { ByteWriter, concatBytes, fromHex, toHex } from "../src/localnet/scale/bytes.ts";

const TAO = 1_000_000_000n;
const MEMORY_BLOCKS = Number(process.env["LOCALNET_BENCH_BLOCKS"] ?? 1_000_000);
const START_MS = Date.UTC(2026, 0, 1);
const since = (start: number): number => performance.now() - start;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

function newChain(): Chain {
  const accounts = devAccounts(10);
  return new Chain({
    logic: composeRuntime().logic,
    nowMs: () => START_MS,
    genesis: genesis({
      accounts: accounts.map(({ account }) => ({ account, freeRao: 1_000_000n * TAO })),
      sudo: accounts[0]?.account ?? "",
    }),
  });
}

/** Starts the command: the bundle if it is built, else the source. `ready` is its first line. */
function startCommand(args: readonly string[]): { child: ChildProcess; ready: Promise<string> } {
  const bundle = fileURLToPath(new URL("../dist/entry.js", import.meta.url));
  const entry = existsSync(bundle) ? bundle : fileURLToPath(new URL("../src/cli/entry.ts", import.meta.url));
  const all = JSON.stringify(["localnet", "--port", "0", "--json", ...args]);
  const script = `import(${JSON.stringify(entry)}).then(({ run }) => run(${all}))`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const ready = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (line: Buffer) => resolve(line.toString("utf8")));
  });
  return { child, ready };
}

/** Milliseconds from spawning the command to its ready line. */
async function coldStart(): Promise<number> {
  const start = performance.now();
  const { child, ready } = startCommand([]);
  await ready;
  child.kill("SIGKILL");
  return since(start);
}

function emptyBlocksPerSecond(): number {
  const chain = newChain();
  for (let i = 0; i < 500; i++) chain.produce(12_000);
  const start = performance.now();
  for (let i = 0; i < 5_000; i++) chain.produce(12_000);
  return 5_000 / (since(start) / 1_000);
}

const aliceCode = (): Uint8Array => {
  const code = new Uint8Array(32);
  code.set([5 << 2, ...Buffer.from("Alice")]);
  return code;
};

/** Transfers of Alice, verified by the pool and applied in blocks; and verifications alone, in the same run. */
function signedExtrinsics(): { perSecond: number; verificationsPerSecond: number } {
  const chain = newChain();
  const secret = HDKD.secretHard(
    secretFromSeed(fromHex("0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e")),
    aliceCode(),
  );
  const publicKey = getPublicKey(secret);
  const transfers: Uint8Array[] = [];
  let last: { payload: Uint8Array; signature: Uint8Array } = { payload: new Uint8Array(), signature: new Uint8Array() };
  for (let nonce = 0; nonce < 600; nonce++) {
    const callBytes = schema.encode("RuntimeCall", {
      type: "Balances",
      value: {
        type: "transfer_keep_alive",
        value: { dest: { type: "Id", value: toHex(new Uint8Array(32).fill(nonce & 127)) }, value: TAO },
      },
    });
    const extra = new ByteWriter();
    extra.u8(0);
    extra.compact(nonce);
    extra.compact(0);
    extra.u8(0);
    const author = { extra: extra.finish(), era: { type: "Immortal" } as const };
    const chainFacts = { genesisHash: chain.genesisHash, hashOf: (n: number) => chain.hashOf(n), current: 0 };
    const payload = signingPayload({ callBytes }, author, chainFacts) ?? new Uint8Array();
    const signature = sign(secret, payload);
    last = { payload, signature };
    const writer = new ByteWriter();
    writer.prefixed(
      concatBytes(Uint8Array.of(0x84, 0), publicKey, Uint8Array.of(1), signature, author.extra, callBytes),
    );
    transfers.push(writer.finish());
  }
  for (const bytes of transfers.splice(0, 100)) chain.submit(bytes);
  chain.produce();
  for (let i = 0; i < 50; i++) verify(last.payload, last.signature, publicKey);
  // Turn about, so that whatever else the machine does falls on both.
  let applyingMs = 0;
  let verifyingMs = 0;
  let verified = 0;
  for (let at = 0; at < transfers.length; at += 50) {
    const start = performance.now();
    for (const bytes of transfers.slice(at, at + 50)) chain.submit(bytes);
    chain.produce();
    applyingMs += since(start);
    const again = performance.now();
    for (let i = 0; i < 50; i++, verified++) verify(last.payload, last.signature, publicKey);
    verifyingMs += since(again);
  }
  return {
    perSecond: (transfers.length / applyingMs) * 1_000,
    verificationsPerSecond: (verified / verifyingMs) * 1_000,
  };
}

/** One epoch of 256 neurons, 64 of them validators with full rows: reading storage, yuma, storing, paying. Milliseconds, best of five. */
function fullEpochMs(): number {
  const chain = newChain();
  let best = Number.POSITIVE_INFINITY;
  chain.patch((execution) => {
    const { state } = execution;
    execution.dispatch(
      { type: "root" },
      { pallet: "AdminUtils", name: "sudo_set_network_rate_limit", args: { rate_limit: 0n } },
    );
    s.NetworksAdded.set(state, [1], true);
    s.Tempo.set(state, [1], 360);
    s.Yuma3On.set(state, [1], true);
    for (let uid = 0; uid < 256; uid++) {
      const hotkey = toHex(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? uid : 7)));
      appendNeuron(state, 1, hotkey, 0);
      s.Owner.set(state, [hotkey], hotkey);
      addStakeRao(state, hotkey, hotkey, 1, uid < 64 ? BigInt(1_000 + uid * 13) * TAO : TAO / 100n);
    }
    s.ValidatorPermit.set(
      state,
      [1],
      Array.from({ length: 256 }, (_, uid) => uid < 64),
    );
    s.MaxAllowedValidators.set(state, [1], 64);
    s.LastUpdate.set(
      state,
      [1],
      Array.from({ length: 256 }, () => 1n),
    );
    for (let uid = 0; uid < 64; uid++) {
      s.Weights.set(
        state,
        [1, uid],
        Array.from({ length: 256 }, (_, to) => [to, ((uid * 31 + to * 17) % 65_535) + 1] as const),
      );
    }
    for (let run = 0; run < 5; run++) {
      s.PendingServerEmission.set(state, [1], 147_600_823_680n);
      s.PendingValidatorEmission.set(state, [1], 147_600_823_680n);
      const start = performance.now();
      runSubnetEpoch(execution, 1);
      best = Math.min(best, since(start));
    }
  });
  return best;
}

/** The most memory a process ever had resident, in megabytes, as the system counts it. */
const peakMegabytes = (pid: number): number => {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(status, "utf8"))?.[1]) / 1_024;
  // No peak is told elsewhere: what it has now, which is asked often.
  return Number(spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout) / 1_024;
};

/**
 * Memory of the command itself, as it was built, over many blocks with a running subnet. Twelve seconds a block, the real
 * chain's pace, so that the beacon's signatures do not take the time.
 */
async function memoryOver(blocks: number): Promise<{ blocks: number; megabytes: number; seconds: number }> {
  const { child, ready } = startCommand(["--block-time", "manual"]);
  try {
    const { url } = JSON.parse(await ready) as { url: string };
    const call = async (method: string, ...params: readonly unknown[]): Promise<void> => {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const { error } = (await (await fetch(url.replace("ws", "http"), { method: "POST", body })).json()) as {
        error?: unknown;
      };
      if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    };
    await call("dev_scaffold", {
      subnets: [
        {
          owner: "Alice",
          ownerHotkey: "alice-hotkey",
          neurons: [{ hotkey: "validator-1", coldkey: "Bob", stakeTao: "1000" }],
        },
      ],
    });
    const start = performance.now();
    let most = 0;
    for (let left = blocks; left > 0; left -= 20_000) {
      await call("dev_newBlock", { count: Math.min(left, 20_000) });
      most = Math.max(most, peakMegabytes(child.pid ?? 0));
    }
    return { blocks, megabytes: Math.round(most), seconds: Math.round(since(start) / 1_000) };
  } finally {
    child.kill("SIGKILL");
  }
}

if (process.argv[2] === "memory") {
  console.log(JSON.stringify(await memoryOver(MEMORY_BLOCKS)));
  process.exit(0);
}
const readyMs = await coldStart();
const empty = emptyBlocksPerSecond();
const { perSecond, verificationsPerSecond } = signedExtrinsics();
const epochMs = fullEpochMs();
const memory = await memoryOver(MEMORY_BLOCKS);
console.log(
  JSON.stringify({
    readyMs: Math.round(readyMs),
    emptyBlocksPerSecond: Math.round(empty),
    signedExtrinsicsPerSecond: Math.round(perSecond),
    sr25519VerificationsPerSecond: Math.round(verificationsPerSecond),
    shareOfSr25519: round(perSecond / verificationsPerSecond, 2),
    fullEpochMs: round(epochMs),
    memory,
  }),
);
