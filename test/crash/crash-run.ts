import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Netuid } from "../../src/base/ids.ts";
import { below, type Random, seededRandom, shuffled, uniform } from "../../src/base/random.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import type { DemoWallet } from "../../src/demo/keys.ts";
import { peopledSubnet, permitted } from "../helpers/peopled-subnet.ts";
import { type BinProcess, freePort, spawnBin } from "./bin-process.ts";
import { type Player, startPlayer } from "./player.ts";

export interface CrashOptions {
  readonly seed: string;
  /** How often the validator is killed. */
  readonly kills: number;
  /** How often the chain is killed and started again from its file. */
  readonly chainKills: number;
}

/** What a run leaves to be judged. */
export interface CrashRun extends AsyncDisposable {
  readonly players: readonly Player[];
  /** Global flags of any command that looks at this validator. */
  readonly flags: readonly string[];
  readonly home: string;
  /** A folder of all receipts, as `audit --receipts` takes it. */
  readonly receiptsDir: string;
  /** Where the validator was when it was killed: the last event it had told of. */
  readonly killedAfter: ReadonlyMap<string, number>;
  readonly validator: DemoWallet;
  readonly netuid: Netuid;
  readonly client: ChainClient;
}

const clock = systemClock();
const TEMPO_BLOCKS = 10;
const MINERS = 5;
const BLOCK_TIME = "100ms";
/** Longest life between being ready and being killed. */
const MOST_LIFE_MS = 4_000;
/** Intervals that must be settled in peace at the end. */
const QUIET_INTERVALS = 2;

/**
 * Runs a validator with miners and a chain, all real processes but the miners, and kills it again and again at instants
 * that a seed decides: while it starts, after its n-th event, between two of them. At the end it is left in peace until
 * two more intervals have their weights on the chain, and then told to stop.
 */
export async function runCrashes(options: CrashOptions): Promise<CrashRun> {
  await using stack = new AsyncDisposableStack();
  const random = seededRandom(`crash/${options.seed}`);
  const home = mkdtempSync(join(tmpdir(), "colosseum-crash-"));
  stack.defer(() => rmSync(home, { recursive: true, force: true }));
  const env = { HOME: home, PATH: process.env["PATH"] ?? "", COLOSSEUM_HOME: home };

  const chainPort = await freePort();
  const stateFile = join(home, "chain.json");
  const startChain = async (): Promise<BinProcess> => {
    const started = spawnBin(
      ["localnet", "--port", String(chainPort), "--block-time", BLOCK_TIME, "--state", stateFile],
      env,
    );
    await started.event("ready");
    return started;
  };
  let chain = await startChain();
  stack.defer(() => chain.kill());
  const network = `ws://127.0.0.1:${chainPort}`;
  const client = stack.use(await ChainClient.connect({ network: parseNetwork(network), clock }));
  const { netuid, validator, miners } = await populate(client, home, options.seed);
  // A chain that goes on from its file must know the subnet: what stands there now is written within seconds.
  const populatedMs = Date.now();
  while ((statSync(stateFile, { throwIfNoEntry: false })?.mtimeMs ?? 0) < populatedMs) await clock.wait(100);

  const port = await freePort();
  const flags = [
    "--network",
    network,
    "--netuid",
    String(netuid),
    "-w",
    "validator",
    "--wallet-path",
    join(home, "wallets"),
  ];
  const startValidator = (): BinProcess =>
    spawnBin(
      [
        ...["validator", "start", "--listen", `127.0.0.1:${port}`, "--generate-time", "8s", "--vote-time", "8s"],
        ...[
          "--close-early",
          "--min-miners",
          String(MINERS),
          "--first-kinds",
          "synthetic,duel,trap",
          "--no-prove-damage",
        ],
        ...["--admin", "127.0.0.1:0", "--log-file", join(home, "arena.log")],
        ...flags,
      ],
      env,
    );
  const url = `http://127.0.0.1:${port}`;
  const players = miners.map(({ hotkey }, index) =>
    stack.use(startPlayer(hotkey, url, clock, options.seed, index % 2 === 1)),
  );

  const killedAfter = new Map<string, number>();
  const chainDies = new Set(
    shuffled(
      random,
      Array.from({ length: options.kills }, (_, kill) => kill),
    ).slice(0, options.chainKills),
  );
  for (let kill = 0; kill < options.kills; kill++) {
    const life = startValidator();
    if (chainDies.has(kill)) {
      await live(life, random);
      await chain.kill();
      await clock.wait(below(random, 300));
      chain = await startChain();
    }
    await live(life, random);
    const last = String(life.events.at(-1)?.["type"] ?? "start");
    killedAfter.set(last, (killedAfter.get(last) ?? 0) + 1);
    if (!life.isAlive()) throw new Error(`the validator ended by itself after ${last}: ${life.stderr()}`);
    await life.kill();
  }

  const quiet = startValidator();
  stack.defer(() => quiet.kill());
  const first = Number((await quiet.event("interval-opened"))["interval"]);
  await quiet.event("weights-set", ({ interval }) => Number(interval) >= first + QUIET_INTERVALS - 1);
  const code = await quiet.end("SIGTERM");
  if (code !== 143) throw new Error(`a stop gave exit code ${code}: ${quiet.stderr()}`);
  for (const player of players) await player[Symbol.asyncDispose]();
  const receiptsDir = join(home, "receipts");
  mkdirSync(receiptsDir);
  for (const [index, { receipts }] of players.entries()) {
    const lines = receipts.map((receipt) => `${JSON.stringify(receipt)}\n`);
    writeFileSync(join(receiptsDir, `miner-${index}.jsonl`), lines.join(""));
  }
  const kept = stack.move();
  return {
    players,
    flags,
    home,
    receiptsDir,
    killedAfter,
    validator,
    netuid,
    client,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Lets a process live until the instant at which chance wants it gone. */
async function live(life: BinProcess, random: Random): Promise<void> {
  const limit = new AbortController();
  // One life in six ends while it starts: the store is being opened, the last state read.
  if (below(random, 6) === 0) return clock.wait(below(random, 1_500));
  const events = 1 + Math.floor(40 * uniform(random) ** 2);
  const later = below(random, 25);
  await life.event("ready");
  const wanted = life.events.length + events;
  await Promise.race([life.eventsAre(wanted), clock.wait(MOST_LIFE_MS, limit.signal)]);
  limit.abort();
  if (later > 0) await clock.wait(later);
}

async function populate(
  client: ChainClient,
  home: string,
  seed: string,
): Promise<{ netuid: Netuid; validator: DemoWallet; miners: readonly DemoWallet[] }> {
  const subnet = await peopledSubnet(client, {
    ...{ wallets: join(home, "wallets"), seed: `crash/${seed}`, tempo: TEMPO_BLOCKS, validators: ["validator"] },
    miners: Array.from({ length: MINERS }, (_, index) => `miner-${index + 1}`),
  });
  await permitted(client, clock, subnet);
  const { netuid, miners } = subnet;
  const [validator] = subnet.validators;
  if (validator === undefined) throw new Error("a validator was asked for");
  return { netuid, validator, miners };
}
