import { DEFAULT_CUT_U16 } from "../yuma/emission.ts";
import { runEpoch } from "../yuma/epoch.ts";
import type { EpochInput, EpochOutput, SparseRow } from "../yuma/epoch-types.ts";
import { payOut } from "../yuma/payout.ts";
import type { ScenarioEpoch, YumaScenario } from "./yuma-scenario.ts";

/** An epoch's outcome in the words of the chain's storage; flags as 0 and 1, integers above 2⁵³ as strings. */
export interface YumaEpochReport {
  readonly incentive: readonly number[];
  readonly dividends: readonly number[];
  readonly consensus: readonly number[];
  readonly validator_trust: readonly number[];
  readonly stake_weight: readonly number[];
  readonly active: readonly (0 | 1)[];
  readonly permits: readonly (0 | 1)[];
  readonly bonds: readonly SparseRow[];
  readonly emission: readonly (number | string)[];
}

export interface YumaScenarioReport {
  readonly name: string;
  readonly epochs: readonly YumaEpochReport[];
}

/** What a scenario did, and from which epoch on validators of its start were inactive for want of new weights. */
export interface YumaRun {
  readonly report: YumaScenarioReport;
  /** From 1; undefined if none went inactive while the scenario was carried forward. */
  readonly inactiveFromEpoch: number | undefined;
}

const toJsonInteger = (value: bigint): number | string =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
const toFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);

const toReport = (output: EpochOutput): YumaEpochReport => ({
  incentive: output.incentive,
  dividends: output.dividends,
  consensus: output.consensus,
  validator_trust: output.validatorTrust,
  stake_weight: output.stakeWeight,
  active: output.active.map(toFlag),
  permits: output.permits.map(toFlag),
  bonds: output.bonds,
  emission: output.emissionRao.map(toJsonInteger),
});

/**
 * Runs a scenario: each epoch from its own state, or, with `carried`, the first state carried forward that many times.
 *
 * @param carried - How many epochs to carry the first state forward; undefined runs the scenario's own.
 */
export function runYumaScenario(scenario: YumaScenario, carried?: number): YumaRun {
  if (carried === undefined) {
    const epochs = scenario.epochs.map(({ input }) => toReport(runEpoch(input)));
    return { report: { name: scenario.name, epochs }, inactiveFromEpoch: undefined };
  }
  const epochs: YumaEpochReport[] = [];
  let inactiveFromEpoch: number | undefined;
  let state: ScenarioEpoch = scenario.epochs[0];
  for (let epoch = 1; epoch <= carried; epoch++) {
    const output = runEpoch(state.input);
    epochs.push(toReport(output));
    const newlyInactive = output.active.some((active, uid) => !active && epochs[0]?.active[uid] === 1);
    if (newlyInactive) inactiveFromEpoch ??= epoch;
    state = { ...state, input: carriedForward(state, output) };
  }
  return { report: { name: scenario.name, epochs }, inactiveFromEpoch };
}

/**
 * The state one tempo later if nobody acts: same weights and pending amounts, the bonds and permits of the epoch, and
 * stakes grown by what it paid (root claims do not become stake).
 */
export function carriedForward({ input, pending }: ScenarioEpoch, output: EpochOutput): EpochInput {
  const paid = payOut({
    serverEmissionRao: output.serverEmissionRao,
    validatorEmissionRao: output.validatorEmissionRao,
    alphaStakeRao: input.alphaStakeRao,
    rootStakeRao: input.rootStakeRao,
    pendingServerRao: pending.serverRao,
    pendingValidatorRao: pending.validatorRao,
    pendingRootRao: pending.rootRao,
    burnedUids: new Set(input.ownerUid === undefined ? [] : [input.ownerUid]),
    taoWeight: input.taoWeight,
    takeU16: input.alphaStakeRao.map(() => DEFAULT_CUT_U16),
  });
  const alphaStakeRao = input.alphaStakeRao.map(
    (stake, uid) =>
      stake +
      (paid.minerRao[uid] ?? 0n) +
      (paid.alphaTakeRao[uid] ?? 0n) +
      (paid.alphaDividendsRao[uid] ?? 0n) +
      (paid.rootTakeRao[uid] ?? 0n) +
      (uid === input.ownerUid ? pending.ownerCutRao : 0n),
  );
  return {
    ...input,
    block: input.block + input.hyperparameters.tempoBlocks,
    lastMechanismStepBlock: input.block,
    epochIndex: input.epochIndex + 1,
    bonds: output.bonds,
    permits: output.permits,
    alphaStakeRao,
  };
}
