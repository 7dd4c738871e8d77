import type { Signer } from "../../../base/ports.ts";
import type { Booth, Duel } from "../../../miner/booth.ts";
import type { VoteMarket } from "../../../miner/duel-worth.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { ValidatorDirectory } from "../../../miner/ports.ts";
import type { Preview } from "../../../miner/preview.ts";
import type { MeResponse } from "../../../protocol/messages.ts";
import { chosenValidators } from "../../chosen-validators.ts";
import type { Context } from "../../context.ts";
import { minerStateDir } from "../miner/state-dir.ts";
import { openPerson, type Person } from "./person-file.ts";
import { openQuota, type Quota } from "./quota.ts";

export interface VoteFlags {
  readonly validator?: readonly string[];
  /** Join the demo that runs on this machine instead. */
  readonly demo?: boolean;
  readonly role?: "generator" | "discriminator";
  readonly budget?: number;
  readonly passwordFile?: string;
  readonly editor?: string;
  readonly folder?: string;
}

/** A person's session: the booth with the assignments, the miner behind it, the closed-off preview. */
export interface VoteSession {
  readonly booth: Booth;
  /** A folder of this hotkey's own. */
  readonly stateDir: string;
  readonly person: Person;
  readonly quota: Quota;
  /** What a vote on a duel may earn, in comparison; 0 for all where no quota makes one choose. */
  worth(duel: Duel): number;
  /** Opens the closed-off preview, once. */
  preview(): Promise<Preview>;
  /** What the newest settled votes earned, as a line; undefined where nothing is known. */
  earned(): Promise<string | undefined>;
  subscribe(on: (event: MinerEvent) => void): () => void;
  /** Sends what is under way. @returns How many answers are kept for the next session, undelivered. */
  stop(): Promise<number>;
}

/** A person does not want to wait long for a validator that is away: what is not sent is kept. */
const GRACE_MS = 5_000;

/** Opens a session for the chosen hotkey; it is closed with the command. */
export async function openSession(ctx: Context, given: VoteFlags): Promise<VoteSession> {
  const flags = { ...given, ...chosenValidators(ctx, given.validator) };
  const { openHotkey } = await import("../../open-wallet.ts");
  const { openBooth } = await import("../../../miner/booth.ts");
  const { voteWorths } = await import("../../../miner/duel-worth.ts");
  const { startMiner } = await import("../../../miner/process.ts");
  const signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
  const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const markets = new Map<string, VoteMarket>();
  const directory = flags.validator === undefined ? keepStakes(await chainValidators(ctx, signer), markets) : undefined;
  const booth = openBooth(ctx.clock);
  const stateDir = minerStateDir(ctx, netuid, signer.address);
  const person = openPerson(stateDir, () => ctx.clock.nowMs());
  const quota = openQuota(person, flags.budget);
  const listeners = new Set<(event: MinerEvent) => void>();
  const online = new Map<string, string>();
  const miner = await startMiner({
    signer,
    validators: flags.validator ?? [],
    ...(directory === undefined ? {} : { directory }),
    roles: [flags.role ?? "discriminator"],
    inbox: booth.inbox,
    clock: ctx.clock,
    stateDir,
    graceMs: GRACE_MS,
    ...(netuid === undefined ? {} : { netuid }),
    onEvent: (event) => {
      if (event.type === "validator-online") {
        online.set(event.validator, event.url);
        if (flags.budget !== undefined) void countVoters(event.validator, event.url);
      }
      for (const listener of listeners) listener(event);
    },
  });
  const market = (validator: string): VoteMarket =>
    markets.get(validator) ?? { stakeRao: undefined, voters: undefined };
  async function countVoters(validator: string, url: string): Promise<void> {
    markets.set(validator, market(validator));
    const voters = (await askMe(ctx, signer, url))?.intervals.at(-1)?.miners;
    markets.set(validator, { ...market(validator), voters });
  }
  let preview: Promise<Preview> | undefined;
  ctx.defer(async () => (await preview)?.close());
  ctx.defer(() => miner.stop());
  return {
    booth,
    stateDir,
    person,
    quota,
    worth: ({ key }) => (flags.budget === undefined ? 0 : (voteWorths(markets).get(key.split("/")[0] ?? "") ?? 0)),
    preview: () => {
      preview ??= import("../../../miner/preview.ts").then(({ openPreview }) => openPreview());
      return preview;
    },
    earned: () => lastEarned(ctx, signer, [...online.values()]),
    subscribe: (on) => {
      listeners.add(on);
      return () => listeners.delete(on);
    },
    stop: async () => {
      await miner.stop();
      return miner.unsent;
    },
  };
}

async function chainValidators(ctx: Context, signer: Signer): Promise<ValidatorDirectory> {
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("../miner/find-validators.ts");
  return chainDirectory(await openChain(ctx), netuid, { allow: [], block: [], own: [signer.address] });
}

/** The same directory; what it says of stakes is kept. */
const keepStakes = (directory: ValidatorDirectory, markets: Map<string, VoteMarket>): ValidatorDirectory => ({
  find: async (signal) => {
    const found = await directory.find(signal);
    for (const { hotkey, stakeRao } of found)
      if (hotkey !== undefined) markets.set(hotkey, { voters: markets.get(hotkey)?.voters, stakeRao });
    return found;
  },
});

/** A validator's report on this hotkey; undefined where it gives none, which is no reason to stop. */
async function askMe(ctx: Context, signer: Signer, url: string): Promise<MeResponse | undefined> {
  const { connectValidator } = await import("../../../miner/client.ts");
  try {
    return await connectValidator({ url }, { signer, clock: ctx.clock }).me(ctx.signal);
  } catch {
    return undefined;
  }
}

const points = (earned: number): string => `${earned > 0 ? "+" : ""}${earned.toFixed(3).replace(/\.?0+$/, "")}`;

async function lastEarned(ctx: Context, signer: Signer, urls: readonly string[]): Promise<string | undefined> {
  for (const url of urls) {
    const votes = (await askMe(ctx, signer, url))?.tasks.filter(({ role }) => role === "discriminator").slice(-3) ?? [];
    // A reason is given where it is no matter of course.
    const shown = votes.map(({ earned, reason }) => points(earned) + (earned < 0 ? ` (${reason})` : ""));
    if (votes.length > 0) return `last earned ${shown.join(", ")}`;
  }
  return undefined;
}
