import { type EpochOutput, runEpoch } from "../../../yuma/epoch.ts";
import type { EpochHyperparameters, PendingCommit } from "../../../yuma/epoch-types.ts";
import { payOut } from "../../../yuma/payout.ts";
import type { Execution } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { shareDividends } from "./dividends.ts";
import { hotkeysOf, mechanismIndexes, padded } from "./neurons.ts";
import { payNeurons } from "./payout.ts";
import { hotkeyAlphaRao } from "./share-pool.ts";
import { inheritedAlphaRao, inheritedRootRao, stakeWeightRao } from "./stake-weight.ts";
import {
  Active,
  ActivityCutoffFactorMilli,
  AlphaSigmoidSteepness,
  AlphaValues,
  BlockAtRegistration,
  Bonds,
  BondsMovingAverage,
  BondsPenalty,
  CommitRevealWeightsEnabled,
  Consensus,
  Delegates,
  Dividends,
  Emission,
  Incentive,
  Kappa,
  LastMechansimStepBlock,
  LastUpdate,
  LiquidAlphaOn,
  MaxAllowedValidators,
  MechanismEmissionSplit,
  MinerBurned,
  OwnedHotkeys,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  RevealPeriodEpochs,
  ROOT_NETUID,
  StakeThreshold,
  StakeWeight,
  SubnetAlphaOut,
  SubnetEpochIndex,
  SubnetOwner,
  SubnetOwnerHotkey,
  TaoWeight,
  Tempo,
  TimelockedWeightCommits,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  WeightCommits,
  Weights,
  Yuma3On,
} from "./storage.ts";
import { updateVotingPower } from "./voting-power.ts";

export const epochHyperparameters = (state: ReadableState, netuid: number): EpochHyperparameters => ({
  tempoBlocks: Tempo.get(state, netuid),
  kappa: Kappa.get(state, netuid),
  bondsMovingAverage: Number(BondsMovingAverage.get(state, netuid)),
  bondsPenalty: BondsPenalty.get(state, netuid),
  activityCutoffFactorMilli: ActivityCutoffFactorMilli.get(state, netuid),
  maxAllowedValidators: MaxAllowedValidators.get(state, netuid),
  stakeThresholdRao: StakeThreshold.get(state),
  yuma3: Yuma3On.get(state, netuid),
  liquidAlpha: LiquidAlphaOn.get(state, netuid),
  alphaValues: AlphaValues.get(state, netuid),
  alphaSigmoidSteepness: AlphaSigmoidSteepness.get(state, netuid),
  commitReveal: CommitRevealWeightsEnabled.get(state, netuid),
});

/** Commits nobody opened yet, of both kinds. */
function pendingCommits(state: ReadableState, netuid: number, index: number): PendingCommit[] {
  const commits: PendingCommit[] = [];
  for (const [[, who], entries] of WeightCommits.entries(state, index)) {
    const uid = Uids.get(state, netuid, who);
    if (uid === undefined) continue;
    for (const [, epoch, block] of entries ?? []) {
      commits.push({ uid, commitEpoch: Number(epoch), commitBlock: Number(block) });
    }
  }
  for (const [[, epoch], entries] of TimelockedWeightCommits.entries(state, index)) {
    for (const [who, block] of entries) {
      const uid = Uids.get(state, netuid, who);
      if (uid !== undefined) commits.push({ uid, commitEpoch: Number(epoch), commitBlock: Number(block) });
    }
  }
  return commits;
}

interface Stakes {
  readonly hotkeys: readonly string[];
  readonly alphaStakeRao: readonly bigint[];
  readonly rootStakeRao: readonly bigint[];
}

function runMechanism(
  execution: Execution,
  netuid: number,
  index: number,
  stakes: Stakes,
  emissionRao: bigint,
): EpochOutput {
  const { state, blockNumber } = execution;
  const n = stakes.hotkeys.length;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const hyperparameters = epochHyperparameters(state, netuid);
  return runEpoch({
    hyperparameters,
    block: blockNumber,
    ownerUid: Uids.get(state, netuid, SubnetOwnerHotkey.get(state, netuid)),
    weights: uids.map((uid) => Weights.get(state, index, uid)),
    bonds: uids.map((uid) => Bonds.get(state, index, uid)),
    lastUpdate: padded(LastUpdate.get(state, index), n, 0n).map(Number),
    blockAtRegistration: uids.map((uid) => Number(BlockAtRegistration.get(state, netuid, uid))),
    alphaStakeRao: stakes.alphaStakeRao,
    rootStakeRao: stakes.rootStakeRao,
    permits: padded(ValidatorPermit.get(state, netuid), n, false),
    lastMechanismStepBlock: Number(LastMechansimStepBlock.get(state, netuid)),
    emissionRao,
    taoWeight: TaoWeight.get(state),
    pendingCommits: hyperparameters.commitReveal ? pendingCommits(state, netuid, index) : [],
    epochIndex: Number(SubnetEpochIndex.get(state, netuid)),
    revealPeriodEpochs: Number(RevealPeriodEpochs.get(state, netuid)),
  });
}

/** How a subnet's emission goes to its mechanisms: by the owner's split, else evenly; the first takes what is left over. */
function splitAmong(state: ReadableState, netuid: number, totalRao: bigint, count: number): bigint[] {
  const split = MechanismEmissionSplit.get(state, netuid);
  const shares = Array.from({ length: count }, (_, mecid) =>
    split === undefined ? totalRao / BigInt(count) : (totalRao * BigInt(split[mecid] ?? 0)) / 65_535n,
  );
  const rest = totalRao - shares.reduce((total, share) => total + share, 0n);
  return shares.map((share, mecid) => (mecid === 0 ? share + rest : share));
}

