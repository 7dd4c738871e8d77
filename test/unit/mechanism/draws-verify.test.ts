import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { type DrawnTask, type DrawRules, drawRound, type Eligible } from "../../../src/mechanism/draws.ts";
import { drawKey, hashed, SEED_CHAIN_LENGTH, seedCommitment } from "../../../src/mechanism/draws-seeds.ts";
import { Draws } from "../../../src/mechanism/draws-stream.ts";
import { type DrawVerdict, verifyDraws } from "../../../src/mechanism/draws-verify.ts";
import type { Interval, Task, TaskLog } from "../../../src/mechanism/task-log.ts";

const VALIDATOR = "hot-validator";
const RULES: DrawRules = {
  trapShare: 0.3,
  syntheticShare: 0.3,
  damageShare: 0.5,
  votersPerTask: 4,
  firstKinds: ["trap", "synthetic", "duel", "trap", "trap", "synthetic", "duel", "trap", "trap"],
  taskTypes: ["page", "text"],
};
const MINERS: readonly Eligible[] = Array.from({ length: 9 }, (_, i) => ({
  hotkey: `hot-${i}`,
  coldkey: `cold-${i}`,
  roles: ["generator", "discriminator"],
  taskTypes: i < 7 ? ["page", "text"] : ["page"],
}));

/** What may be drawn or told otherwise than the rules say, as a validator that cheats would. */
interface Play {
  readonly first?: number;
  readonly intervals?: number;
  readonly rounds?: (interval: number) => number;
  readonly rules?: DrawRules;
  readonly eligible?: readonly Eligible[];
  readonly firstKindsUsed?: (honest: number, interval: number, round: number) => number;
  /** A trap's `preparation` in the log and what it was played as. */
  readonly trap?: (drawn: DrawnTask) => { readonly preparation?: object; readonly negative: string | null };
}

const hex = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;
const LAST = new Uint8Array(32).fill(7);

/** The log of an honest validator: seeds revealed, everything as drawn, everybody answered and voted. */
function played(play: Play = {}): TaskLog {
  const { first = 0, intervals: count = 3, rules = RULES, eligible = MINERS } = play;
  const end = first + count - 1;
  const intervals: Interval[] = [];
  const tasks: Task[] = [];
  let used = 0;
  for (let n = first; n <= end; n++) {
    const seed = hashed(LAST, end - n);
    const beacon = new Uint8Array(32).fill(100 + n);
    const draws = new Draws(drawKey(seed, beacon));
    const rounds = [];
    for (let round = 0; round < (play.rounds?.(n) ?? 2); round++) {
      const before = play.firstKindsUsed?.(used, n, round) ?? used;
      const drawn = drawRound(draws, round, eligible, rules, before);
      used = drawn.firstKindsUsed;
      rounds.push({ n: round, openedAt: "2026-01-01T00:00:00Z", block: 1, firstKindsUsed: before, eligible });
      tasks.push(...drawn.tasks.map((task) => loggedTask(n, round, task, play)));
    }
    const more = { closedAt: "2026-01-01T07:00:00Z", draws: rules, rounds };
    intervals.push({ n, commitment: hex(seedCommitment(seed)), seed: hex(seed), beacon: hex(beacon), ...more });
  }
  return { anchor: hex(hashed(LAST, end + 1)), intervals, tasks };
}

