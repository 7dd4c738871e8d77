import { type DrawnTask, drawLabel, drawRound } from "./draws.ts";
import { type Broken, checkCommitment, checkSpan, checkTimes } from "./draws-frame.ts";
import { bytes32, type LoggedDraw, type LoggedRound, readLoggedDraw } from "./draws-log.ts";
import { drawKey, hashed, SEED_CHAIN_LENGTH, seedCommitment } from "./draws-seeds.ts";
import { Draws } from "./draws-stream.ts";
import { readTrapNotes, trapOutcome } from "./draws-trap.ts";
import type { Task, TaskLog } from "./task-log.ts";

/** Where a log first says something else than the draws. */
export interface DrawDifference {
  /** Null for a task that belongs to none. */
  readonly interval: number | null;
  readonly round: number | null;
  readonly task: string | null;
  /** What differs: `seed`, `anchor`, `interval`, `kind`, `generators`, `discriminators`, `label` … */
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

export interface DrawVerdict {
  readonly verdict: "ok" | "differs" | "skipped";
  readonly firstDifference: DrawDifference | null;
  /** Intervals whose seed is revealed and was checked. */
  readonly intervals: number;
  /** Tasks drawn again and found equal. */
  readonly tasks: number;
}

/**
 * Recomputes every draw of a log from its revealed seeds: that the seeds are the committed ones and form one chain, and
 * from them kinds, generators, negatives, decoys, voters, assignment ids, label orders, the commitments to prompt and
 * baseline, that no drawn task is missing and none was added, that all tasks are the validator's and each round's share their times. Signatures of check-ins and answers, pages and scores are others' to check.
 *
 * @param log - Valid by the format's rules; of its optional fields nothing is taken for granted.
 * @returns `skipped` if no interval reveals a seed; else the first difference in order of intervals, rounds and tasks.
 */
export function verifyDraws(log: TaskLog): DrawVerdict {
  const intervals = [...(log.intervals ?? [])].sort((a, b) => a.n - b.n);
  const revealed = intervals.filter(({ seed }) => seed !== undefined);
  let tasks = 0;
  const verdict = (firstDifference: DrawDifference | null, checked: number): DrawVerdict => ({
    verdict: firstDifference === null ? "ok" : "differs",
    firstDifference,
    intervals: checked,
    tasks,
  });
  if (revealed.length === 0) return { ...verdict(null, 0), verdict: "skipped" };
  const byInterval = Map.groupBy(log.tasks, (task) => task.interval);
  let before: LoggedDraw | undefined;
  let used: number | undefined;
  for (const [checked, interval] of intervals.entries()) {
    const at = (field: string, expected: string, found: string): DrawVerdict =>
      verdict({ interval: interval.n, round: null, task: null, field, expected, found }, checked);
    if (interval.seed === undefined) {
      // A later seed is out and tells this one; only the newest interval may still be secret.
      if (interval.closedAt !== undefined || intervals.slice(checked + 1).some(({ seed }) => seed !== undefined))
        return at("seed", "revealed", "missing");
      continue;
    }
    const draw = readLoggedDraw(interval);
    if ("malformed" in draw) return at(draw.malformed, "well-formed", "missing or malformed");
    const broken = checkSeed(draw, before, log["anchor"]);
    if (broken !== undefined) return at(...broken);
    const own = byInterval.get(interval.n) ?? [];
    const foreign = own.find(({ validator }) => validator !== (log.validator ?? own[0]?.validator));
    if (foreign !== undefined) {
      const expected = log.validator ?? own[0]?.validator ?? "";
      const found = { task: foreign.id, field: "validator", expected, found: foreign.validator };
      return verdict({ interval: interval.n, round: null, ...found }, checked);
    }
    const outside = checkSpan(interval, own);
    if (outside !== undefined) return at(...outside);
    const result = redraw(draw, own, before?.n === draw.n - 1 ? used : draw.n === 0 ? 0 : undefined);
    if ("field" in result) return verdict(result, checked);
    tasks += own.length;
    used = result.firstKindsUsed;
    before = draw;
  }
  const listed = new Set(intervals.map(({ n }) => n));
  const stray = log.tasks.find(({ interval }) => interval === undefined || !listed.has(interval));
  return verdict(stray === undefined ? null : strayTask(stray), revealed.length);
}

/** A task that no draw made, as no interval of the log has it. */
const strayTask = ({ id, interval }: Task): DrawDifference => ({
  interval: interval ?? null,
  round: null,
  task: id,
  field: "interval",
  expected: "an interval of the log",
  found: String(interval),
});

const hex = (bytes: Uint8Array): string =>
  `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;

function checkSeed(draw: LoggedDraw, before: LoggedDraw | undefined, anchor: unknown): Broken | undefined {
  const commitment = hex(seedCommitment(draw.seed));
  if (commitment !== hex(draw.commitment)) return ["commitment", commitment, hex(draw.commitment)];
  if (draw.n >= SEED_CHAIN_LENGTH) return ["n", `below ${SEED_CHAIN_LENGTH}`, String(draw.n)];
  if (before !== undefined) {
    const earlier = hex(hashed(draw.seed, draw.n - before.n));
    if (earlier !== hex(before.seed))
      return ["seed", `a seed whose chain leads to ${hex(before.seed)}`, hex(draw.seed)];
  } else if (anchor !== undefined) {
    const end = hex(hashed(draw.seed, draw.n + 1));
    const published = bytes32(anchor);
    if (published === undefined || end !== hex(published)) return ["anchor", end, String(anchor)];
  }
  return undefined;
}

/**
 * Draws an interval's rounds again and holds the log's tasks against them.
 *
 * @param usedBefore - How many of the first kinds were used up before it; undefined where the log does not say.
 */
function redraw(
  draw: LoggedDraw,
  tasks: readonly Task[],
  usedBefore: number | undefined,
): DrawDifference | { readonly firstKindsUsed: number | undefined } {
  const draws = new Draws(drawKey(draw.seed, draw.beacon));
  let expectedUsed = usedBefore;
  let drawn = 0;
  for (const [place, round] of draw.rounds.entries()) {
    const differs = (field: string, expected: string, found: string, task: string | null = null): DrawDifference => ({
      interval: draw.n,
      round: round.n,
      task,
      field,
      expected,
      found,
    });
    if (round.n !== place) return differs("round", String(place), String(round.n));
    const problem = checkRound(round, tasks[0]?.validator, expectedUsed);
    if (problem !== undefined) return differs(...problem);
    const result = drawRound(draws, round.n, round.eligible, draw.rules, round.firstKindsUsed);
    expectedUsed = result.firstKindsUsed;
    const ofRound = tasks.filter((task) => task["round"] === round.n);
    const shifted = checkTimes(ofRound);
    if (shifted !== undefined) return differs(...shifted);
    const logged = new Map(ofRound.map((task) => [task["index"], task]));
    for (const expected of result.tasks) {
      const task = logged.get(expected.index);
      if (task === undefined) return differs("task", `task ${expected.index} of the round`, "missing");
      const salt = draws.bytes(drawLabel(round.n, expected.index, "salt"));
      const difference = compareTask(expected, task) ?? checkCommitment(salt, task);
      if (difference !== undefined) return differs(...difference, task.id);
      drawn++;
    }
  }
  if (tasks.length !== drawn) {
    return {
      interval: draw.n,
      round: null,
      task: null,
      field: "tasks",
      expected: `${drawn} drawn tasks`,
      found: `${tasks.length}`,
    };
  }
  return { firstKindsUsed: expectedUsed };
}

function checkRound(
  round: LoggedRound,
  validator: string | undefined,
  expectedUsed: number | undefined,
): Broken | undefined {
  if (expectedUsed !== undefined && round.firstKindsUsed !== expectedUsed) {
    return ["firstKindsUsed", String(expectedUsed), String(round.firstKindsUsed)];
  }
  const hotkeys = round.eligible.map(({ hotkey }) => hotkey);
  if (new Set(hotkeys).size !== hotkeys.length) return ["eligible", "distinct hotkeys", "a repeated hotkey"];
  if (validator !== undefined && hotkeys.includes(validator))
    return ["eligible", "miners only", "the validator itself"];
  return undefined;
}

/** Kind and negative that follow from the draw and from what the validator says that it found and did. */
function playedAs(drawn: DrawnTask, task: Task): Pick<DrawnTask, "kind" | "negative"> {
  if (drawn.kind !== "trap" || drawn.method === null) return drawn;
  const place = drawn.generators[0]?.hotkey === drawn.negative ? 0 : 1;
  const { kind, negative } = trapOutcome(place, drawn.method, readTrapNotes(task["preparation"]));
  return { kind, negative: kind === "trap" ? (drawn.generators[negative]?.hotkey ?? null) : null };
}

/** The first field of a task that is not as drawn. */
function compareTask(drawn: DrawnTask, task: Task): Broken | undefined {
  const generators = drawn.generators.map(({ hotkey }) => hotkey);
  const voters = new Map(drawn.voters.map((voter) => [voter.hotkey, voter]));
  const { kind, negative } = playedAs(drawn, task);
  const pairs: Broken[] = [
    ["kind", kind, task.kind],
    ["taskType", drawn.taskType, String(task.taskType)],
    ["generators", generators.join(" "), task.generators.join(" ")],
    ["discriminators", [...voters.keys()].join(" "), (task.discriminators ?? []).join(" ")],
    ["negative", String(negative), String(task.negative ?? null)],
    ["method", String(drawn.method), String(task["method"] ?? null)],
    ["decoy", String(drawn.decoy), String(task["decoy"] ?? null)],
  ];
  for (const completion of task.completions) {
    const place = generators.indexOf(completion.by);
    const id = completion.source === "validator" ? `c${generators.length + 1}` : `c${place + 1}`;
    pairs.push(["completion", id, completion.id]);
    const assignment = drawn.generators[place]?.assignment;
    if (completion["assignment"] !== undefined && assignment !== undefined)
      pairs.push(["assignment", assignment, String(completion["assignment"])]);
  }
  for (const vote of task.votes) {
    const voter = voters.get(vote.voter);
    if (voter === undefined) continue;
    if (vote["assignment"] !== undefined) pairs.push(["assignment", voter.assignment, String(vote["assignment"])]);
    if (vote["choice"] !== undefined) {
      const expected = (vote["choice"] === "A") === voter.firstIsA ? "c1" : "c2";
      pairs.push(["label", expected, vote.completion]);
    }
  }
  return pairs.find(([, expected, found]) => expected !== found);
}
