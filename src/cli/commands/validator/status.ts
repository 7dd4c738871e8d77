import { Command } from "commander";
import { shortAddress } from "../../../base/text.ts";
import type { ValidatorStore } from "../../../store/validator-store.ts";
import type { OpenContext } from "../../context.ts";
import { openStoreToRead } from "./state-dir.ts";

const EXAMPLES = `Examples:
  $ colosseum validator status --netuid 1 -w validator
  $ colosseum validator status --netuid 1 --json
`;
const SETTLEMENTS_SHOWN = 8;

/** `validator status`: what the store says, whether a validator runs or not. */
export const validatorStatus = (open: OpenContext): Command =>
  new Command("status")
    .description("Where the interval stands, and what became of the last settlements")
    .addHelpText("before", EXAMPLES)
    .action(async (_: object, command: Command) => {
      await using ctx = await open(command);
      const { netuid, hotkey, store, isRunning } = await openStoreToRead(ctx);
      const status = { running: isRunning(), ...statusOf(store, ctx.clock.nowMs()) };
      const { drawTable } = await import("../../table.ts");
      ctx.out.result({ netuid, hotkey, ...status }, () => draw(status, netuid, hotkey, drawTable, ctx.out.columns));
    });

type Status = ReturnType<typeof statusOf> & { readonly running: boolean };

function statusOf(store: ValidatorStore, nowMs: number) {
  const interval = store.intervals.latest();
  const round = store.rounds.active();
  const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    interval:
      interval === undefined ? null : { n: interval.n, state: interval.state, openedAt: instant(interval.openedAtMs) },
    round:
      round === undefined
        ? null
        : {
            n: round.n,
            state: round.state,
            endsAt: instant(round.votingEndsAtMs ?? round.generateUntilMs),
            tasks: store.tasks.ofRound(round.interval, round.n).length,
            completions: store.answers.completionCount(round.interval, round.n, "miner"),
            votes: store.answers.voteCount(round.interval, round.n),
          },
    checkedIn: store.checkIns.current(nowMs).length,
    settlements: store.settlements.list(SETTLEMENTS_SHOWN).map((one) => ({
      interval: one.interval,
      state: one.state,
      scored: Object.values(one.scores).filter((score) => score > 0).length,
      block: one.block,
      extrinsic: one.extrinsic,
      problem: one.problem,
    })),
  };
}

function draw(
  status: Status,
  netuid: number,
  hotkey: string,
  drawTable: typeof import("../../table.ts").drawTable,
  width: number,
): string {
  const { running, interval, round, checkedIn, settlements } = status;
  const lines = [
    `Validator ${shortAddress(hotkey)} of subnet ${netuid}: ${running ? `${checkedIn} checked in` : "not running"}.`,
  ];
  if (interval === null) lines.push("No interval yet.");
  else
    lines.push(
      `Interval ${interval.n} is ${interval.state}${interval.openedAt === null ? "" : `, since ${interval.openedAt}`}.`,
    );
  if (round !== null) {
    lines.push(
      `Round ${round.n} is ${round.state} until ${round.endsAt}: ${round.tasks} tasks, ${round.completions} outputs, ${round.votes} votes.`,
    );
  }
  if (settlements.length > 0) {
    lines.push(
      "",
      drawTable(
        [
          { title: "interval", align: "right" },
          { title: "weights" },
          { title: "miners above 0", align: "right", priority: 2 },
          { title: "block", align: "right" },
          { title: "problem", priority: 1 },
        ],
        settlements.map((one) => [
          String(one.interval),
          one.state,
          String(one.scored),
          one.block === null ? "" : String(one.block),
          one.problem?.message ?? "",
        ]),
        width,
      ),
    );
  }
  return lines.join("\n");
}