function loggedTask(interval: number, round: number, drawn: DrawnTask, { trap }: Play): Task {
  const asPlayed = drawn.kind === "trap" ? trap?.(drawn) : undefined;
  const negative = asPlayed === undefined ? drawn.negative : asPlayed.negative;
  return {
    id: `t-${interval}-${round}-${drawn.index}`,
    interval,
    round,
    index: drawn.index,
    kind: drawn.kind === "trap" && negative === null ? "duel" : drawn.kind,
    taskType: drawn.taskType,
    createdAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-01T06:00:00Z",
    validator: VALIDATOR,
    generators: drawn.generators.map(({ hotkey }) => hotkey),
    completions: [
      ...drawn.generators.map(({ hotkey, assignment }, place) => ({
        id: `c${place + 1}`,
        by: hotkey,
        source: "miner" as const,
        assignment,
      })),
      ...(drawn.generators.length === 1 ? [{ id: "c2", by: VALIDATOR, source: "validator" as const }] : []),
    ],
    ...(negative === null ? {} : { negative }),
    ...(drawn.method === null ? {} : { method: drawn.method }),
    ...(drawn.decoy === null ? {} : { decoy: drawn.decoy }),
    ...(asPlayed?.preparation === undefined ? {} : { preparation: asPlayed.preparation }),
    discriminators: drawn.voters.map(({ hotkey }) => hotkey),
    votes: drawn.voters.map(({ hotkey, assignment, firstIsA }) => ({
      voter: hotkey,
      assignment,
      choice: "A",
      completion: firstIsA ? "c1" : "c2",
      at: "2026-01-01T01:00:00Z",
    })),
  };
}

const ok = (log: TaskLog): DrawVerdict => ({
  verdict: "ok",
  firstDifference: null,
  intervals: log.intervals?.length ?? 0,
  tasks: log.tasks.length,
});
const withInterval = (log: TaskLog, n: number, change: (interval: Interval) => object): TaskLog => ({
  ...log,
  intervals: (log.intervals ?? []).map((one) => (one.n === n ? ({ ...one, ...change(one) } as Interval) : one)),
});
const without = (field: string, one: object): object =>
  Object.fromEntries(Object.entries(one).filter(([key]) => key !== field));
const roundsOf = (interval: Interval): { n: number; eligible: Eligible[] }[] =>
  interval["rounds"] as { n: number; eligible: Eligible[] }[];

const HONEST = played();

describe("an honest log", () => {
  it("is drawn again and found equal, task by task", () => {
    for (const kind of ["synthetic", "duel", "trap"]) expect(HONEST.tasks.map((task) => task.kind)).toContain(kind);
    expect(HONEST.tasks.some((task) => task["decoy"] !== undefined)).toBe(true);
    expect(verifyDraws(HONEST)).toEqual(ok(HONEST));
  });

  it("may list its intervals and tasks in any order", () => {
    const turned = { ...HONEST, intervals: HONEST.intervals?.toReversed() ?? [], tasks: HONEST.tasks.toReversed() };
    expect(verifyDraws(turned)).toEqual(ok(HONEST));
  });

  it("may be any part of the whole: one interval, or some with a gap between them", () => {
    const part = (...numbers: number[]): TaskLog => ({
      ...HONEST,
      intervals: HONEST.intervals?.filter(({ n }) => numbers.includes(n)) ?? [],
      tasks: HONEST.tasks.filter(({ interval = -1 }) => numbers.includes(interval)),
    });
    for (const log of [part(0), part(1), part(2), part(0, 2), part(1, 2)]) expect(verifyDraws(log)).toEqual(ok(log));
  });

  it("may say nothing of an anchor, of assignments, or of the letter that a vote named", () => {
    const bare = {
      intervals: HONEST.intervals ?? [],
      tasks: HONEST.tasks.map((task) => ({
        ...task,
        completions: task.completions.map((one) => without("assignment", one) as typeof one),
        votes: task.votes.map((one) => without("choice", without("assignment", one)) as typeof one),
      })),
    };
    expect(verifyDraws(bare)).toEqual(ok(HONEST));
  });

  it("may lack answers and have votes of strangers: who voted is scored, not drawn", () => {
    const tasks = HONEST.tasks.map((task) => ({
      ...task,
      completions: task.completions.slice(1),
      votes: [{ voter: "hot-stranger", assignment: "?", choice: "A", completion: "?", at: "2026-01-01T01:00:00Z" }],
    }));
    expect(verifyDraws({ ...HONEST, tasks })).toEqual(ok(HONEST));
  });

  it("may keep the seed of its newest interval while that is open", () => {
    const open = withInterval(HONEST, 2, () => ({ seed: undefined, closedAt: undefined }));
    const settled = HONEST.tasks.filter(({ interval = 0 }) => interval < 2).length;
    expect(verifyDraws(open)).toEqual({ verdict: "ok", firstDifference: null, intervals: 2, tasks: settled });
  });

  it("that reveals no seed is skipped", () => {
    const secret = { ...HONEST, intervals: HONEST.intervals?.map((one) => without("seed", one) as Interval) ?? [] };
    for (const log of [secret, { tasks: HONEST.tasks }, { intervals: [], tasks: [] }])
      expect(verifyDraws(log)).toEqual({ verdict: "skipped", firstDifference: null, intervals: 0, tasks: 0 });
  });

  it("may have intervals without a round", () => {
    const log = played({ rounds: (n) => (n === 1 ? 0 : 1) });
    expect(verifyDraws(log)).toEqual(ok(log));
  });
});

