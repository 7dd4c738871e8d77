import { resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import type { Leaderboard } from "../../../simulate/leaderboard.ts";
import type { LogInput } from "../../../simulate/log-source.ts";
import type { Context, OpenContext } from "../../context.ts";
import { type Column, drawTable } from "../../table.ts";

interface LeaderboardOptions {
  readonly battles?: string;
  readonly baseline?: true;
  readonly skipInvalid?: true;
}

/** `leaderboard`: who is better, how sure that is, and how few votes would change it. */
export const leaderboardCommand = (open: OpenContext): Command =>
  new Command("leaderboard")
    .description("Rate players by the votes in a task log or in foreign battles, with intervals")
    .argument("[tasks]", "a task log; - reads standard input")
    .option("--battles <file>", "foreign battles: JSON Lines of {model_a, model_b, winner}")
    .option("--baseline", "count votes between a miner and the validator too (synthetic tasks)")
    .option("--skip-invalid", "leave invalid tasks out")
    .addHelpText(
      "before",
      `Examples:
  colosseum leaderboard tasks.json
  colosseum leaderboard tasks.jsonl --baseline --json
  colosseum leaderboard --battles battles.jsonl
`,
    )
    .action(async (tasks: string | undefined, options: LeaderboardOptions, command: Command) => {
      await using ctx = await open(command);
      const leaderboard = await rate(ctx, tasks, options);
      ctx.out.result(leaderboard, () => drawLeaderboard(leaderboard, ctx.out.columns));
    });

const inputOf = (ctx: Context, name: string): LogInput =>
  name === "-" ? { stdin: ctx.io.stdin } : { file: resolve(ctx.io.cwd, name) };

async function rate(ctx: Context, tasks: string | undefined, options: LeaderboardOptions): Promise<Leaderboard> {
  if (tasks === undefined && options.battles === undefined) {
    throw new UsageError("Which votes? Neither a task log nor a file of battles was given.", {
      code: "usage.no-votes",
      hint: "For example: colosseum leaderboard tasks.json, or: colosseum leaderboard --battles battles.jsonl",
    });
  }
  if (tasks === "-" && options.battles === "-") {
    throw new UsageError("Standard input can be the task log or the battles, not both.", { code: "usage.stdin-twice" });
  }
  const [{ BattleTable }, { battleOf, leaderboardOf }] = await Promise.all([
    import("../../../ratings/battles.ts"),
    import("../../../simulate/leaderboard.ts"),
  ]);
  const table = new BattleTable();
  if (tasks !== undefined) {
    const { LogTasks } = await import("../../../simulate/log-tasks.ts");
    const skipInvalid = options.skipInvalid === true;
    const log = new LogTasks(inputOf(ctx, tasks), { ties: true, skipInvalid, signal: ctx.signal });
    for await (const task of log.tasks()) {
      const battle = battleOf(task, options.baseline === true);
      if (battle !== undefined) table.add(battle);
    }
    const { warnOfInvalid } = await import("../simulate/invalid-warning.ts");
    warnOfInvalid(ctx, log);
  }
  if (options.battles !== undefined) {
    const { foreignBattles } = await import("../../../simulate/battles-file.ts");
    let selves = 0;
    for await (const battle of foreignBattles(inputOf(ctx, options.battles), ctx.signal)) {
      if (battle === "self") selves++;
      else table.add(battle);
    }
    if (selves > 0) {
      ctx.out.warn({ code: "self-battles", message: `${selves} battles of a player against itself were left out.` });
    }
  }
  const leaderboard = leaderboardOf(table);
  warnAbout(ctx, leaderboard);
  return leaderboard;
}

function warnAbout(ctx: Context, { battles, regularised }: Leaderboard): void {
  if (battles === 0) {
    ctx.out.warn({ code: "no-battles", message: "There is no battle in it: no valid vote on two outputs that count." });
  } else if (regularised) {
    ctx.out.warn({
      code: "weakly-connected",
      message:
        "Somebody never lost or never won, or groups never met: each player was given one virtual tie against an average player, so that ratings stay finite.",
    });
  }
}

const COLUMNS: readonly Column[] = [
  { title: "RANK", align: "right" },
  { title: "PLAYER" },
  { title: "RATING", align: "right" },
  { title: "95 % INTERVAL", align: "right" },
  { title: "BATTLES", align: "right", priority: 1 },
  { title: "", priority: 2 },
];

function drawLeaderboard({ players, leverage, battles }: Leaderboard, width: number): string {
  const rows = players.map((player) => [
    String(player.rank),
    nameOf(player.hotkey),
    player.rating.toFixed(0),
    `${player.low.toFixed(0)} … ${player.high.toFixed(0)}`,
    String(player.battles),
    player.provisional ? "provisional" : "",
  ]);
  const lines = [drawTable(COLUMNS, rows, width), "", `${players.length} players, ${battles} battles.`];
  if (leverage !== null) {
    const share = ((100 * leverage.votes) / leverage.of).toFixed(leverage.votes / leverage.of < 0.001 ? 3 : 1);
    lines.push(
      `Leaving out ${leverage.votes} of ${leverage.of} votes (${share} %) would put ${nameOf(leverage.challenger)} in front.`,
    );
  }
  return lines.join("\n");
}

const nameOf = (player: string): string => escapeControl(player.length === 48 ? shortAddress(player) : player);
