import { describe, expect, it } from "vitest";
import { Ballot, UNKNOWN } from "../../../src/mechanism/ballot.ts";
import { HotkeyTable } from "../../../src/mechanism/hotkey-table.ts";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { sampleTask, VALIDATOR } from "./task-samples.ts";

const DUEL = sampleTask("duel", [["A", "c1"]], { discriminators: ["A", "B"], interval: 0, taskType: "page" });
const TRAP = sampleTask("trap", [["A", "c1"]]);
const SYNTHETIC = sampleTask("synthetic", [["A", "cv"]]);

/** A ballot is used again and again: what it held before must not decide. */
function problemOf(value: unknown, trusted = false): string | null {
  const ballot = new Ballot(new HotkeyTable());
  for (const discriminators of [undefined, ["X", "A", "V", "G2"]]) {
    const before = { generators: ["X", "A"], completions: [mine("c1", "X"), mine("c2", "A")], negative: "A" };
    ballot.load({ ...TRAP, ...before, ...(discriminators === undefined ? {} : { discriminators }) }, false, undefined);
  }
  return ballot.load(value, trusted, undefined)?.path ?? null;
}
const without = (task: object, field: string): object =>
  Object.fromEntries(Object.entries(task).filter(([key]) => key !== field));
const names = (ballot: Ballot, ids: Int32Array, count: number): string[] =>
  Array.from(ids.subarray(0, count), (id) => ballot.hotkeys.nameOf(id));
const mine = (id: string, by: string): object => ({ id, by, source: "miner" });
const voteOf = (change: object): object => ({ voter: "A", completion: "c1", at: "2026-01-01T01:00:00Z", ...change });