describe("a drawn trap", () => {
  const NATURAL = { ...RULES, naturalShare: 1, trapShare: 1 };
  const DAMAGE = { ...RULES, damageShare: 1, trapShare: 1 };
  const at = ({ generators }: DrawnTask, place: 0 | 1): string => generators[place]?.hotkey ?? "";

  it.each<[string, Play]>([
    ["has its drawn negative where nobody ran checks", { rules: DAMAGE, trap: ({ negative }) => ({ negative }) }],
    [
      "has its drawn negative once damage made it the worse one",
      {
        rules: DAMAGE,
        trap: ({ negative }) => ({ negative, preparation: { checks: "4 and 4 of 6", damage: "step", after: "3" } }),
      },
    ],
    [
      "is a duel with no negative where damage did nothing",
      {
        rules: DAMAGE,
        trap: () => ({ negative: null, preparation: { checks: "4 and 4 of 6", damage: "step", after: "4" } }),
      },
    ],
    [
      "has the naturally worse output as its negative, the first one",
      { rules: NATURAL, trap: (drawn) => ({ negative: at(drawn, 0), preparation: { checks: "1 and 5 of 6" } }) },
    ],
    [
      "has the naturally worse output as its negative, the second one",
      { rules: NATURAL, trap: (drawn) => ({ negative: at(drawn, 1), preparation: { checks: "5 and 1 of 6" } }) },
    ],
  ])("%s", (_, play) => {
    const log = played(play);
    expect(log.tasks.filter((task) => task["method"] !== undefined).length).toBeGreaterThan(6);
    expect(verifyDraws(log)).toEqual(ok(log));
  });

  it.each<[string, string, Play["trap"]]>([
    ["as a duel without a reason", "kind", () => ({ negative: null })],
    [
      "as a trap though damage did nothing",
      "kind",
      ({ negative }) => ({ negative, preparation: { checks: "4 and 4 of 6", damage: "step", after: "4" } }),
    ],
    [
      "with the better output as its negative",
      "negative",
      (drawn) => ({ negative: at(drawn, 1), preparation: { checks: "1 and 5 of 6" } }),
    ],
    [
      "with the other negative",
      "negative",
      (drawn) => ({ negative: at(drawn, drawn.negative === at(drawn, 0) ? 1 : 0) }),
    ],
  ])("is not to be played %s", (_, field, trap) => {
    const log = played({ rules: NATURAL, ...(trap === undefined ? {} : { trap }) });
    expect(verifyDraws(log)).toMatchObject({ verdict: "differs", firstDifference: { interval: 0, round: 0, field } });
  });
});

