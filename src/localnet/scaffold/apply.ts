import type { Execution, Origin } from "../engine/execution.ts";
import { ROOT } from "../engine/execution.ts";
import { credit, EXISTENTIAL_DEPOSIT_RAO } from "../pallets/accounts.ts";
import { networkCostRao } from "../pallets/subtensor/networks.ts";
import { Burn, MinBurn, NetworksAdded, SubnetworkN } from "../pallets/subtensor/storage.ts";
import type { PlannedSubnet } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** What a scaffold made of a subnet. */
export interface BuiltSubnet {
  readonly netuid: number;
  readonly neurons: number;
}

/**
 * Makes the subnets by the chain's own calls, as their owners, coldkeys and root would, so that all its checks hold.
 * What they cost is minted for those who pay it, and every slot is sold at the lowest price.
 *
 * @throws ScaffoldError where a call fails; the caller takes the changes back.
 */
export function applyScaffold(execution: Execution, subnets: readonly PlannedSubnet[]): BuiltSubnet[] {
  return subnets.map((subnet, index) => buildSubnet(execution, subnet, `$.subnets[${index}]`));
}

function buildSubnet(execution: Execution, subnet: PlannedSubnet, where: string): BuiltSubnet {
  const { state, blockNumber } = execution;
  const must = (at: string, origin: Origin, pallet: string, name: string, args: Record<string, unknown>): void => {
    const failure = execution.dispatch(origin, { pallet, name, args });
    if (failure !== undefined)
      throw new ScaffoldError(at, `cannot be made: ${pallet}.${name} fails: ${failure.message}`);
  };
  const pay = (account: string, rao: bigint): void =>
    credit(execution, account, rao + EXISTENTIAL_DEPOSIT_RAO, { minted: true });
  const owner: Origin = { type: "signed", who: subnet.owner };

  const before = new Set([...NetworksAdded.entries(state)].map(([[netuid]]) => netuid));
  pay(subnet.owner, networkCostRao(state, blockNumber));
  must(where, owner, "SubtensorModule", "register_network", { hotkey: subnet.ownerHotkey });
  const netuid = [...NetworksAdded.entries(state)].map(([[added]]) => added).find((added) => !before.has(added));
  if (netuid === undefined) throw new ScaffoldError(where, "was not made");
  if (subnet.start) must(`${where}.start`, owner, "SubtensorModule", "start_call", { netuid });
  // The tempo last: with a short one every block is shortly before an epoch, when rules may not change.
  const settings = [...subnet.settings].sort((a, b) => Number(a.name === "tempo") - Number(b.name === "tempo"));
  for (const { name, call, argument, value } of settings)
    must(`${where}.hyperparameters.${name}`, ROOT, "AdminUtils", call, { netuid, [argument]: value });

  const priceRao = Burn.get(state, netuid);
  subnet.neurons.forEach(({ hotkey, coldkey, stakeRao }, index) => {
    const at = `${where}.neurons[${index}]`;
    const signer: Origin = { type: "signed", who: coldkey };
    // Each sale raises the price; a few hundred in a row would cost more than there is.
    Burn.set(state, [netuid], MinBurn.get(state, netuid));
    pay(coldkey, MinBurn.get(state, netuid));
    must(at, signer, "SubtensorModule", "burned_register", { netuid, hotkey });
    if (stakeRao === 0n) return;
    pay(coldkey, stakeRao);
    must(`${at}.stakeTao`, signer, "SubtensorModule", "add_stake", { hotkey, netuid, amount_staked: stakeRao });
  });
  Burn.set(state, [netuid], priceRao);
  return { netuid, neurons: SubnetworkN.get(state, netuid) };
}