describe("a task of the format", () => {
  it.each<[string, object]>([
    ["a whole one of each kind", DUEL],
    ["a trap", TRAP],
    ["a synthetic task", SYNTHETIC],
    [
      "no interval, type, opening or invitations",
      without(without(without(DUEL, "interval"), "taskType"), "votingOpensAt"),
    ],
    ["nobody and nothing yet", { ...DUEL, generators: [], completions: [], votes: [], discriminators: [] }],
    ["a vote for anything", { ...DUEL, votes: [voteOf({ completion: "" })] }],
    ["votes of anybody", { ...DUEL, votes: [voteOf({ voter: VALIDATOR }), voteOf({ voter: "stranger" })] }],
    ["the validator's output as the inferior one of a trap", { ...TRAP, negative: VALIDATOR }],
    ["any negative where it is no trap", { ...DUEL, negative: 5 }],
    ["fields that nobody knows", { ...DUEL, prompt: null, proof: [1], round: "x" }],
    ["all times the same", { ...DUEL, createdAt: DUEL.expiresAt, votingOpensAt: DUEL.expiresAt }],
    ["a generator among the invited", { ...DUEL, discriminators: ["G1"] }],
  ])("may have %s", (_, task) => {
    expect(problemOf(task)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ["no object: null", null, ""],
    ["no object: a list", [], ""],
    ["no object: a text", "t", ""],
    ...(["id", "kind", "createdAt", "expiresAt", "validator", "generators", "completions", "votes"] as const).map(
      (field): [string, unknown, string] => [`no ${field}`, without(DUEL, field), field],
    ),
    ["a number for its id", { ...DUEL, id: 1 }, "id"],
    ["another kind", { ...DUEL, kind: "Duel" }, "kind"],
    ["a negative interval", { ...DUEL, interval: -1 }, "interval"],
    ["half an interval", { ...DUEL, interval: 0.5 }, "interval"],
    ["an interval beyond whole numbers", { ...DUEL, interval: 2 ** 53 }, "interval"],
    ["a number for its type", { ...DUEL, taskType: 1 }, "taskType"],
    ["a number for its validator", { ...DUEL, validator: 1 }, "validator"],
    ["no date", { ...DUEL, createdAt: "yesterday" }, "createdAt"],
    ["a number for a time", { ...DUEL, expiresAt: 1 }, "expiresAt"],
    ["no date to open", { ...DUEL, votingOpensAt: "" }, "votingOpensAt"],
    ["null to open", { ...DUEL, votingOpensAt: null }, "votingOpensAt"],
    ["an opening before it was made", { ...DUEL, votingOpensAt: "2025-12-31T23:59:59.999999999Z" }, "votingOpensAt"],
    ["an end before its opening", { ...DUEL, expiresAt: "2026-01-01T00:09:59.999999999Z" }, "expiresAt"],
    [
      "an end before it was made",
      { ...without(DUEL, "votingOpensAt"), expiresAt: "2025-12-31T23:59:59.999999999Z" },
      "expiresAt",
    ],
    ["generators that are no list", { ...DUEL, generators: {} }, "generators"],
    ["a generator that is no text", { ...DUEL, generators: ["G1", 2] }, "generators[1]"],
    ["a generator twice", { ...DUEL, generators: ["G1", "G2", "G1"] }, "generators[2]"],
    ["a completion that is null", { ...DUEL, completions: [null] }, "completions[0]"],
    ["a completion that is a list", { ...DUEL, completions: [mine("c1", "G1"), []] }, "completions[1]"],
    ["a completion that is a text", { ...DUEL, completions: ["c1"] }, "completions[0]"],
    ["a completion without an id", { ...DUEL, completions: [{ by: "G1", source: "miner" }] }, "completions[0].id"],
    ["a completion by nobody", { ...DUEL, completions: [{ id: "c1", source: "miner" }] }, "completions[0].by"],
    [
      "a completion from elsewhere",
      { ...DUEL, completions: [{ id: "c1", by: "G1", source: "model" }] },
      "completions[0].source",
    ],
    ["a miner's completion by a stranger", { ...DUEL, completions: [mine("c1", "X")] }, "completions[0].by"],
    ["a miner's completion by the validator", { ...DUEL, completions: [mine("c1", VALIDATOR)] }, "completions[0].by"],
    [
      "a validator's completion by a generator",
      { ...DUEL, completions: [{ id: "c1", by: "G1", source: "validator" }] },
      "completions[0].by",
    ],
    ["two completions by one", { ...DUEL, completions: [mine("c1", "G1"), mine("c2", "G1")] }, "completions[1].by"],
    [
      "two completions with one id",
      { ...DUEL, completions: [mine("c1", "G1"), mine("c1", "G2")] },
      "completions[1].id",
    ],
    ["a trap without a negative", without(TRAP, "negative"), "negative"],
    ["a trap with a stranger as negative", { ...TRAP, negative: "A" }, "negative"],
    ["invitations that are no list", { ...DUEL, discriminators: null }, "discriminators"],
    ["an invitation that is no text", { ...DUEL, discriminators: [1] }, "discriminators[0]"],
    ["an invitation twice", { ...DUEL, discriminators: ["A", "B", "A"] }, "discriminators[2]"],
    ["a vote that is null", { ...DUEL, votes: [null] }, "votes[0]"],
    ["a vote that is a list", { ...DUEL, votes: [voteOf({}), []] }, "votes[1]"],
    ["a vote that is a text", { ...DUEL, votes: ["A"] }, "votes[0]"],
    ["a vote by nobody", { ...DUEL, votes: [voteOf({ voter: 1 })] }, "votes[0].voter"],
    ["a vote for null", { ...DUEL, votes: [voteOf({ completion: null })] }, "votes[0].completion"],
    ["a vote at no time", { ...DUEL, votes: [voteOf({}), voteOf({ at: "2026-02-30T00:00:00Z" })] }, "votes[1].at"],
    ["a first vote without a time", { ...DUEL, votes: [voteOf({ at: undefined })] }, "votes[0].at"],
  ])("has not %s", (_, value, path) => {
    expect(problemOf(value)).toBe(path);
  });

  it("is named by what is wrong with it", () => {
    const ballot = new Ballot(new HotkeyTable());
    expect(ballot.load({ ...DUEL, kind: "joust" }, false, undefined)).toEqual({
      id: "t-0001",
      path: "kind",
      expected: '"synthetic", "duel" or "trap"',
      found: '"joust"',
    });
    expect(ballot.load({ id: 5 }, false, undefined)?.id).toBeUndefined();
    expect(ballot.load(null, false, undefined)?.id).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "nothing"],
    ["null", null, "null"],
    ["a number", -0.5, "-0.5"],
    ["a list", [1, 2], "a list of 2"],
    ["an object", { a: 1 }, "an object"],
    ["a text with its quotes", 'a "b"', '"a \\"b\\""'],
    ["a text that fits", "x".repeat(58), `"${"x".repeat(58)}"`],
    ["a longer text cut, with its length", "x".repeat(59), `"${"x".repeat(59)}… (61 characters)`],
  ])("is shown with %s where something else should be", (_, kind, found) => {
    expect(new Ballot(new HotkeyTable()).load({ ...DUEL, kind }, false, undefined)?.found).toBe(found);
  });

  it("that is trusted may name whom it likes, and nothing else", () => {
    const free = {
      ...TRAP,
      generators: ["G1", "G1"],
      completions: [mine("c1", "X"), mine("c1", "X")],
      negative: "Y",
      discriminators: ["A", "A"],
    };
    expect(problemOf(free, true)).toBeNull();
    expect(problemOf({ ...free, negative: undefined }, true)).toBe("negative");
    expect(problemOf({ ...free, completions: [{ id: "c1", by: 5, source: "miner" }] }, true)).toBe("completions[0].by");
    expect(problemOf({ ...free, votes: [voteOf({ at: "now" })] }, true)).toBe("votes[0].at");
  });
});

