import { join } from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Clock } from "../base/clock.ts";
import type { Netuid } from "../base/ids.ts";
import { blockBeacon } from "../chain/beacon.ts";
import { ChainClient } from "../chain/client.ts";
import { fetchMetagraph } from "../chain/metagraph.ts";
import { parseNetwork } from "../chain/networks.ts";
import { startLocalnet } from "../localnet/server.ts";
import { ruleSetNamed } from "../mechanism/rule-set.ts";
import type { TaskLog } from "../mechanism/task-log.ts";
import type { WeightEntry } from "../store/settlements.ts";
import { chainAnchors, chainSubnet, chainWeights } from "../validator/chain-ports.ts";
import { pageSource } from "../validator/page-source.ts";
import { type RunningValidator, startValidator } from "../validator/process.ts";
import { DEFAULT_SETTINGS, type ValidatorSettings } from "../validator/settings.ts";
import { signerFromUri } from "../wallet/keyring.ts";
import { type CastMember, castOf, startOne } from "./cast.ts";
import { type Paid, paidIn, type Time, untilSubnet, watchEpochs } from "./epochs.ts";
import type { DemoListener } from "./events.ts";
import { type DemoWallet, makeWallets } from "./keys.ts";
import { seededBeacon } from "./seeded-beacon.ts";
import { fund, openSubnet, registerAll, sender, stakeOn } from "./subnet.ts";

export interface DemoOptions {
  /** 3 … 64. */
  readonly miners: number;
  /** How many rounds, each an interval of its own; undefined goes on until `signal` aborts. */
  readonly rounds: number | undefined;
  /** Decides keys, draws and brains, so that two runs differ in times and signatures only. */
  readonly seed: string | undefined;
  readonly preset: string;
  /** How long a miner thinks about an answer at most, so that a person can follow; 0 answers at once. */
  readonly thinkMs: number;
  /** An empty folder: wallets and the validator's store go below it. */
  readonly dir: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: DemoListener;
}

export interface DemoResult {
  /** Settled rounds. */
  readonly rounds: number;
  /** Settled intervals with everything that was asked and answered. */
  readonly log: TaskLog;
  /** The last row of weights, as read back from the chain. */
  readonly weights: readonly WeightEntry[];
  readonly incentive: readonly Paid[];
  /** From the call to the first weights in a block; undefined if there were none. */
  readonly secondsToFirstWeights: number | undefined;
}

/** Fast enough to watch, slow enough to see: an epoch takes two and a half seconds. */
const BLOCK_MS = 250;
const TEMPO_BLOCKS = 10;
/** Fallback ends of the two stages; both close as soon as everybody asked has answered. */
const STAGE_MS = 20_000;
/** A person who joins reads before voting, and is waited for no longer than this after leaving. */
const PERSON_VOTE_MS = 40_000;
const PERSON_CHECK_IN_MS = 60_000;
/** The chain is in this process: asking it again for whoever comes costs nothing. */
const NEWCOMER_MS = 250;
/** Intervals that one chain of seeds serves; the whole chain is hashed at the start. */
const SEEDS = 4_096;

