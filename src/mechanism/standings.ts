import type { PresetName, RuleSet } from "./rule-set.ts";
import type { MinerRow, Scoreboard, TaskCounts } from "./settle.ts";
import type { IgnoredReason } from "./task-score.ts";

/** `simulate --json`, inside `data`. */
export interface Standings {
  readonly preset: PresetName;
  readonly tasks: TaskCounts;
  /** Only with `scaled`: the traps' weight against everything else as it really was; null with no scored task. */
  readonly kappaObserved?: number | null;
  readonly ignoredVotes: Readonly<Record<IgnoredReason, number>>;
  readonly miners: readonly MinerRow[];
}

export interface StandingsWarning {
  readonly code: "nobody-scored" | "all-burned" | "weak-traps";
  readonly message: string;
}

/** Below it, rings of weak voters can gain. @see docs/mechanism.md, choice of κ and d */
export const LEAST_KAPPA = 4;

/** A board's result in the shape that everything prints, with what its reader should be told. */
export function standingsOf(board: Scoreboard): { standings: Standings; warnings: StandingsWarning[] } {
  const tasks = board.counts();
  const miners = board.rows();
  const kappa = kappaObserved(board.rules, tasks);
  const warnings: StandingsWarning[] = [];
  const warning = unpaid(miners);
  if (warning !== undefined) warnings.push(warning);
  if (typeof kappa === "number" && kappa < LEAST_KAPPA) {
    const shown = kappa.toFixed(2);
    const message = `Traps are too rare for c: the observed kappa is ${shown}, below ${LEAST_KAPPA}; rings may pay.`;
    warnings.push({ code: "weak-traps", message });
  }
  const standings: Standings = {
    preset: board.rules.name,
    tasks,
    ...(kappa === undefined ? {} : { kappaObserved: kappa }),
    ignoredVotes: board.ignoredVotes(),
    miners,
  };
  return { standings, warnings };
}

/**
 * Where no score leads to a share. With a burned part (`dojo-1.8.3`) some weight may be given all the same, and a score
 * of the burning hotkey counts for nothing.
 */
function unpaid(miners: readonly MinerRow[]): StandingsWarning | undefined {
  const isPaid = miners.some(({ share }) => share > 0);
  if (!miners.some(({ score }) => score > 0)) {
    const left = isPaid ? "only the burned part has a share and a weight" : "every share and weight is 0";
    return { code: "nobody-scored", message: `Nobody has a score above 0, so ${left}.` };
  }
  if (isPaid) return undefined;
  return { code: "all-burned", message: "No score counts beside the burned part, so every share and weight is 0." };
}

/** κ_obs = c·τ/(1−τ), τ the traps among the scored tasks; null with no scored task, or with nothing but traps. */
function kappaObserved(rules: RuleSet, tasks: TaskCounts): number | null | undefined {
  if (rules.name !== "scaled") return undefined;
  const others = tasks.scored - tasks.trap;
  return others === 0 ? null : (rules.c * tasks.trap) / others;
}
