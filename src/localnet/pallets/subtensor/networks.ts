import { firstEpochBase } from "../../../yuma/schedule.ts";
import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import type { Tagged } from "../../scale/codec.ts";
import { credit, debit, spendableRao } from "../accounts.ts";
import { ensureSubnetOwner, need, needSubnet } from "./checks.ts";
import { delegateRootValidators } from "./children.ts";
import { dissolve } from "./dissolve.ts";
import { subnetsOf } from "./emission.ts";
import { claimOrOwn } from "./hotkeys.ts";
import { appendNeuron } from "./neurons.ts";
import { alphaPriceRao } from "./pool-price.ts";
import { LastRateLimitedBlock } from "./rate-limits.ts";
import {
  BlocksSinceLastStep,
  Burn,
  FirstEmissionBlockNumber,
  ImmunityPeriod,
  LastEpochBlock,
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  NetworkLastLockCost,
  NetworkLockReductionInterval,
  NetworkMinLockCost,
  NetworkRateLimit,
  NetworkRegisteredAt,
  NetworkRegistrationAllowed,
  NetworksAdded,
  StartCallDelay,
  SubnetAlphaIn,
  SubnetEmissionEnabled,
  SubnetIdentitiesV3,
  SubnetLimit,
  SubnetLocked,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetTAO,
  SubtokenEnabled,
  Tempo,
  TokenSymbol,
  TotalNetworks,
  TotalStake,
  Yuma3On,
} from "./storage.ts";
import { freeSymbol, needFreeSymbol } from "./symbols.ts";

const NETWORK_LAST_REGISTERED: Tagged = { type: "NetworkLastRegistered" };
/** Block of the newest subnet's registration; 0 if there is none. */
const lastRegisteredBlock = (state: ReadableState): number =>
  Number(LastRateLimitedBlock.get(state, NETWORK_LAST_REGISTERED));

/** What `register_network` sets; other items keep their storage defaults (facts: node-subtensor spec 425, verified). */
const FRESH_SUBNET = {
  tempo: 360,
  immunityPeriod: 5_000,
  maxAllowedValidators: 64,
  minAllowedWeights: 1,
  maxAllowedUids: 256,
  burnRao: 1_000_000_000n,
  /** 1: alpha with a price; 0 would be one to one. */
  mechanism: 1,
} as const;

/**
 * What a subnet costs now, rao: twice the last price, falling to the minimum in a straight line.
 *
 * @see subtensor subnets/subnet.rs, get_network_lock_cost (spec 425).
 */
export function networkCostRao(state: ReadableState, block: number): bigint {
  const last = NetworkLastLockCost.get(state);
  const minimum = NetworkMinLockCost.get(state);
  const interval = NetworkLockReductionInterval.get(state);
  const lastBlock = lastRegisteredBlock(state);
  const raised = lastBlock === 0 ? last : last * 2n;
  const fall = interval === 0n ? 0n : (last / interval) * BigInt(Math.max(0, block - lastBlock));
  const cost = raised > fall ? raised - fall : 0n;
  return cost > minimum ? cost : minimum;
}

const freeNetuid = (state: ReadableState): number => {
  let netuid = 1;
  while (NetworksAdded.get(state, netuid)) netuid++;
  return netuid;
};

/** Fills in what a subnet is born with. */
function initialise(state: State, netuid: number, block: number): void {
  NetworksAdded.set(state, [netuid], true);
  TotalNetworks.update(state, [], (count) => count + 1);
  NetworkRegisteredAt.set(state, [netuid], BigInt(block));
  NetworkRegistrationAllowed.set(state, [netuid], true);
  Tempo.set(state, [netuid], FRESH_SUBNET.tempo);
  ImmunityPeriod.set(state, [netuid], FRESH_SUBNET.immunityPeriod);
  MaxAllowedValidators.set(state, [netuid], FRESH_SUBNET.maxAllowedValidators);
  MinAllowedWeights.set(state, [netuid], FRESH_SUBNET.minAllowedWeights);
  MaxAllowedUids.set(state, [netuid], FRESH_SUBNET.maxAllowedUids);
  Burn.set(state, [netuid], FRESH_SUBNET.burnRao);
  Yuma3On.set(state, [netuid], true);
  SubnetMechanism.set(state, [netuid], FRESH_SUBNET.mechanism);
  SubtokenEnabled.set(state, [netuid], false);
  TokenSymbol.set(state, [netuid], freeSymbol(state, netuid));
  LastEpochBlock.set(state, [netuid], BigInt(Math.max(0, firstEpochBase(block, netuid, FRESH_SUBNET.tempo))));
  BlocksSinceLastStep.set(state, [netuid], 0n);
}

const RAO = 1_000_000_000n;