describe("a validator that cheats", () => {
  /** The last task of interval 1 that `of` chooses, changed. */
  const changed = (change: (task: Task) => object, of: (task: Task) => boolean = () => true): [TaskLog, Task] => {
    const target = HONEST.tasks.findLast((task) => task.interval === 1 && of(task));
    if (target === undefined) throw new Error("no such task in the sample");
    const tasks = HONEST.tasks.map((task) => (task === target ? ({ ...task, ...change(task) } as Task) : task));
    return [{ ...HONEST, tasks }, target];
  };
  const mark = <T extends object>(list: readonly T[], change: object): T[] =>
    list.map((one, place) => (place === list.length - 1 ? { ...one, ...change } : one));

  it.each<[string, string, (task: Task) => object, ((task: Task) => boolean)?]>([
    ["the kind", "kind", () => ({ kind: "duel" }), ({ kind }) => kind === "synthetic"],
    ["the type", "taskType", ({ taskType }) => ({ taskType: taskType === "page" ? "text" : "page" })],
    [
      "the generators",
      "generators",
      (task) => ({ generators: task.generators.toReversed() }),
      ({ kind }) => kind === "duel",
    ],
    ["a voter left out", "discriminators", (task) => ({ discriminators: task.discriminators?.slice(1) })],
    ["an invitation for all", "discriminators", () => ({ discriminators: undefined })],
    ["a negative in a duel", "negative", (task) => ({ negative: task.generators[0] }), ({ kind }) => kind === "duel"],
    ["no negative in a trap", "negative", () => ({ negative: undefined }), ({ kind }) => kind === "trap"],
    ["how a trap was made", "method", () => ({ method: "natural" }), ({ kind }) => kind === "trap"],
    ["that a method was drawn", "method", () => ({ method: undefined }), ({ kind }) => kind === "trap"],
    ["a decoy", "decoy", () => ({ decoy: undefined }), (task) => task["decoy"] !== undefined],
    ["a decoy in a duel", "decoy", () => ({ decoy: "hot-1" }), ({ kind }) => kind === "duel"],
    ["the id of an output", "completion", (task) => ({ completions: mark(task.completions, { id: "c3" }) })],
    [
      "the id of its own output",
      "completion",
      (task) => ({ completions: mark(task.completions, { id: "cv" }) }),
      ({ kind }) => kind === "synthetic",
    ],
    [
      "whose assignment an output answers",
      "assignment",
      (task) => ({ completions: mark(task.completions, { assignment: "f".repeat(32) }) }),
      ({ kind }) => kind === "duel",
    ],
    [
      "whose assignment a vote answers",
      "assignment",
      (task) => ({ votes: mark(task.votes, { assignment: "f".repeat(32) }) }),
    ],
    ["the letter of a vote", "label", (task) => ({ votes: mark(task.votes, { choice: "B" }) })],
    [
      "what a vote chose",
      "label",
      (task) => ({ votes: task.votes.map((one) => ({ ...one, completion: one.completion === "c1" ? "c2" : "c1" })) }),
    ],
  ])("is found where it changes %s", (_, field, change, of) => {
    const [log, task] = changed(change, of);
    expect(verifyDraws(log)).toMatchObject({
      verdict: "differs",
      firstDifference: { interval: 1, round: task["round"], task: task.id, field },
      intervals: 1,
      tasks: HONEST.tasks.filter(({ interval }) => interval === 0).length,
    });
  });

  it("is told what was drawn and what its log has", () => {
    const [log, task] = changed(
      () => ({ kind: "duel" }),
      ({ kind }) => kind === "synthetic",
    );
    expect(verifyDraws(log).firstDifference).toEqual({
      interval: 1,
      round: task["round"],
      task: task.id,
      field: "kind",
      expected: "synthetic",
      found: "duel",
    });
  });

  it("is found where it leaves a task out", () => {
    const gone = HONEST.tasks.find(({ interval, round }) => interval === 1 && round === 1);
    const log = { ...HONEST, tasks: HONEST.tasks.filter((task) => task !== gone) };
    expect(verifyDraws(log).firstDifference).toMatchObject({ interval: 1, round: 1, field: "task", found: "missing" });
  });

  it.each([
    ["to a round", { index: 99 }],
    ["to a round that was not", { round: 2 }],
    ["to no round", { round: undefined }],
    ["twice", {}],
  ])("is found where it adds a task %s", (_, change) => {
    const some = HONEST.tasks.find(({ interval }) => interval === 1) as Task;
    const log = { ...HONEST, tasks: [...HONEST.tasks, { ...some, id: "added", ...change }] };
    expect(verifyDraws(log).firstDifference).toMatchObject({ interval: 1, round: null, task: null, field: "tasks" });
  });

  it.each([
    ["of an interval that the log does not have", 7],
    ["of no interval", null],
  ])("is found where it adds a task %s", (_, interval) => {
    const { interval: _own, ...some } = HONEST.tasks.at(-1) as Task;
    const added: Task = { ...some, id: "added", ...(interval === null ? {} : { interval }) };
    const found = verifyDraws({ ...HONEST, tasks: [...HONEST.tasks, added] });
    expect(found.firstDifference).toMatchObject({ interval, round: null, task: "added", field: "interval" });
    expect(found).toMatchObject({ verdict: "differs", intervals: 3, tasks: HONEST.tasks.length });
  });

  it.each<[string, string, TaskLog]>([
    [
      "grinds a seed after its commitment",
      "commitment",
      withInterval(HONEST, 1, () => ({ seed: hex(hashed(LAST, 50)) })),
    ],
    [
      "commits to a seed outside the chain",
      "seed",
      withInterval(HONEST, 1, () => ({ seed: hex(hashed(LAST, 50)), commitment: hex(hashed(LAST, 51)) })),
    ],
    ["publishes another anchor", "anchor", { ...HONEST, anchor: hex(hashed(LAST, 9)) }],
    ["publishes a malformed anchor", "anchor", { ...HONEST, anchor: "0x12" }],
    [
      "reveals no seed of an interval before the last",
      "seed",
      withInterval(HONEST, 1, () => ({ seed: undefined, closedAt: undefined })),
    ],
    ["reveals no seed of a closed interval", "seed", withInterval(HONEST, 2, () => ({ seed: undefined }))],
    ["reveals something else than a seed", "seed", withInterval(HONEST, 1, () => ({ seed: "0x12" }))],
    ["says no beacon", "beacon", withInterval(HONEST, 1, () => ({ beacon: undefined }))],
    ["says no rounds", "rounds", withInterval(HONEST, 1, () => ({ rounds: undefined }))],
    ["says no rules", "draws", withInterval(HONEST, 1, () => ({ draws: undefined }))],
  ])("is found where it %s", (_, field, log) => {
    expect(verifyDraws(log)).toMatchObject({ verdict: "differs", firstDifference: { round: null, task: null, field } });
  });

  it("is found where its chain of seeds is longer than may be", () => {
    const log = played({ first: SEED_CHAIN_LENGTH - 1, intervals: 2 });
    expect(verifyDraws(log).firstDifference).toMatchObject({ interval: SEED_CHAIN_LENGTH, field: "n" });
  });

  it.each<[string, string, (interval: Interval) => object]>([
    ["skips a round", "round", (one) => ({ rounds: roundsOf(one).map((round) => ({ ...round, n: round.n + 1 })) })],
    [
      "draws a miner twice",
      "eligible",
      (one) => ({ rounds: roundsOf(one).map((round) => ({ ...round, eligible: [...MINERS, ...MINERS.slice(0, 1)] })) }),
    ],
  ])("is found where it %s", (_, field, change) => {
    const log = withInterval(HONEST, 1, change);
    expect(verifyDraws(log).firstDifference).toMatchObject({ interval: 1, round: field === "round" ? 1 : 0, field });
  });

  it("is found where its own hotkey plays", () => {
    const own: Eligible = { hotkey: VALIDATOR, coldkey: "cold-v", roles: ["discriminator"], taskTypes: ["page"] };
    expect(verifyDraws(played({ eligible: [...MINERS, own] })).firstDifference).toMatchObject({ field: "eligible" });
  });

  it.each<[string, Play]>([
    ["at its start", { firstKindsUsed: (honest, n, round) => (n === 0 && round === 0 ? 1 : honest) }],
    ["in a round", { firstKindsUsed: (honest, n, round) => (n === 0 && round === 1 ? 0 : honest) }],
    ["in an interval", { firstKindsUsed: (honest, n, round) => (n === 1 && round === 0 ? 0 : honest) }],
    [
      "after an interval without rounds",
      { rounds: (n) => (n === 1 ? 0 : 1), firstKindsUsed: (honest, n) => (n === 2 ? 0 : honest) },
    ],
  ])("is found where it chooses the kinds again %s", (_, play) => {
    expect(verifyDraws(played(play)).firstDifference).toMatchObject({ field: "firstKindsUsed" });
  });
});
