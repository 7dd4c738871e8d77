import { showDuration } from "../../../base/units.ts";
import type { Block } from "../../../localnet/engine/block.ts";
import type { Made } from "../../../localnet/engine/chain.ts";
import type { BlockTime } from "../../../localnet/engine/producer.ts";
import type { Localnet } from "../../../localnet/server.ts";
import type { BlockLine, LocalnetEvent } from "../../../ui/localnet-events.ts";
import type { Context } from "../../context.ts";
import { ScreenFeed, screenPlace } from "../../screen-feed.ts";
import { accountText, callText, eventText, isUsual, type Names } from "./describe-values.ts";
import { neuronsEvent } from "./neuron-lines.ts";

/** Neurons are read anew so often, if a block came: reading hundreds at every block of 10 ms would slow the chain. */
const NEURONS_EVERY_MS = 500;

const blockTimeText = (blockTime: BlockTime): string =>
  typeof blockTime === "number" ? `a block every ${showDuration(blockTime)}` : `${blockTime} blocks`;

/** Shows the chain on the whole terminal. @returns What takes the screen down; `quit` settles when somebody leaves it. */
export async function liveScreen(
  ctx: Context,
  localnet: Localnet,
  blockTime: BlockTime,
  names: Names,
): Promise<{ close: () => Promise<void>; quit: Promise<void> }> {
  const { showLocalnet } = await import("../../../ui/localnet-screen.tsx");
  const { chain } = localnet;
  const feed = new ScreenFeed<LocalnetEvent>();
  let chosen = 0;
  let shown = "";
  const neurons = (): void => {
    const { head } = chain;
    const now = `${chosen} ${head.hash}`;
    if (now === shown) return;
    shown = now;
    feed.tell(neuronsEvent(head.tree, head.header.number, chosen, names));
  };
  let left: () => void = () => undefined;
  const quit = new Promise<void>((resolve) => {
    left = resolve;
  });
  feed.tell({ type: "replaced", atMs: ctx.clock.nowMs(), block: blockLine(chain.head, undefined) });
  feed.tell({ type: "note", atMs: ctx.clock.nowMs(), text: "" });
  neurons();
  const screen = showLocalnet({
    title: `${localnet.url}, ${blockTimeText(blockTime)}`,
    accounts: localnet.accounts,
    phrase: localnet.phrase,
    ...(await screenPlace(ctx)),
    subscribe: feed.subscribe,
    onMine: () => localnet.mine(1),
    onNextSubnet: () => {
      chosen++;
      neurons();
    },
    onQuit: (by) => {
      feed.tell({ type: "note", atMs: ctx.clock.nowMs(), text: "Stopping the chain…" });
      if (by === "ctrl-c") ctx.interrupt();
      else left();
    },
  });
  const stopListening = chain.listen({ block: (block, made) => feed.tell(blockEvent(ctx, block, made, names)) });
  const timer = setInterval(() => {
    feed.tell({ type: "tick", atMs: ctx.clock.nowMs() });
    neurons();
  }, NEURONS_EVERY_MS);
  return {
    quit,
    close: async () => {
      clearInterval(timer);
      stopListening();
      await screen.close();
    },
  };
}

const blockLine = ({ header, hash }: Block, made: Made | undefined): BlockLine => ({
  number: header.number,
  hash,
  extrinsics: made?.outcomes.length ?? 0,
  failed: made?.outcomes.filter(({ failure }) => failure !== undefined).length ?? 0,
  events: made?.events.length ?? 0,
});

function blockEvent(ctx: Context, block: Block, made: Made, names: Names): LocalnetEvent {
  const atMs = ctx.clock.nowMs();
  const { number } = block.header;
  if (made.changes === undefined) return { type: "replaced", atMs, block: blockLine(block, undefined) };
  return {
    type: "block",
    atMs,
    block: blockLine(block, made),
    extrinsics: made.outcomes.map(({ extrinsic, failure }) => ({
      block: number,
      signer: extrinsic.author === undefined ? "" : accountText(extrinsic.author.who, names),
      call: callText(extrinsic.call, names),
      error: failure?.message ?? null,
    })),
    events: made.events
      .filter(({ pallet, name }) => !isUsual(pallet, name))
      .map(({ pallet, name, fields }) => ({ block: number, text: eventText(pallet, name, fields, names) })),
  };
}
