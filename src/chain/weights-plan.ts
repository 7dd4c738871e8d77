import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Hotkey, Uid } from "../base/ids.ts";
import { formatTao, showDuration, showTao } from "../base/units.ts";
import { InvalidWeightError } from "../base/weight-row.ts";
import { isBeaconAlive, type WeightsFacts } from "./weights-facts.ts";
import { conformRow, NobodyScoredError, type WeightsRow } from "./weights-row.ts";

/** How a row reaches the chain. */
export type WeightsMode = "plain" | "hash" | "timelock";
/** What the caller wants; `auto` takes what the subnet demands. */
export type WeightsWish = WeightsMode | "auto";

/** The chain would refuse these weights now; nothing was sent. */
export class WeightsRefusedError extends ColosseumError {
  constructor(
    code: `weights.${string}`,
    message: string,
    hint: string,
    facts: WeightsFacts,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, {
      code,
      exitCode: ExitCode.refused,
      hint: hint.replaceAll("--netuid N", `--netuid ${facts.netuid}`),
      details: {
        netuid: facts.netuid,
        mechid: facts.mechid,
        uid: facts.self?.uid ?? null,
        block: facts.block,
        ...details,
      },
    });
  }
}

/** One line of a preview. */
export interface PlannedWeight {
  readonly uid: Uid;
  readonly hotkey: Hotkey;
  readonly score: number;
  /** u16. */
  readonly value: number;
}

export interface WeightsPlan {
  readonly mode: WeightsMode;
  readonly row: WeightsRow;
  readonly weights: readonly PlannedWeight[];
  /** Scored, but not (or no longer) in the subnet: their share goes to the others. */
  readonly unregistered: readonly Hotkey[];
  /** Why the chain would refuse now; undefined where it would take them. */
  readonly refusal: ColosseumError | undefined;
  /** Blocks until the rate limit allows the next weights; 0 = now. */
  readonly canSetInBlocks: number;
}

/** "37 blocks (7 min 24 s)". */
export const showBlocks = (blocks: number, blockTimeMs: number): string =>
  `${blocks} ${blocks === 1 ? "block" : "blocks"} (${showDuration(blocks * blockTimeMs)})`;

/** Blocks to wait until weights sent then would be included at an allowed height; the first ones are free. */
export function blocksUntilAllowed(facts: WeightsFacts): number {
  if (facts.self === undefined || facts.lastUpdate === 0) return 0;
  return Math.max(0, facts.lastUpdate + facts.rateLimitBlocks - (facts.block + 1));
}

/**
 * Decides everything about a row without touching the chain: how it is sent, what it says, and the first reason why
 * the chain would refuse it, in the chain's own order.
 *
 * @param scores - hotkey → score, any scale; negative ones count as 0.
 */
export function planWeights(
  facts: WeightsFacts,
  scores: ReadonlyMap<Hotkey, number>,
  wish: WeightsWish = "auto",
): WeightsPlan {
  const byHotkey = new Map(facts.metagraph.neurons.map((neuron) => [neuron.hotkey, neuron.uid]));
  const relative = new Map<Uid, number>();
  const unregistered: Hotkey[] = [];
  for (const [hotkey, score] of scores) {
    if (!Number.isFinite(score)) throw new InvalidWeightError(hotkey, score);
    const uid = byHotkey.get(hotkey);
    if (uid === undefined) unregistered.push(hotkey);
    else relative.set(uid, Math.max(0, score));
  }
  const mode = wish === "auto" ? modeFor(facts) : wish;
  const { row, problem } = tryRow(facts, relative);
  const hotkeyOf = new Map(facts.metagraph.neurons.map((neuron) => [neuron.uid, neuron.hotkey]));
  return {
    mode,
    row,
    weights: row.uids.flatMap((uid, index) => {
      const hotkey = hotkeyOf.get(uid);
      return hotkey === undefined
        ? []
        : [{ uid, hotkey, score: scores.get(hotkey) ?? 0, value: row.values[index] ?? 0 }];
    }),
    unregistered,
    refusal: refusalOf(facts, mode, row) ?? problem,
    canSetInBlocks: blocksUntilAllowed(facts),
  };
}

/** Plain where commit-reveal is off; else timelocked, or by hash on a chain whose beacon gives no pulses. */
function modeFor(facts: WeightsFacts): WeightsMode {
  if (!facts.commitReveal) return "plain";
  return isBeaconAlive(facts.beacon, facts.nowMs) ? "timelock" : "hash";
}

function tryRow(
  facts: WeightsFacts,
  relative: ReadonlyMap<Uid, number>,
): { readonly row: WeightsRow; readonly problem: ColosseumError | undefined } {
  const { n, minAllowedWeights, maxWeightsLimit } = facts.metagraph;
  try {
    // A setter that is not registered has no uid of its own; no row is exempt then.
    const selfUid = facts.self?.uid ?? (-1 as Uid);
    return { row: conformRow(relative, { selfUid, n, minAllowedWeights, maxWeightsLimit }), problem: undefined };
  } catch (error) {
    if (!(error instanceof NobodyScoredError)) throw error;
    return { row: { uids: [], values: [] }, problem: error };
  }
}

