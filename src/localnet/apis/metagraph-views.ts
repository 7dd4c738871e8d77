import type { Block } from "../engine/block.ts";
import { schema } from "../engine/schema.ts";
import type { ReadableState } from "../engine/state.ts";
import { CommitmentOf } from "../pallets/commitments.ts";
import { padded } from "../pallets/subtensor/neurons.ts";
import { inheritedAlphaRao, stakeWeightRao } from "../pallets/subtensor/stake-weight.ts";
import * as s from "../pallets/subtensor/storage.ts";
import type { ApiHandlers } from "./runtime-apis.ts";
import { hyperparameters, ifExists, netuidsOf, poolView, subnetName } from "./subnet-views.ts";

const NO_AXON: s.AxonInfo = {
  block: 0n,
  version: 0,
  ip: 0n,
  port: 0,
  ip_type: 0,
  protocol: 0,
  placeholder1: 0,
  placeholder2: 0,
};

export const axonOf = (state: ReadableState, netuid: number, hotkey: string): s.AxonInfo =>
  s.Axons.get(state, netuid, hotkey) ?? NO_AXON;

/** Nobody is scored for pruning any more; the chain answers with the maximum. */
export const PRUNING_SCORE = 65_535;

/** Columns over the neurons of a subnet, by uid. */
function columns(state: ReadableState, netuid: number, index: number) {
  const n = s.SubnetworkN.get(state, netuid);
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const hotkeys = uids.map((uid) => s.Keys.get(state, netuid, uid));
  const coldkeys = hotkeys.map((hotkey) => s.Owner.get(state, hotkey));
  const alpha = hotkeys.map((hotkey) => inheritedAlphaRao(state, netuid, hotkey));
  const total = hotkeys.map((hotkey) => stakeWeightRao(state, netuid, hotkey));
  const incentives = padded(s.Incentive.get(state, index), n, 0);
  const zeros = uids.map(() => 0);
  const none = uids.map(() => 0n);
  return {
    hotkeys,
    coldkeys,
    identities: coldkeys.map((coldkey) => s.IdentitiesV2.get(state, coldkey)),
    axons: hotkeys.map((hotkey) => axonOf(state, netuid, hotkey)),
    active: padded(s.Active.get(state, netuid), n, false),
    validator_permit: padded(s.ValidatorPermit.get(state, netuid), n, false),
    pruning_score: uids.map(() => PRUNING_SCORE),
    last_update: padded(s.LastUpdate.get(state, index), n, 0n),
    emission: padded(s.Emission.get(state, netuid), n, 0n),
    dividends: padded(s.Dividends.get(state, netuid), n, 0),
    incentives,
    consensus: padded(s.Consensus.get(state, netuid), n, 0),
    trust: zeros,
    rank: incentives,
    block_at_registration: uids.map((uid) => s.BlockAtRegistration.get(state, netuid, uid)),
    alpha_stake: alpha,
    tao_stake: total.map((rao, uid) => rao - (alpha[uid] ?? 0n)),
    total_stake: total,
    collateral_locked: none,
    collateral_min: none,
    collateral_earned: none,
  };
}

const perHotkey = (item: typeof s.AlphaDividendsPerSubnet, state: ReadableState, netuid: number): [string, bigint][] =>
  [...item.entries(state, netuid)].map(([[, hotkey], rao]) => [hotkey, rao]);

function metagraph(block: Block, netuid: number, mecid = 0) {
  const state = block.tree;
  return {
    netuid,
    name: [...Buffer.from(subnetName(state, netuid), "utf8")],
    symbol: [...s.TokenSymbol.get(state, netuid)],
    identity: s.SubnetIdentitiesV3.get(state, netuid),
    block: block.header.number,
    subnet_emission: s.SubnetTaoInEmission.get(state, netuid),
    ...poolView(state, netuid),
    ...hyperparameters(state, netuid),
    num_uids: s.SubnetworkN.get(state, netuid),
    max_uids: s.MaxAllowedUids.get(state, netuid),
    burn: s.Burn.get(state, netuid),
    pow_registration_allowed: s.NetworkPowRegistrationAllowed.get(state, netuid),
    ...columns(state, netuid, s.mechanismIndex(netuid, mecid)),
    tao_dividends_per_hotkey: perHotkey(s.RootAlphaDividendsPerSubnet, state, netuid),
    alpha_dividends_per_hotkey: perHotkey(s.AlphaDividendsPerSubnet, state, netuid),
  };
}

