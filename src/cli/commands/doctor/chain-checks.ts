import { existsSync } from "node:fs";
import { join } from "node:path";
import { ColosseumError } from "../../../base/errors.ts";
import { parseNetuid } from "../../../base/ids.ts";
import { showDuration } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Metagraph, Neuron } from "../../../chain/metagraph.ts";
import type { Context } from "../../context.ts";
import { validatorStateDir } from "../validator/state-dir.ts";
import { type Check, checked, type Finding, fail, ok, skip, warn } from "./check.ts";

/** What the chain says about the chosen hotkey, as far as it could be asked. */
export interface ChainFacts {
  readonly check: Check;
  readonly registration: Check;
  /** A development chain on this machine: nothing on it has a price. */
  readonly worthless: boolean;
  /** A validator of the chosen hotkey has kept its state on this machine. */
  readonly serves: boolean;
  readonly neuron: Neuron | undefined;
  readonly metagraph: Metagraph | undefined;
  /** The newest block's own time, by a clock that follows real time; undefined where it says nothing about ours. */
  readonly time: ChainTime | undefined;
}

export interface ChainTime {
  readonly blockMs: number;
  /** Our clock when it was read. */
  readonly readMs: number;
  readonly blockTimeMs: number;
}

/** Five of Bittensor's blocks, the client's own limit. */
const STALE_MS = 60_000;
const isLoopback = (endpoint: string): boolean => /^wss?:\/\/(127\.|localhost[:/]|\[::1\])/.test(`${endpoint}/`);

/** Connects, reads the newest block and the chosen subnet; what fails on the way is what was found. */
export async function lookAtChain(ctx: Context, hotkey: string | undefined): Promise<ChainFacts> {
  const { parseNetwork } = await import("../../../chain/networks.ts");
  const { openChain } = await import("../../open-chain.ts");
  let client: ChainClient | undefined;
  let time: ChainTime | undefined;
  let worthless = false;
  const check = await checked("chain", async () => {
    const network = parseNetwork(ctx.config.network.value ?? "local");
    worthless = network.endpoints.every(isLoopback);
    client = await openChain(ctx, { reading: true });
    const read = await readTime(ctx, client);
    time = read.time;
    const head = await client.head();
    const { specName, specVersion } = client.runtime;
    if (time !== undefined && !read.movable && time.readMs - time.blockMs > STALE_MS) {
      return warn(
        `The newest block at ${client.endpoint} is ${showDuration(time.readMs - time.blockMs)} old.`,
        "Either that node is behind, or this machine's clock is ahead. Try another endpoint with --network ws://…,ws://…",
      );
    }
    return ok(`${client.endpoint} answers: ${specName} ${specVersion}, block ${head.number}.`);
  });
  let metagraph: Metagraph | undefined;
  let neuron: Neuron | undefined;
  const registration = await checked("registration", async () => {
    const { value } = ctx.config.netuid;
    if (value === undefined) return skip("No subnet was named, so none was looked at; add --netuid N.");
    const netuid = parseNetuid(value);
    if (client === undefined) return skip("The chain could not be asked.");
    if (hotkey === undefined) return skip("Without a hotkey there is nothing to look for.");
    const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
    metagraph = await fetchMetagraph(client, netuid);
    neuron = metagraph.neurons.find((candidate) => candidate.hotkey === hotkey);
    return registered(metagraph, neuron, hotkey, hasStore(ctx, hotkey));
  });
  return {
    check,
    registration,
    worthless,
    serves: hotkey !== undefined && hasStore(ctx, hotkey),
    neuron,
    metagraph,
    time,
  };
}

/** Whether a validator of this hotkey has kept its state here, for the chosen network and subnet. */
function hasStore(ctx: Context, hotkey: string): boolean {
  const { value } = ctx.config.netuid;
  if (value === undefined) return false;
  return existsSync(join(validatorStateDir(ctx, parseNetuid(value), hotkey), "validator.sqlite"));
}

function registered(
  { netuid, n, maxUids, tempo }: Metagraph,
  neuron: Neuron | undefined,
  hotkey: string,
  validates: boolean,
): Finding {
  if (neuron === undefined) {
    return fail(
      `${hotkey} is not registered in subnet ${netuid}.`,
      `See the price: colosseum register --netuid ${netuid} --dry-run`,
    );
  }
  const where = `uid ${neuron.uid} of subnet ${netuid}`;
  if (validates && !neuron.permit) {
    return warn(
      `${where} has no validator permit, so the weights of the validator here do not count.`,
      `It comes with enough stake at the next epoch: colosseum stake add AMOUNT --netuid ${netuid}`,
    );
  }
  const { immunityBlocksLeft, pruneRank } = neuron;
  if (n >= maxUids && pruneRank !== null && pruneRank <= 3 && immunityBlocksLeft <= tempo) {
    return warn(
      `${where} is among the next to be replaced (place ${pruneRank} from the bottom, ${immunityBlocksLeft} blocks of immunity).`,
      "Earn more before a newcomer comes: colosseum miner status",
    );
  }
  const immunity = immunityBlocksLeft > 0 ? `, immune for ${immunityBlocksLeft} blocks` : "";
  return ok(`${where}${neuron.permit ? ", with a validator permit" : ""}${immunity}.`);
}

/** The chain's clock. One whose clock can be moved says how far it was; one that waits for transactions tells nothing. */
async function readTime(ctx: Context, client: ChainClient): Promise<{ movable: boolean; time: ChainTime | undefined }> {
  const movable = (await client.rpcMethods()).includes("dev_status");
  const { plainNumber } = await import("../../../chain/plain.ts");
  const blockMs = plainNumber(await client.storage("Timestamp", "Now"), "Timestamp.Now");
  const readMs = ctx.clock.nowMs();
  if (!movable) {
    return { movable, time: { blockMs, readMs, blockTimeMs: client.nominalBlockTimeMs } };
  }
  const status = (await client.ask("dev_status").catch((error: unknown) => {
    if (error instanceof ColosseumError) return {};
    throw error;
  })) as { aheadMs?: number; blockTime?: number | string };
  if (typeof status.blockTime !== "number" || typeof status.aheadMs !== "number") return { movable, time: undefined };
  return { movable, time: { blockMs: blockMs - status.aheadMs, readMs, blockTimeMs: status.blockTime } };
}
