import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ballot } from "../../../src/mechanism/ballot.ts";
import { HotkeyTable } from "../../../src/mechanism/hotkey-table.ts";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { ScannerMemory } from "../../../src/simulate/scanner-memory.ts";
import { scannerModule } from "../../../src/simulate/scanner-module.ts";
import { TaskScanner } from "../../../src/simulate/task-scanner.ts";
import { sampleTask, tasks } from "../mechanism/task-samples.ts";

/** Everything that scoring reads of a ballot, with names for numbers. */
function contentOf(ballot: Ballot): unknown {
  const names = (ids: Int32Array, count: number): string[] =>
    [...ids.slice(0, count)].map((id) => ballot.hotkeys.nameOf(id));
  const { voteCount, completionCount } = ballot;
  return {
    id: ballot.id,
    kind: ballot.kind,
    interval: ballot.interval,
    open: ballot.open,
    validator: ballot.hotkeys.nameOf(ballot.validator),
    negative: ballot.negative < 0 ? null : ballot.hotkeys.nameOf(ballot.negative),
    expiresAt: { ...ballot.expiresAt },
    generators: names(ballot.generators, ballot.generatorCount),
    invited: names(ballot.invited, ballot.invitedCount),
    authors: names(ballot.authors, completionCount),
    fromValidator: ballot.fromValidator.slice(0, completionCount),
    voters: names(ballot.voters, voteCount),
    choices: ballot.choices.slice(0, voteCount),
    inTime: ballot.inTime.slice(0, voteCount),
    at: [...ballot.atSeconds.slice(0, voteCount)].map((seconds, index) => [seconds, ballot.atNanos[index]]),
  };
}

const until = parseInstant("2026-01-01T03:00:00Z");
const memories = [until, undefined].map((limit) => {
  const memory = new ScannerMemory(
    new Ballot(new HotkeyTable()),
    { seed: 7, ...(limit === undefined ? {} : { until: limit }) },
    scannerModule(),
  );
  return { limit, memory, scanner: new TaskScanner(memory, true) };
});

/** What the scanner makes of a text that stands between others; undefined if it hands it on. */
function scan(text: string, limit = until): unknown {
  const { memory, scanner } = memories.find((each) => each.limit === limit) ?? raise();
  const around = '}{"id":"x"}]\n';
  const given = Buffer.from(around + text + around);
  const bytes = memory.room(given.length);
  bytes.set(given);
  memory.open(given.length);
  const start = Buffer.byteLength(around);
  const end = given.length - start;
  const after = scanner.load(start, end);
  return after >= 0 && bytes.toString("utf8", after, end).trim() === "" ? contentOf(memory.ballot) : undefined;
}

const raise = (): never => {
  throw new Error("no such limit");
};

/** What JSON.parse and the general loader make of it; undefined if it is not valid. */
function parse(text: string, limit = until): unknown {
  const ballot = new Ballot(new HotkeyTable());
  try {
    return ballot.load(JSON.parse(text), false, limit) === null ? contentOf(ballot) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

describe("TaskScanner", () => {
  it("takes every task that a program writes without odd characters, as the general loader would", () => {
    const plain = tasks.map((task) => ({ ...task, id: task.id.replace(/[^ -~]|["\\]/g, "_") }));
    fc.assert(
      fc.property(plain, fc.constantFrom(undefined, 1), (task, indent) => {
        const text = JSON.stringify(task, null, indent);
        expect(scan(text)).toEqual(parse(text));
        expect(scan(text)).toBeDefined();
      }),
    );
  });

  it.each([
    [
      "48-character hotkeys, known and new",
      sampleTask("duel", [
        ["5".repeat(48), "c1"],
        [`5${"G".repeat(47)}`, "c2"],
        ["5".repeat(48), "c2"],
      ]),
    ],
    [
      "members that nobody reads",
      sampleTask("duel", [["A", "c1"]], {
        prompt: 'a "b"\n\u00e9 \ud83c\udfdb',
        files: [{ a: [1.5e-3, true, null, {}] }],
        n: -0,
      }),
    ],
    [
      "votes with proofs",
      sampleTask("trap", [], {
        votes: [{ voter: "A", completion: "c2", at: "2026-01-01T01:00:00.5Z", proof: { s: "0x" } }],
      }),
    ],
    [
      "votes in another order",
      sampleTask("trap", [], { votes: [{ at: "2026-01-01T01:00:00Z", completion: "c2", voter: "A" }] }),
    ],
    ["a fraction of nine digits", sampleTask("duel", [["A", "c1", "2026-01-01T01:00:00.123456789Z"]])],
    ["nobody invited", sampleTask("duel", [["A", "c1"]], { discriminators: [] })],
    ["no votes", sampleTask("duel", [])],
  ])("takes %s", (_, task) => {
    const text = JSON.stringify(task);
    expect(scan(text)).toBeDefined();
    expect(scan(text)).toEqual(parse(text));
  });

  const line = JSON.stringify(
    sampleTask(
      "trap",
      [
        ["A", "c1"],
        ["B", "c2"],
      ],
      { discriminators: ["A", "B"] },
    ),
  );
  it.each([
    ["an escape in a hotkey", line.replace('"A"', '"\\u0041"')],
    ["a letter beyond ASCII", line.replaceAll('"A"', '"Ä"')],
    ["an offset", line.replaceAll("01:00:00Z", "01:00:00+00:00")],
    [
      "votes before what they are checked against",
      line.replace(/("completions":\[.*?\],)(.*)(,"votes":\[.*?\])}/, '$2$3,$1"x":0}'),
    ],
  ])("hands on %s", (_, text) => {
    expect(scan(text)).toBeUndefined();
    expect(parse(text)).toBeDefined();
  });

  it("never takes what the general loader refuses, nor differs from it: any bytes changed", () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(line.length - 1),
        cut: fc.nat(12),
        put: fc.oneof(
          fc.string({ maxLength: 3 }),
          fc.constantFrom(
            '"',
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "-",
            "Z",
            "T",
            " ",
            "\n",
            "\u0000",
            '"id":',
            '"votes":[],',
            "null",
          ),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(edits, (changes) => {
        let text = line;
        for (const { at, cut, put } of changes) text = text.slice(0, at) + put + text.slice(at + cut);
        const taken = scan(text);
        if (taken !== undefined) expect(taken).toEqual(parse(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("never reads on behind the end of a record", () => {
    for (let length = 0; length < line.length; length++) expect(scan(line.slice(0, length))).toBeUndefined();
  });
});

describe("a member that nobody reads", () => {
  const line = JSON.stringify(sampleTask("duel", [["A", "c1"]]));
  const taken = (value: string): boolean => scan(`${line.slice(0, -1)},"x":${value}}`) !== undefined;

  it("is passed over whatever its value is, unless that is nested too deep", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(taken(JSON.stringify(value))).toBe(true);
      }),
    );
    expect(taken(`${"[".repeat(40)}${"]".repeat(40)}`)).toBe(false);
  });

  it.each([
    "",
    "tru",
    "nul",
    "-",
    "1.",
    "1e",
    "1e+",
    ".5",
    "+1",
    "01",
    "1x",
    "truex",
    '"',
    '"\\x"',
    '"\\u12g4"',
    '"\t"',
    "[1,]",
    "{1:2}",
    '{"a"}',
    '{"a":1,}',
    "[",
    '{"a":',
  ])("is not taken where it is no JSON: %j", (value) => {
    expect(taken(value)).toBe(false);
  });
});
