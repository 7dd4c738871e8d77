import { Command } from "commander";
import type { Netuid } from "../../../base/ids.ts";
import { formatTao, showTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Metagraph } from "../../../chain/metagraph.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";

export const subnetShow = (open: OpenContext): Command =>
  new Command("show")
    .description("One subnet: owner, price, epoch, weights rules")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum subnet show --netuid 1\n  $ colosseum subnet show --netuid 1 -n test --json\n",
    )
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const client = await openChain(ctx, { reading: true });
      const facts = await subnetFacts(client, netuid);
      ctx.out.result(facts, () => drawFacts(facts));
    });

async function subnetFacts(client: ChainClient, netuid: Netuid) {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { fetchAlphaPriceRao } = await import("../../../chain/stake.ts");
  const { plainBool, plainNumber } = await import("../../../chain/plain.ts");
  const [metagraph, priceRao, [started, index, last, mechanisms], blockTimeMs] = await Promise.all([
    fetchMetagraph(client, netuid),
    fetchAlphaPriceRao(client, netuid),
    client.storages([
      { pallet: "SubtensorModule", name: "SubtokenEnabled", args: [netuid] },
      { pallet: "SubtensorModule", name: "SubnetEpochIndex", args: [netuid] },
      { pallet: "SubtensorModule", name: "LastEpochBlock", args: [netuid] },
      { pallet: "SubtensorModule", name: "MechanismCountCurrent", args: [netuid] },
    ]),
    client.blockTimeMs(),
  ]);
  const lastEpochBlock = plainNumber(last, "LastEpochBlock");
  return {
    netuid,
    block: metagraph.block,
    name: metagraph.name,
    symbol: metagraph.symbol,
    ownerColdkey: metagraph.ownerColdkey,
    ownerHotkey: metagraph.ownerHotkey,
    started: plainBool(started, "SubtokenEnabled"),
    n: metagraph.n,
    maxUids: metagraph.maxUids,
    validators: metagraph.neurons.filter(({ permit }) => permit).length,
    slotCostsTao: formatTao(metagraph.burnRao),
    registrationAllowed: metagraph.registrationAllowed,
    alphaPriceTao: formatTao(priceRao),
    tempo: metagraph.tempo,
    epochIndex: plainNumber(index, "SubnetEpochIndex"),
    blocksToEpoch: metagraph.tempo === 0 ? null : Math.max(0, lastEpochBlock + metagraph.tempo - metagraph.block),
    blockTimeMs,
    mechanisms: plainNumber(mechanisms, "MechanismCountCurrent"),
    commitReveal: metagraph.commitRevealEnabled,
    weightsRateLimit: metagraph.weightsRateLimit,
    minAllowedWeights: metagraph.minAllowedWeights,
    immunityPeriod: metagraph.immunityPeriod,
    isFull: metagraph.n >= metagraph.maxUids,
    nextPruned: nextPruned(metagraph),
  };
}

/** Who would go if a newcomer came; null as long as there is a free slot, or where nobody can be replaced. */
function nextPruned({ n, maxUids, neurons, nextPruned }: Metagraph): { uid: number; hotkey: string } | null {
  const next = n < maxUids ? undefined : neurons.find(({ uid }) => uid === nextPruned);
  return next === undefined ? null : { uid: next.uid, hotkey: next.hotkey };
}

function drawFacts(facts: Awaited<ReturnType<typeof subnetFacts>>): string {
  const blocks = (count: number): string => `${count} ${count === 1 ? "block" : "blocks"}`;
  const rows: readonly (readonly [string, string])[] = [
    ["Subnet", `${facts.netuid} ${facts.name} ${facts.symbol}`.trim()],
    ["Owner", facts.ownerColdkey],
    ["Owner's hotkey", facts.ownerHotkey],
    ["State", facts.started ? "started" : "not started: its owner runs colosseum subnet start"],
    ["Neurons", `${facts.n} of ${facts.maxUids}, ${facts.validators} with a validator permit`],
    ["A slot costs", `${shown(facts.slotCostsTao)}${facts.registrationAllowed ? "" : " (registration is closed)"}`],
    ["Next pruned", drawPruned(facts)],
    ["One alpha", shown(facts.alphaPriceTao)],
    [
      "Epoch",
      facts.blocksToEpoch === null
        ? "never (tempo 0)"
        : `every ${blocks(facts.tempo)}, next in ${blocks(facts.blocksToEpoch)}`,
    ],
    ["Weights", `${facts.commitReveal ? "commit and reveal" : "plain"}, again after ${blocks(facts.weightsRateLimit)}`],
    ["Immunity", blocks(facts.immunityPeriod)],
    ["At block", String(facts.block)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(16)}${value}`).join("\n");
}

function drawPruned({ isFull, nextPruned }: { isFull: boolean; nextPruned: { uid: number } | null }): string {
  if (!isFull) return "nobody, there are free slots";
  return nextPruned === null ? "nobody can be replaced now" : `uid ${nextPruned.uid}`;
}

const shown = (tao: string): string => showTao(BigInt(tao.replace(".", "")));
