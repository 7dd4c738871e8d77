import { Command } from "commander";
import { type MechId, parseMechId, parseUid, toHotkey, toMechId, type Uid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context, OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { hotkeyAddress } from "../../open-wallet.ts";
import { drawTable } from "../../table.ts";
import { whenAllowed } from "./plan-table.ts";

interface ShowFlags {
  readonly mechid: MechId;
  readonly uid?: Uid;
}

/** `weights show`: what the chain holds, of everybody or of one. */
export const weightsShow = (open: OpenContext): Command =>
  new Command("show")
    .description("Weights that the chain holds, and when the hotkey (-H) may set its own")
    .option("--mechid <mechid>", "a mechanism of the subnet", parseMechId, toMechId(0))
    .option("--uid <uid>", "only this setter's", parseUid)
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum weights show --netuid 1\n  $ colosseum weights show --netuid 1 --uid 0 --json\n",
    )
    .action(async (flags: ShowFlags, command: Command) => {
      await using ctx = await open(command);
      const client = await openChain(ctx, { reading: true });
      const { rows: shown, sealed } = await readRows(ctx, client, flags);
      const own = await ownTiming(ctx, client, flags.mechid);
      const data = { netuid: ctx.netuid(), mechid: flags.mechid, rows: shown, sealed, own: own?.data ?? null };
      ctx.out.result(data, () =>
        [
          drawRows(shown, ctx.out.columns),
          ...(sealed.length === 0 ? [] : ["", drawSealed(sealed)]),
          ...(own === undefined ? [] : ["", own.text]),
        ].join("\n"),
      );
    });

async function readRows(ctx: Context, client: ChainClient, flags: ShowFlags) {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { fetchRows, fetchSealedCommits } = await import("../../../chain/weights-stored.ts");
  const [metagraph, stored, commits] = await Promise.all([
    fetchMetagraph(client, ctx.netuid(), flags.mechid),
    fetchRows(client, ctx.netuid(), flags.mechid),
    fetchSealedCommits(client, ctx.netuid(), flags.mechid),
  ]);
  const hotkeyOf = (uid: number): string | null => metagraph.neurons[uid]?.hotkey ?? null;
  const sealed = commits
    .map(({ hotkey, block, round }) => {
      const uid = metagraph.neurons.find((neuron) => neuron.hotkey === hotkey)?.uid ?? null;
      return { uid, hotkey, block, revealRound: round };
    })
    .filter(({ uid }) => flags.uid === undefined || flags.uid === uid);
  const rows = [...stored]
    .filter(([uid, row]) => row.size > 0 && (flags.uid === undefined || flags.uid === uid))
    .sort(([a], [b]) => a - b)
    .map(([uid, row]) => ({
      uid,
      hotkey: hotkeyOf(uid),
      lastUpdate: metagraph.neurons[uid]?.lastUpdate ?? 0,
      weights: [...row].map(([target, value]) => ({ uid: target, hotkey: hotkeyOf(target), value })),
    }));
  return { rows, sealed };
}

type Shown = Awaited<ReturnType<typeof readRows>>;

/** What nobody can read yet; the rows above are from before it. */
function drawSealed(sealed: Shown["sealed"]): string {
  const named = sealed.map(({ uid, block }) => `uid ${uid ?? "-"} at block ${block}`);
  return `Committed and still sealed, not yet in the rows above: ${named.join(", ")}.`;
}

/** When the chosen hotkey may set weights; undefined where no wallet is there to ask about. */
async function ownTiming(ctx: Context, client: ChainClient, mechid: MechId) {
  const hotkey = await hotkeyAddress(ctx).catch(() => undefined);
  if (hotkey === undefined) return undefined;
  const { fetchWeightsFacts } = await import("../../../chain/weights-facts.ts");
  const { blocksUntilAllowed } = await import("../../../chain/weights-plan.ts");
  const facts = await fetchWeightsFacts(client, ctx.netuid(), mechid, toHotkey(hotkey));
  const canSetInBlocks = blocksUntilAllowed(facts);
  const uid = facts.self?.uid ?? null;
  // Registering counts as an update, though nothing was set.
  const isNew = facts.lastUpdate === 0 || facts.lastUpdate === facts.self?.registeredAtBlock;
  const last = isNew ? "never set" : `set at block ${facts.lastUpdate}`;
  return {
    data: { hotkey, uid, lastUpdate: facts.lastUpdate, canSetInBlocks, permit: facts.self?.permit ?? false },
    text:
      uid === null
        ? `Your hotkey ${hotkey} is not registered here.`
        : `Your hotkey is uid ${uid}; its weights were ${last} and may be set ${whenAllowed(canSetInBlocks, facts)}.`,
  };
}

function drawRows(rows: Shown["rows"], width: number): string {
  if (rows.length === 0) return "There are no open weights.";
  return drawTable(
    [
      { title: "SETTER", align: "right" },
      { title: "UPDATED", align: "right", priority: 1 },
      { title: "UID", align: "right" },
      { title: "HOTKEY", min: 10 },
      { title: "U16", align: "right" },
    ],
    rows.flatMap(({ uid, lastUpdate, weights }) =>
      weights.map((weight, index) => [
        index === 0 ? String(uid) : "",
        index === 0 ? String(lastUpdate) : "",
        String(weight.uid),
        weight.hotkey ?? "-",
        String(weight.value),
      ]),
    ),
    width,
  );
}
