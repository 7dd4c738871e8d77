import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRESET_NAMES, ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import { standingsOf } from "../../../src/mechanism/standings.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { TaskScorer } from "../../../src/mechanism/task-scorer.ts";
import { sampleTask, tasks } from "./task-samples.ts";

const logs = fc.array(tasks, { minLength: 1, maxLength: 12 });
const boardOf = (log: readonly Task[], name: string): Scoreboard => {
  const board = new Scoreboard(ruleSetNamed(name));
  for (const task of log) board.addTask(task);
  return board;
};
const VALIDATORS = { id: "cv", by: "V", source: "validator" } as const;
const resultOf = (board: Scoreboard): string => JSON.stringify(standingsOf(board));

describe.each(PRESET_NAMES)("a scoreboard of %s", (name) => {
  it("does not know the order of tasks, to the last bit", () => {
    const shuffles = logs.chain((log) =>
      fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length })),
    );
    fc.assert(
      fc.property(shuffles, ([log, shuffled]) => {
        expect(resultOf(boardOf(shuffled, name))).toBe(resultOf(boardOf(log, name)));
      }),
    );
  });

  it("gives the same bits however the tasks are split over boards and messages", () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 1, max: 7 }), (log, count) => {
        const parts = Array.from({ length: count }, (_, lane) =>
          structuredClone(
            boardOf(
              log.filter((_, index) => index % count === lane),
              name,
            ).toParts(),
          ),
        );
        const merged = new Scoreboard(ruleSetNamed(name));
        for (const part of parts.reverse()) merged.merge(part);
        expect(resultOf(merged)).toBe(resultOf(boardOf(log, name)));
      }),
    );
  });

  it("takes a task away without a trace", () => {
    fc.assert(
      fc.property(logs, tasks, (log, gone) => {
        const board = boardOf([...log, gone], name);
        board.retract(boardOf([gone], name));
        expect(resultOf(board)).toBe(resultOf(boardOf(log, name)));
      }),
    );
  });

  it("adds finished task scores as it adds tasks", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const board = new Scoreboard(ruleSetNamed(name));
        for (const task of log) board.add(scoreTask(task, ruleSetNamed(name)));
        expect(resultOf(board)).toBe(resultOf(boardOf(log, name)));
      }),
    );
  });

  it("does not care what hotkeys are called", () => {
    const rename = (hotkey: string): string => (hotkey === "V" ? "validator" : `${hotkey}-${hotkey.length}`);
    const renamed = (task: Task): Task => ({
      ...task,
      validator: rename(task.validator),
      generators: task.generators.map(rename),
      completions: task.completions.map((completion) => ({ ...completion, by: rename(completion.by) })),
      ...(task.negative === undefined ? {} : { negative: rename(task.negative) }),
      ...(task.discriminators === undefined ? {} : { discriminators: task.discriminators.map(rename) }),
      votes: task.votes.map((vote) => ({ ...vote, voter: rename(vote.voter) })),
    });
    const byName = (board: Scoreboard, call: (hotkey: string) => string): unknown =>
      Object.fromEntries(board.rows().map(({ hotkey, ...row }) => [call(hotkey), row]));
    fc.assert(
      fc.property(logs, (log) => {
        const renamedRows = byName(boardOf(log.map(renamed), name), (hotkey) => hotkey);
        expect(renamedRows).toEqual(byName(boardOf(log, name), rename));
      }),
    );
  });

  it("shares add up to 1 where anybody is above 0, and the best weighs most", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const rows = boardOf(log, name).rows();
        const total = rows.reduce((sum, { share }) => sum + share, 0);
        expect(total === 0 || Math.abs(total - 1) < 1e-12).toBe(true);
        expect(rows.every(({ weight }) => weight <= (rows[0]?.weight ?? 0))).toBe(true);
      }),
    );
  });
});