const addUp = (lists: readonly (readonly bigint[])[]): bigint[] =>
  (lists[0] ?? []).map((_, uid) => lists.reduce((sum, list) => sum + (list[uid] ?? 0n), 0n));

/** Each mechanism's part of the emission, 64 fractional bits; with nothing to share the first counts alone. */
const weightsOf = (shares: readonly bigint[]): bigint[] => {
  const total = shares.reduce((sum, share) => sum + share, 0n);
  return shares.map((share, mecid) => (total === 0n ? (mecid === 0 ? 1n << 64n : 0n) : (share << 64n) / total));
};

/** Σ value × weight, rounded down mechanism by mechanism as the chain adds them up. */
const blend = (lists: readonly (readonly bigint[])[], weights: readonly bigint[]): bigint[] =>
  (lists[0] ?? []).map((_, uid) =>
    lists.reduce((sum, list, mecid) => sum + (((list[uid] ?? 0n) * (weights[mecid] ?? 0n)) >> 64n), 0n),
  );
const blendU16 = (lists: readonly (readonly number[])[], weights: readonly bigint[]): number[] =>
  lists.length === 1
    ? [...(lists[0] ?? [])]
    : blend(
        lists.map((list) => list.map(BigInt)),
        weights,
      ).map(Number);
const anyOf = (lists: readonly (readonly boolean[])[]): boolean[] =>
  (lists[0] ?? []).map((_, uid) => lists.some((list) => list[uid] === true));

/** Runs a subnet's epoch on what has accrued, stores its results and pays. Computation is all in yuma/. */
export function runSubnetEpoch(execution: Execution, netuid: number): void {
  const { state, blockNumber } = execution;
  const hotkeys = hotkeysOf(state, netuid);
  const pending = {
    server: PendingServerEmission.get(state, netuid),
    validator: PendingValidatorEmission.get(state, netuid),
    root: PendingRootAlphaDivs.get(state, netuid),
    owner: PendingOwnerCut.get(state, netuid),
  };
  for (const item of [PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs, PendingOwnerCut]) {
    item.set(state, [netuid], 0n);
  }
  const stakes = {
    hotkeys,
    alphaStakeRao: hotkeys.map((hotkey) => inheritedAlphaRao(state, netuid, hotkey)),
    rootStakeRao: hotkeys.map((hotkey) => inheritedRootRao(state, netuid, hotkey)),
  };
  const indexes = mechanismIndexes(state, netuid);
  const shares = splitAmong(state, netuid, pending.server + pending.validator + pending.root, indexes.length);
  const outputs = indexes.map((index, mecid) => runMechanism(execution, netuid, index, stakes, shares[mecid] ?? 0n));
  outputs.forEach((output, mecid) => {
    const index = indexes[mecid] ?? netuid;
    Incentive.set(state, [index], output.incentive);
    output.bonds.forEach((row, uid) => {
      if (row.length > 0) Bonds.set(state, [index, uid], row);
      else Bonds.remove(state, index, uid);
    });
  });
  const parts = weightsOf(shares);
  Active.set(state, [netuid], anyOf(outputs.map(({ active }) => active)));
  ValidatorPermit.set(state, [netuid], anyOf(outputs.map(({ permits }) => permits)));
  for (const [item, lists] of [
    [StakeWeight, outputs.map(({ stakeWeight }) => stakeWeight)],
    [Consensus, outputs.map(({ consensus }) => consensus)],
    [Dividends, outputs.map(({ dividends }) => dividends)],
    [ValidatorTrust, outputs.map(({ validatorTrust }) => validatorTrust)],
  ] as const)
    item.set(state, [netuid], blendU16(lists, parts));
  Emission.set(
    state,
    [netuid],
    blend(
      outputs.map(({ emissionRao }) => emissionRao),
      parts,
    ),
  );

  updateVotingPower(
    execution,
    netuid,
    hotkeys.map((hotkey, uid) => ({
      hotkey,
      permit: outputs.some(({ permits }) => permits[uid] === true),
      stakeRao: stakeWeightRao(state, netuid, hotkey),
    })),
  );

  const owner = SubnetOwner.get(state, netuid);
  const ownersHotkeys = new Set([SubnetOwnerHotkey.get(state, netuid), ...OwnedHotkeys.get(state, owner)]);
  const { holders, dividendRao, recycledRao } = shareDividends(
    state,
    netuid,
    hotkeys,
    addUp(outputs.map(({ validatorEmissionRao }) => validatorEmissionRao)),
  );
  if (recycledRao > 0n) SubnetAlphaOut.update(state, [netuid], (alpha) => alpha - recycledRao);
  // Dividends go by own stake, whatever was lent: what a child earned with it has gone to the parent already.
  const payout = payOut({
    serverEmissionRao: addUp(outputs.map(({ serverEmissionRao }) => serverEmissionRao)),
    validatorEmissionRao: dividendRao,
    alphaStakeRao: holders.map((hotkey) => hotkeyAlphaRao(state, hotkey, netuid)),
    rootStakeRao: holders.map((hotkey) => hotkeyAlphaRao(state, hotkey, ROOT_NETUID)),
    pendingServerRao: pending.server,
    pendingValidatorRao: pending.validator,
    pendingRootRao: pending.root,
    burnedUids: new Set(hotkeys.flatMap((hotkey, uid) => (ownersHotkeys.has(hotkey) ? [uid] : []))),
    taoWeight: TaoWeight.get(state),
    takeU16: holders.map((hotkey) => Delegates.get(state, hotkey)),
  });
  MinerBurned.set(state, [netuid], { bits: payout.minerBurnedBits });
  payNeurons(execution, netuid, holders, payout, pending.owner);
  LastMechansimStepBlock.set(state, [netuid], BigInt(blockNumber));
}
