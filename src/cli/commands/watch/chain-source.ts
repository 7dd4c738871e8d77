import { ColosseumError, messageOf } from "../../../base/errors.ts";
import type { Netuid } from "../../../base/ids.ts";
import { shortAddress } from "../../../base/text.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Metagraph } from "../../../chain/metagraph.ts";
import type { NeuronLine, WatchEvent } from "../../../ui/watch-events.ts";
import type { Context } from "../../context.ts";
import type { Deliver, Source } from "./source.ts";

/** A chain that cannot be reached is tried again after this. */
const RETRY_MS = 5_000;
/** The metagraph is read at most this often, however fast blocks come. */
const METAGRAPH_EVERY_MS = 3_000;
const RAO = 1e9;

/** The chain's health and the subnet's metagraph; it survives a chain that comes and goes. */
export class ChainSource implements Source {
  readonly #ctx: Context;
  readonly #netuid: Netuid;
  #before: Metagraph | undefined;
  /** Told last; undefined before the first try. */
  #connected: boolean | undefined;
  /** Told last; the same is told again only after something went well. */
  #trouble = "";

  constructor(ctx: Context, netuid: Netuid) {
    this.#ctx = ctx;
    this.#netuid = netuid;
  }

  /** @throws SubnetMissingError: whoever looks once wants an answer; who follows may wait for the subnet. */
  async look(deliver: Deliver): Promise<void> {
    const client = await this.#connect(deliver, this.#ctx.signal);
    if (client === undefined) return;
    try {
      await this.#readMetagraph(client, deliver, true);
    } finally {
      client.close();
    }
  }

  async follow(deliver: Deliver, signal: AbortSignal): Promise<void> {
    for (;;) {
      const client = await this.#connect(deliver, signal);
      if (signal.aborted) return client?.close();
      if (client === undefined) {
        await this.#ctx.clock.wait(RETRY_MS, signal).catch(() => undefined);
        continue;
      }
      try {
        await this.#followBlocks(client, deliver, signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#warn(deliver, messageOf(error));
      } finally {
        client.close();
      }
    }
  }

  async #connect(deliver: Deliver, signal: AbortSignal): Promise<ChainClient | undefined> {
    const { ctx } = { ctx: this.#ctx };
    const { parseNetwork } = await import("../../../chain/networks.ts");
    const { ChainClient } = await import("../../../chain/client.ts");
    const network = parseNetwork(ctx.config.network.value ?? "local");
    try {
      const client = await ChainClient.connect({ network, clock: ctx.clock, signal });
      this.#connected = true;
      deliver({ type: "chain", atMs: ctx.clock.nowMs(), endpoint: client.endpoint, connected: true });
      return client;
    } catch (error) {
      const endpoint = network.endpoints[0] ?? "";
      if (this.#connected !== false) deliver({ type: "chain", atMs: ctx.clock.nowMs(), endpoint, connected: false });
      this.#connected = false;
      if (!signal.aborted) this.#warn(deliver, messageOf(error));
      return undefined;
    }
  }

  async #followBlocks(client: ChainClient, deliver: Deliver, signal: AbortSignal): Promise<void> {
    const { clock } = this.#ctx;
    await this.#readMetagraph(client, deliver);
    let readAtMs = clock.nowMs();
    let reading: Promise<void> | undefined;
    const refresh = (): void => {
      if (reading !== undefined || clock.nowMs() - readAtMs < METAGRAPH_EVERY_MS) return;
      reading = this.#readMetagraph(client, deliver).finally(() => {
        readAtMs = clock.nowMs();
        reading = undefined;
      });
    };
    const offLine = client.onLine(({ state, endpoint }) => {
      deliver({ type: "chain", atMs: clock.nowMs(), endpoint, connected: state === "connected" });
    });
    const offHeads = await client.onHeads((event) => {
      const atMs = clock.nowMs();
      if (event.type === "block") {
        deliver({ type: "block", atMs, number: event.number });
        refresh();
      } else if (event.type === "stale") {
        deliver({ type: "stale", atMs, sinceMs: event.sinceMs });
        deliver(this.#note("warn", `The chain is stale since ${new Date(event.sinceMs).toISOString()}.`));
      } else {
        deliver({ type: "fresh", atMs });
        deliver(this.#note("info", "Blocks come again."));
      }
    });
    await aborted(signal);
    offHeads();
    offLine();
  }

  async #readMetagraph(client: ChainClient, deliver: Deliver, needsSubnet = false): Promise<void> {
    const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
    try {
      const metagraph = await fetchMetagraph(client, this.#netuid);
      for (const event of this.#changes(metagraph)) deliver(event);
      this.#before = metagraph;
      this.#trouble = "";
    } catch (error) {
      if (needsSubnet && error instanceof ColosseumError && error.code === "chain.subnet-not-exists") throw error;
      // A question that was cut off by the end of the command is no trouble of the chain's.
      if (!this.#ctx.signal.aborted) this.#warn(deliver, messageOf(error));
    }
  }

  /** The metagraph as a fact, and what is new in it. */
  #changes(metagraph: Metagraph): WatchEvent[] {
    const events: WatchEvent[] = [metagraphEvent(metagraph, this.#ctx.clock.nowMs())];
    const before = this.#before;
    if (before === undefined) return events;
    const known = new Map(before.neurons.map(({ uid, hotkey }) => [uid, hotkey]));
    for (const { uid, hotkey } of metagraph.neurons) {
      const old = known.get(uid);
      if (old === undefined) events.push(this.#note("info", `uid ${uid} is new: ${shortAddress(hotkey)}.`));
      else if (old !== hotkey) {
        events.push(
          this.#note("warn", `uid ${uid} changed hands: ${shortAddress(old)} lost it to ${shortAddress(hotkey)}.`),
        );
      }
    }
    if (metagraph.lastEpochBlock > before.lastEpochBlock) {
      const paid = metagraph.neurons.filter(({ incentive }) => incentive > 0).length;
      events.push(this.#note("info", `An epoch paid ${paid} miners at block ${metagraph.lastEpochBlock}.`));
    }
    return events;
  }

  #warn(deliver: Deliver, text: string): void {
    if (text === this.#trouble) return;
    this.#trouble = text;
    deliver(this.#note("warn", text));
  }

  #note(level: "info" | "warn", text: string): WatchEvent {
    return { type: "note", atMs: this.#ctx.clock.nowMs(), level, text };
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

function metagraphEvent(metagraph: Metagraph, atMs: number): WatchEvent {
  const { block, name, tempo, blocksSinceEpoch, maxUids, burnRao } = metagraph;
  const neurons = metagraph.neurons.map(
    (neuron): NeuronLine => ({
      uid: neuron.uid,
      hotkey: neuron.hotkey,
      stakeTao: Number(neuron.stakeRao) / RAO,
      incentive: neuron.incentive,
      dividends: neuron.dividends,
      emissionTao: Number(neuron.emissionRao) / RAO,
      permit: neuron.permit,
      immunityBlocksLeft: neuron.immunityBlocksLeft,
      pruneRank: neuron.pruneRank,
      endpoint: neuron.endpoint,
    }),
  );
  const burnTao = Number(burnRao) / RAO;
  return { type: "metagraph", atMs, block, name, tempo, blocksSinceEpoch, maxUids, burnTao, neurons };
}