/** The middle one of the subnets' prices, rao; 1 TAO where there is no subnet. What a new pool begins at. */
function medianPriceRao(state: ReadableState): bigint {
  const prices = subnetsOf(state)
    .map((netuid) => alphaPriceRao(state, netuid))
    .filter((price) => price > 0n)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = prices[prices.length >> 1];
  const lower = prices[(prices.length - 1) >> 1];
  return upper === undefined || lower === undefined ? RAO : (upper + lower) / 2n;
}

type Identity = Readonly<Record<string, Uint8Array>>;

/** Creates a subnet for the price of the moment; the owner's hotkey becomes uid 0. */
function register(execution: Execution, origin: Origin, hotkey: string, identity: Identity | undefined): void {
  const { state, blockNumber } = execution;
  const coldkey = ensureSigned(origin);
  const last = lastRegisteredBlock(state);
  need(last === 0 || BigInt(blockNumber - last) >= NetworkRateLimit.get(state), "NetworkTxRateLimitExceeded");
  need(TotalNetworks.get(state) <= SubnetLimit.get(state), "SubnetLimitReached");
  const costRao = networkCostRao(state, blockNumber);
  need(spendableRao(state, coldkey, true) >= costRao, "CannotAffordLockCost");
  claimOrOwn(state, coldkey, hotkey);

  const netuid = freeNetuid(state);
  const priceRao = medianPriceRao(state);
  debit(execution, coldkey, costRao, { keepAlive: true, burned: true });
  NetworkLastLockCost.set(state, [], costRao);
  LastRateLimitedBlock.set(state, [NETWORK_LAST_REGISTERED], BigInt(blockNumber));
  initialise(state, netuid, blockNumber);
  const floor = NetworkMinLockCost.get(state);
  const poolRao = costRao > floor ? costRao : floor;
  SubnetTAO.set(state, [netuid], poolRao);
  SubnetAlphaIn.set(state, [netuid], (poolRao * RAO) / priceRao);
  TotalStake.update(state, [], (total) => total + poolRao);
  // Root switches the flow of TAO on; alpha is emitted from the start.
  SubnetEmissionEnabled.set(state, [netuid], false);
  SubnetLocked.set(state, [netuid], costRao);
  SubnetOwner.set(state, [netuid], coldkey);
  SubnetOwnerHotkey.set(state, [netuid], hotkey);
  appendNeuron(state, netuid, hotkey, blockNumber);
  if (identity !== undefined) {
    SubnetIdentitiesV3.set(state, [netuid], identity);
    execution.emit("SubtensorModule", "SubnetIdentitySet", netuid);
  }
  delegateRootValidators(execution, netuid, hotkey);
  execution.emit("SubtensorModule", "NetworkAdded", [netuid, FRESH_SUBNET.mechanism]);
}

export const networkCalls: CallHandlers = {
  register_network: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) =>
    register(execution, origin, hotkey, undefined),
  register_network_with_identity: (
    execution: Execution,
    origin: Origin,
    { hotkey, identity }: { hotkey: string; identity: Identity | undefined },
  ) => register(execution, origin, hotkey, identity),

  start_call: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    const { state, blockNumber } = execution;
    needSubnet(state, netuid);
    ensureSubnetOwner(state, origin, netuid);
    need(FirstEmissionBlockNumber.get(state, netuid) === undefined, "FirstEmissionBlockNumberAlreadySet");
    const ready = NetworkRegisteredAt.get(state, netuid) + StartCallDelay.get(state);
    need(BigInt(blockNumber) >= ready, "NeedWaitingMoreBlocksToStarCall");
    const first = BigInt(blockNumber + 1);
    FirstEmissionBlockNumber.set(state, [netuid], first);
    SubtokenEnabled.set(state, [netuid], true);
    execution.emit("SubtensorModule", "FirstEmissionBlockNumberSet", [netuid, first]);
  },

  update_symbol: (execution: Execution, origin: Origin, { netuid, symbol }: { netuid: number; symbol: Uint8Array }) => {
    if (origin.type !== "root") ensureSubnetOwner(execution.state, origin, netuid);
    needFreeSymbol(execution.state, symbol);
    TokenSymbol.set(execution.state, [netuid], symbol);
    execution.emit("SubtensorModule", "SymbolUpdated", { netuid, symbol });
  },

  dissolve_network: (execution: Execution, origin: Origin, { netuid }: { coldkey: string; netuid: number }) => {
    ensureRoot(origin);
    remove(execution, netuid);
  },
  root_dissolve_network: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    ensureRoot(origin);
    remove(execution, netuid);
  },
};

/** Ends a subnet: stakers and the owner get the pool's TAO back by their alpha. */
function remove(execution: Execution, netuid: number): void {
  needSubnet(execution.state, netuid);
  need(netuid !== 0, "SubnetNotExists");
  for (const [coldkey, rao] of dissolve(execution.state, netuid)) credit(execution, coldkey, rao, { minted: true });
  execution.emit("SubtensorModule", "NetworkRemoved", netuid);
}
