/**
 * `colosseum/mechanism`: task logs and rule sets. The engine that scores a live interval, a replay and a population.
 *
 * ```ts
 * import { ruleSetNamed, Scoreboard, standingsOf } from "colosseum/mechanism";
 *
 * const board = new Scoreboard(ruleSetNamed("scaled", { c: 45 }));
 * for (const task of log.tasks) {
 *   const problem = board.tryAdd(task); // any JSON value; null: it was valid and is counted
 *   if (problem !== null) throw new Error(`${task.id}: ${problem.path}: expected ${problem.expected}`);
 * }
 * console.table(standingsOf(board).standings.miners);
 * ```
 *
 * @packageDocumentation
 */
export { type Concentration, concentrationOf } from "../mechanism/concentration.ts";
export { type DrawDifference, type DrawVerdict, verifyDraws } from "../mechanism/draws-verify.ts";
export { type Instant, parseInstant } from "../mechanism/instant.ts";
export {
  changedSettings,
  type DojoRules,
  type PaperRules,
  PRESET_NAMES,
  type PresetName,
  type RuleSet,
  ruleSetNamed,
  ruleSetOfHeader,
  type ScaledRules,
  SETTINGS,
  type SettingSpec,
} from "../mechanism/rule-set.ts";
export { scoreTask } from "../mechanism/scoring.ts";
export { type MinerRow, Scoreboard, type ScoreboardParts, type TaskCounts } from "../mechanism/settle.ts";
export { type Share, sharesOf } from "../mechanism/shares.ts";
export { type Standings, type StandingsWarning, standingsOf } from "../mechanism/standings.ts";
export {
  type Completion,
  type Interval,
  TASK_LOG_FORMAT,
  type Task,
  type TaskKind,
  type TaskLog,
  type TaskLogHeader,
  type Vote,
} from "../mechanism/task-log.ts";
export type { TaskProblem } from "../mechanism/task-problem.ts";
export type {
  IgnoredReason,
  Reason,
  Role,
  ScoreEntry,
  ScoringTime,
  TaskScore,
  VoidReason,
} from "../mechanism/task-score.ts";