describe("a loaded task", () => {
  const loaded = (task: object, until?: string): Ballot => {
    const ballot = new Ballot(new HotkeyTable());
    // A ballot is used again and again: nothing of a larger task before may be left.
    ballot.load(
      sampleTask(
        "trap",
        [
          ["Z", "c2"],
          ["Y", "c2"],
        ],
        { discriminators: ["Z", "Y", "X"] },
      ),
      false,
      undefined,
    );
    expect(ballot.load(task, false, until === undefined ? undefined : parseInstant(until))).toBeNull();
    return ballot;
  };

  it("has everything by number", () => {
    const ballot = loaded(SYNTHETIC);
    expect([ballot.id, ballot.kind, ballot.open, ballot.negative]).toEqual(["t-0001", "synthetic", true, UNKNOWN]);
    expect(names(ballot, ballot.generators, ballot.generatorCount)).toEqual(["G1"]);
    expect(names(ballot, ballot.authors, ballot.completionCount)).toEqual(["G1", VALIDATOR]);
    expect([...ballot.fromValidator.subarray(0, 2)]).toEqual([0, 1]);
    expect(ballot.invitedCount).toBe(0);
    expect(ballot.hotkeys.nameOf(loaded(TRAP).negative)).toBe("G2");
    expect(loaded(DUEL).open).toBe(false);
    expect(ballot.expiresAt).toEqual(parseInstant("2026-01-01T06:00:00Z"));
  });

  it("opens for votes when it was made where it does not say", () => {
    const early = voteOf({ at: "2026-01-01T00:05:00Z" });
    expect(loaded({ ...DUEL, votes: [early] }).inTime[0]).toBe(0);
    expect(loaded({ ...without(DUEL, "votingOpensAt"), votes: [early] }).inTime[0]).toBe(1);
  });

  it("opens and ends to the nanosecond", () => {
    const at = (time: string): object => voteOf({ at: `2026-01-01T00:00:${time}Z` });
    const votes = [at("01.499999999"), at("01.5"), at("02.5"), at("02.500000001")];
    const times = { createdAt: "2026-01-01T00:00:01.5Z", expiresAt: "2026-01-01T00:00:02.5Z", votes };
    for (const task of [
      { ...without(DUEL, "votingOpensAt"), ...times },
      { ...DUEL, ...times, votingOpensAt: times.createdAt },
    ])
      expect([...loaded(task).inTime.subarray(0, 4)]).toEqual([0, 1, 1, 0]);
  });

  it("has only the votes up to a moment, that moment's among them", () => {
    const at = (time: string): object => voteOf({ at: `2026-01-01T${time}Z` });
    const ballot = loaded(
      { ...DUEL, votes: [at("02:00:00"), at("02:00:00.000000001"), at("01:00:00")] },
      "2026-01-01T02:00:00Z",
    );
    expect(ballot.voteCount).toBe(2);
    expect([...ballot.atSeconds.subarray(0, 2)]).toEqual([1_767_232_800, 1_767_229_200]);
  });

  it("knows its voters in whatever order they come", () => {
    const invited = Array.from({ length: 12 }, (_, i) => `H${i}`);
    for (const order of [
      invited,
      invited.toReversed(),
      invited.filter((_, i) => i % 2 === 0),
      invited.filter((_, i) => i % 3 === 0),
      ["H3", "H1", "stranger", "H2", "H3", "H9", "H10", "H10", "H11", "H0"],
      ["a", "b", "c", "d", "e", "H0", "H1"],
    ]) {
      const ballot = loaded({ ...DUEL, discriminators: invited, votes: order.map((voter) => voteOf({ voter })) });
      expect(names(ballot, ballot.voters, ballot.voteCount)).toEqual(order);
    }
  });

  it("grows with its task", () => {
    const many = Array.from({ length: 700 }, (_, i) => `M${i}`);
    const ballot = loaded({
      ...DUEL,
      generators: many,
      completions: [...many.map((by) => mine(`c${by}`, by)), { id: "cv", by: VALIDATOR, source: "validator" }],
      discriminators: many.toReversed(),
      votes: many.map((voter, place) =>
        voteOf({ voter, completion: `c${voter}`, at: `2026-01-01T01:00:00.${String(place).padStart(9, "0")}Z` }),
      ),
    });
    expect(names(ballot, ballot.generators, 700)).toEqual(many);
    expect(names(ballot, ballot.authors, 700)).toEqual(many);
    expect([...ballot.fromValidator.subarray(0, 701)].indexOf(1)).toBe(700);
    expect(names(ballot, ballot.invited, 700)).toEqual(many.toReversed());
    expect(names(ballot, ballot.voters, 700)).toEqual(many);
    expect([...ballot.choices.subarray(0, 700)]).toEqual([...many.keys()]);
    expect(ballot.inTime.subarray(0, 700).every((one) => one === 1)).toBe(true);
    expect([...ballot.atNanos.subarray(0, 700)]).toEqual([...many.keys()]);
    expect(new Set(ballot.atSeconds.subarray(0, 700))).toEqual(new Set([1_767_229_200]));
  });
});