/**
 * Runs a whole arena in this process: an embedded chain, a validator, miners of different skill.
 *
 * @throws ColosseumError of any part; whatever was started is stopped on every way out.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  await using stack = new AsyncDisposableStack();
  const { clock, seed, signal } = options;
  const startedAtMs = clock.nowMs();
  const tell = teller(options);

  // With a seed, blocks come only when something happens, so that no height depends on the speed of the machine.
  const localnet = stack.use(await startLocalnet({ blockTime: seed === undefined ? BLOCK_MS : "instant", clock }));
  tell.step(`Embedded chain at ${localnet.url}: a local simulator, one node, no consensus`);
  const client = stack.use(await ChainClient.connect({ network: parseNetwork(localnet.url), clock }));
  stack.defer(await client.onHeads((head) => head.type === "block" && tell.block(head.number)));
  const time: Time = { client, localnet, manual: seed !== undefined, signal };

  const { netuid, validator, cast } = await populate(options, time, tell);
  stack.defer(
    await watchEpochs(client, netuid, (block, incentive) =>
      tell.on({ type: "epoch-paid", at: tell.now(), block, incentive }),
    ),
  );
  let firstWeightsAtMs: number | undefined;
  const running = await startValidator(
    {
      signer: validator.hotkey,
      clock,
      subnet: chainSubnet(client, netuid),
      beacon: seed === undefined ? blockBeacon(client) : seededBeacon(seed),
      weights: chainWeights(client, validator.hotkey, netuid),
      anchors: chainAnchors(client, validator.hotkey, netuid),
      tasks: pageSource(),
      stateDir: join(options.dir, "validator"),
      seeds: SEEDS,
      listen: { host: "127.0.0.1", port: 0 },
      ...(seed === undefined ? {} : { lastSeed: sha256(utf8ToBytes(`colosseum demo/${seed}/seeds`)) }),
      onEvent: (event) => {
        if (event.type === "weights-set") firstWeightsAtMs ??= clock.nowMs();
        options.onEvent({ type: "validator", at: event.at, event });
      },
    },
    settingsOf(options, netuid),
  );
  stack.defer(() => running.stop());
  tell.step(`The validator listens on ${running.url}; the chain takes no loopback address, so the miners are told`);
  for (const member of cast) {
    const miner = await startOne(member, running.url, clock);
    stack.defer(() => miner.stop());
  }
  const wallets = walletFolder(options);
  tell.on({ type: "ready", at: tell.now(), network: localnet.url, netuid, validator: running.url, wallets });

  const rounds = await playRounds(options, running);
  const weights = running.store.settlements.get(rounds - 1)?.weights ?? [];
  const incentive = await epochAfter(time, netuid);
  return {
    rounds,
    log: running.export(),
    weights,
    incentive,
    secondsToFirstWeights: firstWeightsAtMs === undefined ? undefined : (firstWeightsAtMs - startedAtMs) / 1_000,
  };
}

interface Teller {
  step(text: string): void;
  block(number: number): void;
  readonly now: () => string;
  readonly on: DemoListener;
}

const teller = ({ clock, onEvent }: DemoOptions): Teller => {
  const now = (): string => new Date(clock.nowMs()).toISOString();
  return {
    now,
    on: onEvent,
    step: (text) => onEvent({ type: "step", at: now(), text }),
    block: (number) => onEvent({ type: "block", at: now(), number }),
  };
};

const walletFolder = ({ dir }: DemoOptions): string => join(dir, "wallets");

/** Wallets, money, a subnet, registrations, stake, a permit: everything by signed extrinsic. */
async function populate(
  options: DemoOptions,
  time: Time,
  tell: Teller,
): Promise<{ netuid: Netuid; validator: DemoWallet; cast: readonly CastMember[] }> {
  const { client } = time;
  const minerNames = Array.from({ length: options.miners }, (_, index) => `miner-${index + 1}`);
  const walletDir = walletFolder(options);
  const [owner, validator, ...miners] = await makeWallets(
    walletDir,
    ["owner", "validator", ...minerNames],
    options.seed,
  );
  if (owner === undefined || validator === undefined) throw new RangeError("two wallets come before the miners'");
  tell.step(`${miners.length + 2} wallets in ${walletDir}, without passwords: they hold nothing of worth`);

  const alice = signerFromUri("//Alice");
  const send = sender(client, (by, call, { block, extrinsic }) =>
    tell.on({ type: "extrinsic", at: tell.now(), by, call: `${call.pallet}.${call.name}`, block, extrinsic }),
  );
  await fund(client, send, alice, [owner, validator, ...miners]);
  const netuid = await openSubnet(client, send, alice, owner, TEMPO_BLOCKS);
  await registerAll(send, netuid, [validator, ...miners]);
  await stakeOn(send, netuid, validator);

  const cast = castOf(miners, options);
  const uids = new Map((await fetchMetagraph(client, netuid)).neurons.map(({ uid, hotkey }) => [String(hotkey), uid]));
  for (const { wallet, skill } of cast) {
    const { address } = wallet.hotkey;
    tell.on({
      type: "neuron",
      at: tell.now(),
      uid: uids.get(address) ?? -1,
      hotkey: address,
      name: wallet.name,
      brain: skill,
    });
  }
  tell.step("Beside each miner: how good its pages are / how often it looks at what it judges, 0 to 1");
  const own = validator.hotkey.address;
  await untilSubnet(time, netuid, ({ neurons }) => neurons.some(({ hotkey, permit }) => hotkey === own && permit));
  tell.step(`An epoch gave the validator its permit on subnet ${netuid}`);
  return { netuid, validator, cast };
}

function settingsOf(options: DemoOptions, netuid: Netuid): ValidatorSettings {
  return {
    ...DEFAULT_SETTINGS,
    netuid,
    rules: ruleSetNamed(options.preset),
    firstKinds: ["synthetic", "duel", "trap"],
    generateMs: STAGE_MS,
    voteMs: options.seed === undefined ? PERSON_VOTE_MS : STAGE_MS,
    roundsPerInterval: 1,
    minMiners: options.miners,
    stopAfterIntervals: options.rounds ?? null,
    awaitWeights: true,
    closeEarly: true,
    checkInMs: options.seed === undefined ? PERSON_CHECK_IN_MS : 24 * 3_600_000,
    newcomerMs: NEWCOMER_MS,
    metagraphMs: options.seed === undefined ? 5_000 : 24 * 3_600_000,
  };
}

/** Waits for one settlement after the other. @returns How many intervals were settled. */
async function playRounds({ rounds, signal }: DemoOptions, running: RunningValidator): Promise<number> {
  const aborted = Promise.withResolvers<"aborted">();
  signal.addEventListener("abort", () => aborted.resolve("aborted"), { once: true });
  if (signal.aborted) aborted.resolve("aborted");
  let settled = 0;
  while (rounds === undefined || settled < rounds) {
    const outcome = await Promise.race([
      running.settled(settled),
      aborted.promise,
      running.done.then(() => "aborted" as const),
    ]);
    if (outcome === "aborted") break;
    settled++;
  }
  return settled;
}

/** Waits until the epoch after the last weights has paid; somebody in a hurry gets what the last one paid. */
async function epochAfter(time: Time, netuid: Netuid): Promise<Paid[]> {
  const now = await fetchMetagraph(time.client, netuid);
  if (time.signal.aborted) return paidIn(now);
  const paid = await untilSubnet(time, netuid, (metagraph) => metagraph.lastEpochBlock > now.block);
  return paidIn(paid);
}
