import type { Signer } from "../../../base/ports.ts";
import type { Booth, Duel } from "../../../miner/booth.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { Context } from "../../context.ts";
import { minerStateDir } from "../miner/state-dir.ts";

export interface VoteFlags {
  readonly validator?: readonly string[];
  readonly role?: "generator" | "discriminator";
  readonly budget?: number;
  readonly passwordFile?: string;
  readonly editor?: string;
}

/** A person's session: the booth with the assignments, the miner behind it, the closed-off preview. */
export interface VoteSession {
  readonly booth: Booth;
  readonly hotkey: string;
  /** Opens the two outputs where a browser can show them. @returns Their URLs. */
  preview(duel: Duel): Promise<readonly string[]>;
  /** What the newest settled tasks earned, as a line; undefined where nothing is known. */
  earned(): Promise<string | undefined>;
  subscribe(on: (event: MinerEvent) => void): () => void;
  stop(): Promise<void>;
}

/** Opens a session for the chosen hotkey; it is closed with the command. */
export async function openSession(ctx: Context, flags: VoteFlags): Promise<VoteSession> {
  const { openHotkey } = await import("../../open-wallet.ts");
  const { openBooth } = await import("../../../miner/booth.ts");
  const { startMiner } = await import("../../../miner/process.ts");
  const { openPreview } = await import("../../../miner/preview.ts");
  const signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
  const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const directory = flags.validator === undefined ? await chainValidators(ctx, signer) : undefined;
  const booth = openBooth(ctx.clock);
  const listeners = new Set<(event: MinerEvent) => void>();
  const online = new Set<string>();
  const miner = await startMiner({
    signer,
    validators: flags.validator ?? [],
    ...(directory === undefined ? {} : { directory }),
    roles: [flags.role ?? "discriminator"],
    inbox: booth.inbox,
    clock: ctx.clock,
    stateDir: minerStateDir(ctx, netuid, signer.address),
    ...(netuid === undefined ? {} : { netuid }),
    onEvent: (event) => {
      if (event.type === "validator-online") online.add(event.url);
      for (const listener of listeners) listener(event);
    },
  });
  const opened: Awaited<ReturnType<typeof openPreview>>[] = [];
  ctx.defer(async () => {
    for (const preview of opened) await preview.close();
  });
  ctx.defer(() => miner.stop());
  return {
    booth,
    hotkey: signer.address,
    preview: async (duel) => {
      const preview = opened[0] ?? (await openPreview());
      if (opened.length === 0) opened.push(preview);
      return preview.show([duel.a, duel.b]);
    },
    earned: async () => lastEarned(ctx, signer, [...online]),
    subscribe: (on) => {
      listeners.add(on);
      return () => listeners.delete(on);
    },
    stop: miner.stop,
  };
}

async function chainValidators(ctx: Context, signer: Signer) {
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("../miner/find-validators.ts");
  return chainDirectory(await openChain(ctx), netuid, { allow: [], block: [], own: [signer.address] });
}

async function lastEarned(ctx: Context, signer: Signer, urls: readonly string[]): Promise<string | undefined> {
  const { connectValidator } = await import("../../../miner/client.ts");
  for (const url of urls) {
    try {
      const me = await connectValidator({ url }, { signer, clock: ctx.clock }).me(ctx.signal);
      const votes = me.tasks.filter(({ role }) => role === "discriminator").slice(-3);
      if (votes.length === 0) continue;
      return `Last settled: ${votes.map(({ earned, reason }) => `${earned >= 0 ? "+" : ""}${earned.toFixed(3)} ${reason}`).join(", ")}`;
    } catch {
      // It will be asked again; a status line is not worth an error.
    }
  }
  return undefined;
}