/** The first reason of the chain to say no. @see subtensor subnets/weights.rs, internal_set_weights */
function refusalOf(facts: WeightsFacts, mode: WeightsMode, row: WeightsRow): WeightsRefusedError | undefined {
  const { netuid, mechid, self, metagraph } = facts;
  if (netuid === 0) {
    return new WeightsRefusedError(
      "weights.root",
      "Weights are not set on the root subnet.",
      "Choose a subnet with --netuid N",
      facts,
    );
  }
  if (mechid >= facts.mechanisms) {
    const most = facts.mechanisms - 1;
    return new WeightsRefusedError(
      "weights.no-mechanism",
      `Subnet ${netuid} has no mechanism ${mechid}; it has ${most === 0 ? "only 0" : `0 to ${most}`}.`,
      "Choose one that exists; its owner adds one with: colosseum subnet hyperparameters --netuid N --set mechanism_count=2",
      facts,
      { mechanisms: facts.mechanisms },
    );
  }
  if (self === undefined) {
    return new WeightsRefusedError(
      "weights.not-registered",
      `The hotkey is not registered in subnet ${netuid}.`,
      "Register it: colosseum register --netuid N",
      facts,
    );
  }
  if (self.stakeRao < facts.stakeThresholdRao) {
    return new WeightsRefusedError(
      "weights.too-little-stake",
      `The hotkey has a stake of ${showTao(self.stakeRao)}; setting weights takes ${showTao(facts.stakeThresholdRao)}.`,
      "Add stake: colosseum stake add AMOUNT --netuid N",
      facts,
      { stakeTao: formatTao(self.stakeRao), neededTao: formatTao(facts.stakeThresholdRao) },
    );
  }
  const wrongMode = wrongModeOf(facts, mode);
  if (wrongMode !== undefined) return wrongMode;
  const blocks = blocksUntilAllowed(facts);
  if (blocks > 0) {
    return new WeightsRefusedError(
      "weights.too-soon",
      `${lastUpdateWords(facts)} at block ${facts.lastUpdate}; it can set weights in ${showBlocks(blocks, facts.blockTimeMs)}.`,
      `Wait until block ${facts.lastUpdate + facts.rateLimitBlocks}, then try again.`,
      facts,
      { canSetInBlocks: blocks, canSetInMs: Math.round(blocks * facts.blockTimeMs), lastUpdate: facts.lastUpdate },
    );
  }
  const isOnlySelf = row.uids.length === 1 && row.uids[0] === self.uid;
  if (!self.permit && !isOnlySelf) {
    return new WeightsRefusedError(
      "weights.no-permit",
      "The hotkey has no validator permit, so it may not set weights for others.",
      `Permits go to the ${metagraph.maxValidators} largest stakes at each epoch: colosseum stake add AMOUNT --netuid N`,
      facts,
      { stakeTao: formatTao(self.stakeRao) },
    );
  }
  return undefined;
}

/** Registering counts as an update, so that a newcomer waits too. */
const lastUpdateWords = (facts: WeightsFacts): string =>
  facts.lastUpdate === facts.self?.registeredAtBlock ? "This hotkey registered" : "This hotkey set its last weights";

/** The version of timelocked commits that is written here. */
export const TIMELOCK_VERSION = 4;

function wrongModeOf(facts: WeightsFacts, mode: WeightsMode): WeightsRefusedError | undefined {
  if (mode === "plain" && facts.commitReveal) {
    return new WeightsRefusedError(
      "weights.commit-reveal-on",
      `Subnet ${facts.netuid} takes weights by commit and reveal only.`,
      "Commit them: colosseum weights commit --netuid N",
      facts,
    );
  }
  if (mode !== "plain" && !facts.commitReveal) {
    return new WeightsRefusedError(
      "weights.commit-reveal-off",
      `Subnet ${facts.netuid} takes plain weights only; commit and reveal is off.`,
      "Set them: colosseum weights set --netuid N",
      facts,
    );
  }
  if (mode !== "timelock") return undefined;
  if (facts.beacon === undefined) {
    return new WeightsRefusedError(
      "weights.no-beacon",
      "This chain follows no beacon, so a timelocked commit would never be opened.",
      "Commit by hash instead: colosseum weights commit --hash --netuid N",
      facts,
    );
  }
  if (facts.commitRevealVersion !== TIMELOCK_VERSION) {
    return new WeightsRefusedError(
      "weights.commit-version",
      `The chain wants timelocked commits of version ${facts.commitRevealVersion}; this program writes version ${TIMELOCK_VERSION}.`,
      "Update colosseum, or commit by hash: colosseum weights commit --hash --netuid N",
      facts,
    );
  }
  return undefined;
}
