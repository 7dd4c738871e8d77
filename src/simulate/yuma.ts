import { setImmediate } from "node:timers/promises";
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

/** The epochs of a scenario one by one: each from its own state, or the first state carried forward. */
function* epochsOf(scenario: YumaScenario, carried: number | undefined): Generator<EpochOutput> {
  if (carried === undefined) {
    for (const { input } of scenario.epochs) yield runEpoch(input);
    return;
  }
  let state: ScenarioEpoch = scenario.epochs[0];
  for (let epoch = 0; epoch < carried; epoch++) {
    const output = runEpoch(state.input);
    yield output;
    state = { ...state, input: carriedForward(state, output) };
  }
}

/** Epochs between two looks at the event loop: a few milliseconds even for a full subnet. */
const EPOCHS_PER_PAUSE = 8;

/**
 * Runs a scenario: each epoch from its own state, or, with `carried`, the first state carried forward that many times.
 * Looks at the event loop now and then, so that Ctrl-C works.
 *
 * @throws the signal's reason once it aborts.
 */
export async function runYumaScenario(
  scenario: YumaScenario,
  options: { readonly carried?: number | undefined; readonly signal?: AbortSignal } = {},
): Promise<YumaRun> {
  const epochs: YumaEpochReport[] = [];
  let inactiveFromEpoch: number | undefined;
  for (const output of epochsOf(scenario, options.carried)) {
    epochs.push(toReport(output));
    const wasActive = (uid: number): boolean => epochs[0]?.active[uid] === 1;
    const left = options.carried !== undefined && output.active.some((active, uid) => !active && wasActive(uid));
    if (left) inactiveFromEpoch ??= epochs.length;
    if (epochs.length % EPOCHS_PER_PAUSE !== 0) continue;
    await setImmediate();
    options.signal?.throwIfAborted();
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
