import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Task } from "../mechanism/task-log.ts";
import type { BattleTable, Duel } from "../ratings/battles.ts";
import { ratePlayers, type Standing } from "../ratings/leaderboard.ts";
import { type Leverage, leaderLeverage } from "../ratings/leverage.ts";
import { validVotes } from "./valid-votes.ts";

/** Fitting takes the cube of this; no arena has more. */
const MAX_PLAYERS = 1_500;

/** What `leaderboard` answers. */
export interface Leaderboard {
  readonly players: readonly Standing[];
  /** How few votes, left out, would put somebody else in front; null with fewer than two players. */
  readonly leverage: Leverage | null;
  readonly battles: number;
  /** Whether virtual ties keep somebody finite who never lost or never won, or groups that never met. */
  readonly regularised: boolean;
}

/**
 * The battle of a task: its valid votes on two miners' outputs; with `baseline` also on a miner's and the validator's.
 * Traps never count, and neither does a task without exactly the completions that its kind needs.
 *
 * @returns Undefined if the task is no battle.
 */
export function battleOf(task: Task, baseline: boolean): Duel | undefined {
  if (task.kind === "trap" || (task.kind === "synthetic" && !baseline)) return undefined;
  const [first, second, third] = task.completions;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const fromValidator = [first, second].filter(({ source }) => source === "validator").length;
  if (fromValidator !== (task.kind === "synthetic" ? 1 : 0)) return undefined;
  let [wins, losses, ties] = [0, 0, 0];
  for (const { completion } of validVotes(task)) {
    if (completion === null) ties++;
    else if (completion.id === first.id) wins++;
    else losses++;
  }
  return { first: first.by, second: second.by, wins, losses, ties };
}

/**
 * Rates everybody with a battle.
 *
 * @throws ColosseumError `leaderboard.too-many-players` (12).
 */
export function leaderboardOf(table: BattleTable): Leaderboard {
  const record = table.record();
  if (record.players.length > MAX_PLAYERS) {
    throw new ColosseumError(`${record.players.length} players are more than can be rated together.`, {
      code: "leaderboard.too-many-players",
      exitCode: ExitCode.invalid,
      hint: `Split the battles; the limit is ${MAX_PLAYERS} players.`,
      details: { players: record.players.length, limit: MAX_PLAYERS },
    });
  }
  const { standings, fit } = ratePlayers(record);
  return {
    players: standings,
    leverage: leaderLeverage(record, fit),
    battles: record.battles,
    regularised: fit.regularised,
  };
}