describe("a scorer that is used again", () => {
  it.each(PRESET_NAMES)("knows nothing of the tasks before: %s", (name) => {
    const rules = ruleSetNamed(name);
    fc.assert(
      fc.property(logs, tasks, (log, task) => {
        const used = new TaskScorer(rules);
        for (const before of log) used.run(before);
        expect(used.score(task)).toEqual(new TaskScorer(rules).score(task));
      }),
    );
  });

  it.each(["paper", "scaled"])(
    "pays nobody for a void task without generators, whatever it paid before: %s",
    (name) => {
      const scorer = new TaskScorer(ruleSetNamed(name));
      scorer.run(sampleTask("duel", [["A", "c1"]]));
      const { entries } = scorer.score(
        sampleTask("duel", [["A", "cv"]], { generators: [], completions: [VALIDATORS] }),
      );
      expect(entries.map(({ hotkey, earned }) => [hotkey, earned])).toEqual([["A", 0]]);
    },
  );

  it.each(PRESET_NAMES)("grows with a task of many: %s", (name) => {
    const many = Array.from({ length: 1_500 }, (_, place) => `M${place}`);
    const makers = many.slice(0, 40);
    const trap = sampleTask("trap", [], {
      generators: makers,
      negative: "M1",
      completions: makers.map((by) => ({ id: `c${by}`, by, source: "miner" })),
      // The second of three votes is the last in time; by the real Dojo's rule the last in the log counts.
      votes: (name === "dojo-1.8.3" ? ["01", "02", "03"] : ["01", "03", "02"]).flatMap((hour) =>
        many.slice(40).map((voter, place) => ({
          ...{ voter, completion: hour === "03" ? `cM${place % 40}` : "cM1", at: `2026-01-01T${hour}:00:00Z` },
        })),
      ),
    });
    const board = boardOf([trap], name);
    expect(board.trapRecords().length).toBe(1_460);
    expect(
      board
        .rows()
        .filter(({ trapped }) => trapped === 1)
        .map(({ hotkey }) => hotkey),
    ).toEqual(
      many
        .slice(40)
        .filter((_, place) => place % 40 === 1)
        .sort(),
    );
    expect(board.rows().filter(({ generated }) => generated === 1).length).toBe(40);
  });
});

describe("rows", () => {
  it("lists everybody who took part but the validator, best first, then by hotkey", () => {
    const board = boardOf(
      [
        sampleTask(
          "duel",
          [
            ["B", "c1"],
            ["A", "c1"],
            ["V", "c1"],
          ],
          { discriminators: ["B", "A", "Z", "V"] },
        ),
      ],
      "paper",
    );
    expect(board.rows().map(({ hotkey, score, generated, voted }) => [hotkey, score, generated, voted])).toEqual([
      ["G1", 1, 1, 0],
      ["A", 0.5, 0, 1],
      ["B", 0.5, 0, 1],
      ["G2", 0, 1, 0],
      ["Z", 0, 0, 0],
    ]);
  });

  it("sums exactly and rounds once: ten tenths are 1", () => {
    const votes = Array.from({ length: 10 }, (_, index): [string, string] => [`D${index}`, "c1"]);
    const log = Array.from({ length: 10 }, () => sampleTask("duel", votes));
    expect(
      boardOf(log, "paper")
        .rows()
        .find(({ hotkey }) => hotkey === "D3")?.score,
    ).toBe(1);
  });

  it("shows what not voting cost apart, only in dojo-1.8.3", () => {
    const task = sampleTask("duel", [["A", "c1"]], { discriminators: ["A", "B", "C"] });
    expect(
      boardOf([task], "dojo-1.8.3")
        .rows()
        .find(({ hotkey }) => hotkey === "B"),
    ).toMatchObject({ noVote: -2, discriminator: -2 });
    expect(boardOf([task], "paper").rows()[0]).not.toHaveProperty("noVote");
  });

  it("knows no hotkey by a number that nobody has", () => {
    const { hotkeys } = new TaskScorer(ruleSetNamed("paper"));
    expect([hotkeys.idOf("a"), hotkeys.idOf("b"), hotkeys.idOf("a"), hotkeys.size]).toEqual([0, 1, 0, 2]);
    expect(hotkeys.nameOf(1)).toBe("b");
    for (const id of [2, -1]) expect(() => hotkeys.nameOf(id)).toThrow(RangeError);
  });

  it("keeps hotkeys apart that name parts of every object", () => {
    const votes: [string, string][] = [
      ["__proto__", "c1"],
      ["constructor", "c1"],
      ["toString", "c2"],
    ];
    const rows = boardOf([sampleTask("duel", votes)], "paper").rows();
    expect(rows.map(({ hotkey }) => hotkey).sort()).toEqual(["G1", "G2", "__proto__", "constructor", "toString"]);
  });
});