/** uids with a permit. */
const validators = (state: ReadableState, netuid: number): number[] =>
  padded(s.ValidatorPermit.get(state, netuid), s.SubnetworkN.get(state, netuid), false).flatMap((permit, uid) =>
    permit ? [uid] : [],
  );

/** What each member committed, as SCALE of its commitment. */
const commitments = (state: ReadableState, netuid: number): [string, number[]][] =>
  [...CommitmentOf.entries(state, netuid)].flatMap(([[, who], registration]) =>
    registration === undefined || s.Uids.get(state, netuid, who) === undefined
      ? []
      : [[who, [...schema.encode("CommitmentInfo", registration.info)]] as [string, number[]]],
  );

/** Fields of the selective metagraph in the order of their indexes. */
const selectable = (): readonly string[] => {
  const { definition } = schema.types.named("SelectiveMetagraph");
  return definition.kind === "composite" ? definition.fields.map(({ name = "" }) => name) : [];
};

/** Only the wanted fields; one that was not asked for is None. */
function selective(block: Block, netuid: number, mecid: number, wanted: readonly number[]): unknown {
  const state = block.tree;
  const all: Readonly<Record<string, unknown>> = {
    ...metagraph(block, netuid, mecid),
    validators: validators(state, netuid),
    commitments: commitments(state, netuid),
  };
  const names = selectable();
  const picked: Record<string, unknown> = { netuid };
  for (const index of wanted) {
    const name = names[index];
    if (name !== undefined) picked[name] = all[name];
  }
  return picked;
}

const subnetState = (state: ReadableState, netuid: number) => ({
  netuid,
  ...columns(state, netuid, netuid),
  emission_history: [],
});

/** The metagraphs of SubnetInfoRuntimeApi. */
export const metagraphApis: ApiHandlers = {
  SubnetInfoRuntimeApi_get_metagraph: (block, [netuid]) =>
    ifExists(block.tree, netuid as number, () => metagraph(block, netuid as number)),
  SubnetInfoRuntimeApi_get_all_metagraphs: (block) => netuidsOf(block.tree).map((netuid) => metagraph(block, netuid)),
  SubnetInfoRuntimeApi_get_mechagraph: (block, [netuid, mecid]) =>
    hasMechanism(block.tree, netuid as number, mecid as number)
      ? metagraph(block, netuid as number, mecid as number)
      : undefined,
  SubnetInfoRuntimeApi_get_all_mechagraphs: (block) =>
    netuidsOf(block.tree).flatMap((netuid) =>
      Array.from({ length: s.MechanismCountCurrent.get(block.tree, netuid) }, (_, mecid) =>
        metagraph(block, netuid, mecid),
      ),
    ),
  SubnetInfoRuntimeApi_get_selective_metagraph: (block, [netuid, wanted]) =>
    ifExists(block.tree, netuid as number, () => selective(block, netuid as number, 0, wanted as readonly number[])),
  SubnetInfoRuntimeApi_get_selective_mechagraph: (block, [netuid, mecid, wanted]) =>
    hasMechanism(block.tree, netuid as number, mecid as number)
      ? selective(block, netuid as number, mecid as number, wanted as readonly number[])
      : undefined,
  SubnetInfoRuntimeApi_get_subnet_state: (block, [netuid]) =>
    ifExists(block.tree, netuid as number, () => subnetState(block.tree, netuid as number)),
};

const hasMechanism = (state: ReadableState, netuid: number, mecid: number): boolean =>
  s.NetworksAdded.get(state, netuid) && mecid < s.MechanismCountCurrent.get(state, netuid);
