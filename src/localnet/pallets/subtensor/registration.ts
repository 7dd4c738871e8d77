import { type BurnSettings, burnAfterRegistration, chooseEvicted } from "../../../yuma/registration.ts";
import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { debit, spendableRao } from "../accounts.ts";
import { need, needSubnet } from "./checks.ts";
import { claimOrOwn } from "./hotkeys.ts";
import { immuneOwnerUids } from "./immune-owners.ts";
import { appendNeuron, replaceNeuron } from "./neurons.ts";
import { buyAlpha } from "./pool-price.ts";
import { hotkeyAlphaRao } from "./share-pool.ts";
import {
  BlockAtRegistration,
  Burn,
  BurnHalfLife,
  BurnIncreaseMult,
  BurnRegistrationsThisInterval,
  Emission,
  ImmunityPeriod,
  Keys,
  MaxAllowedUids,
  MaxBurn,
  MinBurn,
  MinNonImmuneUids,
  NetworkRegistrationAllowed,
  RAORecycledForRegistration,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  ROOT_NETUID,
  SubnetAlphaOut,
  SubnetworkN,
  Uids,
} from "./storage.ts";

export const burnSettings = (state: ReadableState, netuid: number): BurnSettings => ({
  minBurnRao: MinBurn.get(state, netuid),
  maxBurnRao: MaxBurn.get(state, netuid),
  halfLifeBlocks: BurnHalfLife.get(state, netuid),
  increaseBits: BurnIncreaseMult.get(state, netuid).bits,
});

/** Who would lose its slot if somebody registered now; undefined where nobody can. */
export function evictedUid(state: ReadableState, netuid: number, block: number): number | undefined {
  const emission = Emission.get(state, netuid);
  const immortal = immuneOwnerUids(state, netuid);
  return chooseEvicted({
    neurons: Array.from({ length: SubnetworkN.get(state, netuid) }, (_, uid) => ({
      uid,
      emissionRao: emission[uid] ?? 0n,
      blockAtRegistration: Number(BlockAtRegistration.get(state, netuid, uid)),
    })),
    block,
    immunityPeriodBlocks: ImmunityPeriod.get(state, netuid),
    minNonImmuneUids: MinNonImmuneUids.get(state, netuid),
    ownerUid: immortal[0],
    ownerColdkeyUids: immortal,
    immuneOwnerUidsLimit: immortal.length,
  });
}

function takeSlot(execution: Execution, netuid: number, hotkey: string): number {
  const { state, blockNumber } = execution;
  if (SubnetworkN.get(state, netuid) < MaxAllowedUids.get(state, netuid))
    return appendNeuron(state, netuid, hotkey, blockNumber);
  const uid = evictedUid(state, netuid, blockNumber);
  need(uid !== undefined, "NoNeuronIdAvailable");
  replaceNeuron(state, netuid, uid, hotkey, blockNumber);
  return uid;
}

/** Sells a slot at the price of the moment, which then rises. */
function register(execution: Execution, origin: Origin, netuid: number, hotkey: string, limitRao?: bigint): void {
  const { state } = execution;
  const coldkey = ensureSigned(origin);
  need(netuid !== ROOT_NETUID, "RegistrationNotPermittedOnRootSubnet");
  needSubnet(state, netuid);
  need(NetworkRegistrationAllowed.get(state, netuid), "SubNetRegistrationDisabled");
  need(Uids.get(state, netuid, hotkey) === undefined, "HotKeyAlreadyRegisteredInSubNet");
  const priceRao = Burn.get(state, netuid);
  need(limitRao === undefined || priceRao <= limitRao, "RegistrationPriceLimitExceeded");
  need(spendableRao(state, coldkey, true) >= priceRao, "NotEnoughBalanceToStake");
  claimOrOwn(state, coldkey, hotkey);

  debit(execution, coldkey, priceRao, { keepAlive: true, burned: true });
  const { gotRao } = buyAlpha(state, netuid, priceRao);
  // The alpha that the price bought leaves circulation.
  SubnetAlphaOut.update(state, [netuid], (alpha) => alpha - gotRao);
  RAORecycledForRegistration.update(state, [netuid], (rao) => rao + priceRao);
  const uid = takeSlot(execution, netuid, hotkey);
  Burn.set(state, [netuid], burnAfterRegistration(priceRao, burnSettings(state, netuid)));
  for (const item of [RegistrationsThisBlock, RegistrationsThisInterval, BurnRegistrationsThisInterval]) {
    item.update(state, [netuid], (count) => Math.min(65_535, count + 1));
  }
  execution.emit("SubtensorModule", "NeuronRegistered", [netuid, uid, hotkey]);
}

/** Root has 64 seats; a newcomer with more stake takes the seat of the lowest. */
function registerOnRoot(execution: Execution, origin: Origin, hotkey: string): void {
  const { state, blockNumber } = execution;
  const coldkey = ensureSigned(origin);
  need(Uids.get(state, ROOT_NETUID, hotkey) === undefined, "HotKeyAlreadyRegisteredInSubNet");
  claimOrOwn(state, coldkey, hotkey);
  const seats = SubnetworkN.get(state, ROOT_NETUID);
  let uid: number;
  if (seats < MaxAllowedUids.get(state, ROOT_NETUID)) {
    uid = appendNeuron(state, ROOT_NETUID, hotkey, blockNumber);
  } else {
    const stakes = Array.from({ length: seats }, (_, seat) => ({
      seat,
      rao: hotkeyAlphaRao(state, Keys.get(state, ROOT_NETUID, seat), ROOT_NETUID),
    }));
    const lowest = stakes.reduce((low, candidate) => (candidate.rao < low.rao ? candidate : low));
    need(hotkeyAlphaRao(state, hotkey, ROOT_NETUID) > lowest.rao, "StakeTooLowForRoot");
    uid = lowest.seat;
    replaceNeuron(state, ROOT_NETUID, uid, hotkey, blockNumber);
  }
  execution.emit("SubtensorModule", "NeuronRegistered", [ROOT_NETUID, uid, hotkey]);
}

interface RegisterArgs {
  readonly netuid: number;
  readonly hotkey: string;
}

export const registrationCalls: CallHandlers = {
  burned_register: (execution: Execution, origin: Origin, { netuid, hotkey }: RegisterArgs) =>
    register(execution, origin, netuid, hotkey),
  register_limit: (
    execution: Execution,
    origin: Origin,
    { netuid, hotkey, limit_price }: RegisterArgs & { limit_price: bigint },
  ) => register(execution, origin, netuid, hotkey, limit_price),
  /** The old proof-of-work call keeps its arguments and ignores the work, as the runtime does since spec 425. */
  register: (execution: Execution, origin: Origin, { netuid, hotkey }: RegisterArgs) =>
    register(execution, origin, netuid, hotkey),
  root_register: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) =>
    registerOnRoot(execution, origin, hotkey),
};