describe("what a board counts beside scores", () => {
  const trap = (...votes: [string, string][]): Task =>
    sampleTask("trap", votes, { discriminators: ["A", "B", "C", "G1"] });
  const log = [
    trap(["A", "c1"], ["B", "c2"]),
    trap(["A", "c2"], ["B", "c2"], ["C", "nothing"], ["G1", "c2"]),
    trap(["A", "c1"], ["B", "c1"], ["X", "c2"]),
    sampleTask("duel", [["C", "c1"]]),
    sampleTask("duel", []),
  ];
  const boards = (): Scoreboard[] => {
    const finished = new Scoreboard(ruleSetNamed("paper"));
    for (const task of log) finished.add(scoreTask(task, ruleSetNamed("paper")));
    const merged = new Scoreboard(ruleSetNamed("paper"));
    for (const task of [...log, ...log]) merged.merge(boardOf([task], "paper"));
    for (const task of log) merged.retract(boardOf([task], "paper"));
    return [boardOf(log, "paper"), finished, merged];
  };

  it("is each voter's traps, most paid first, then by hotkey: who was barred or silent has none", () => {
    for (const board of boards()) {
      expect(board.trapRecords()).toEqual([
        { hotkey: "B", voted: 3, trapped: 2 },
        { hotkey: "A", voted: 3, trapped: 1 },
      ]);
    }
    const alike = boardOf([trap(["C", "c2"], ["A", "c2"]), trap(["B", "c2"], ["C", "c1"]), trap(["B", "c1"])], "paper");
    expect(alike.trapRecords().map(({ hotkey }) => hotkey)).toEqual(["A", "B", "C"]);
  });

  it("is by how many votes tasks were decided", () => {
    for (const board of boards()) expect(board.turnout()).toEqual([0, 1, 3]);
  });

  it("is tasks by state and kind, and those that were left out", () => {
    const [board] = boards();
    board?.countSkipped(2);
    board?.countSkipped(1);
    expect(board?.counts()).toEqual({
      ...{ total: 8, scored: 4, void: 1, open: 0, skipped: 3 },
      ...{ synthetic: 0, duel: 1, trap: 3 },
    });
  });

  it("is nothing of a task that is not as the format says", () => {
    const board = new Scoreboard(ruleSetNamed("paper"));
    expect(board.tryAdd({ ...log[0], kind: "joust" })?.path).toBe("kind");
    expect(board.counts().total).toBe(0);
    expect(board.tryAdd(log[0])).toBeNull();
    expect(resultOf(board)).toBe(resultOf(boardOf(log.slice(0, 1), "paper")));
  });
});

describe("standings", () => {
  it("warn where nobody is above 0", () => {
    const { standings, warnings } = standingsOf(boardOf([sampleTask("trap", [["A", "c2"]])], "paper"));
    expect(warnings.map(({ code }) => code)).toEqual(["nobody-scored"]);
    expect(standings.miners.every(({ share, weight }) => share === 0 && weight === 0)).toBe(true);
  });

  it("of scaled say how strong the traps were, and warn below 4", () => {
    const duels = Array.from({ length: 9 }, () => sampleTask("duel", [["A", "c1"]]));
    const weak = standingsOf(
      boardOf(
        [
          ...duels,
          sampleTask("trap", [
            ["A", "c1"],
            ["B", "c2"],
          ]),
        ],
        "scaled",
      ),
    );
    expect(weak.standings.kappaObserved).toBeCloseTo(20 / 9, 12);
    expect(weak.warnings.map(({ code }) => code)).toEqual(["weak-traps"]);
    const traps = [1, 2, 3].map(() => sampleTask("trap", [["A", "c1"]]));
    const strong = standingsOf(boardOf([...duels, ...traps], "scaled"));
    expect(strong.standings.kappaObserved).toBeCloseTo((20 * 3) / 9, 12);
    expect(strong.warnings.map(({ code }) => code)).not.toContain("weak-traps");
    const bounds = standingsOf(boardOf([...duels.slice(0, 5), ...traps.slice(0, 1)], "scaled"));
    expect([bounds.standings.kappaObserved, bounds.warnings]).toEqual([4, []]);
    expect(standingsOf(boardOf(traps, "scaled")).standings.kappaObserved).toBeNull();
    expect(standingsOf(boardOf([], "scaled")).standings.kappaObserved).toBeNull();
    expect(standingsOf(boardOf(duels, "paper")).standings).not.toHaveProperty("kappaObserved");
  });

  it.each([
    [
      "nobody scored and a part is burned",
      { burnShare: 0.5, burnHotkey: "A" },
      "trap",
      "nobody-scored: .*only the burned part",
    ],
    [
      "nobody scored and nothing is burned",
      { burnHotkey: "A" },
      "trap",
      "nobody-scored: .*every share and weight is 0",
    ],
    ["everything is burned to a hotkey that is not there", { burnShare: 1, burnHotkey: "X" }, "duel", "all-burned: "],
    ["somebody scored beside the burned part", { burnShare: 0.5, burnHotkey: "A" }, "duel", undefined],
  ] as const)("of dojo-1.8.3 say where %s", (_, settings, kind, words) => {
    const board = new Scoreboard(ruleSetNamed("dojo-1.8.3", settings));
    board.addTask(sampleTask(kind, [["A", "c2"]]));
    const messages = standingsOf(board).warnings.map(({ code, message }) => `${code}: ${message}`);
    expect(messages).toEqual(words === undefined ? [] : [expect.stringMatching(`^${words}`)]);
  });

  it("of dojo-1.8.3 burn as they are told", () => {
    const rules = ruleSetNamed("dojo-1.8.3", { burnShare: 0.8, burnHotkey: "G2" });
    const board = new Scoreboard(rules);
    board.addTask(sampleTask("duel", [["A", "c1"]]));
    const rows = Object.fromEntries(board.rows().map(({ hotkey, weight }) => [hotkey, weight]));
    expect(rows).toEqual({ G1: 6_553, A: 6_553, G2: 52_428 });
  });
});
