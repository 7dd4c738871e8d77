import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runPopulation } from "../../../src/simulate/population.ts";
import { estimate } from "../../../src/simulate/population-estimate.ts";
import { STRATEGIES } from "../../../src/simulate/population-model.ts";
import { playWorlds } from "../../../src/simulate/population-run.ts";
import { parseScenario } from "../../../src/simulate/scenario.ts";
import { parseSweep, sweptScenarios } from "../../../src/simulate/sweep.ts";
import { group, world } from "../../helpers/populations.ts";
import { runCli } from "../../helpers/run-cli.ts";

/** Simulations take seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const ring = {
  preset: "dojo-1.8.3",
  groups: [
    { name: "honest", count: 15, strategy: "honest" },
    { name: "ring", count: 5, strategy: "ring-blind", quality: 0 },
  ],
};

describe("parseScenario", () => {
  it("fills in every default", () => {
    expect(parseScenario({ groups: [{ count: 3, strategy: "honest" }] })).toMatchObject({
      rules: { name: "paper" },
      trapShare: 0.2,
      syntheticShare: 0.2,
      rounds: 8,
      validatorQuality: 0.5,
      seed: 1,
      seeds: 100,
      groups: [{ name: "honest", quality: 1, accuracy: 0.8, trapAccuracy: 0.9, detect: 0.8 }],
    });
  });

  it.each([
    ["an unknown key", { ...ring, traps: 1 }, "traps"],
    ["an unknown key of a group", { groups: [{ count: 3, strategy: "honest", skill: 1 }] }, "groups[0].skill"],
    [
      "a key of the prototype",
      JSON.parse('{"__proto__": 1, "groups": [{"count": 3, "strategy": "honest"}]}'),
      "__proto__",
    ],
    ["an unknown strategy", { groups: [{ count: 3, strategy: "honset" }] }, "groups[0].strategy"],
    ["a strategy that only measurements use", { groups: [{ count: 3, strategy: "checker" }] }, "groups[0].strategy"],
    ["an unknown preset", { ...ring, preset: "papr" }, "preset"],
    ["no groups", { groups: [] }, "groups"],
    ["groups that are none", { groups: {} }, "groups"],
    ["no count", { groups: [{ strategy: "honest" }] }, "groups[0].count"],
    ["half a miner", { groups: [{ count: 2.5, strategy: "honest" }] }, "groups[0].count"],
    ["too few miners for a duel", { groups: [{ count: 2, strategy: "honest" }] }, "groups"],
    [
      "too many miners",
      {
        groups: [
          { count: 4_000, strategy: "honest" },
          { count: 97, strategy: "lazy" },
        ],
      },
      "groups",
    ],
    ["a share above 1", { ...ring, trapShare: 1.1 }, "trapShare"],
    ["a text for a number", { ...ring, rounds: "8" }, "rounds"],
    ["null for a number", { ...ring, seed: null }, "seed"],
    [
      "a name twice",
      {
        groups: [
          { count: 3, strategy: "honest" },
          { count: 3, strategy: "honest" },
        ],
      },
      "groups[1].name",
    ],
    ["an empty name", { groups: [{ count: 3, strategy: "honest", name: " " }] }, "groups[0].name"],
    ["an array", [], "the top"],
  ])("refuses %s and says where", (_, value, path) => {
    expect(() => parseScenario(value)).toThrow(
      expect.objectContaining({
        code: "simulate.bad-scenario",
        exitCode: 12,
        details: expect.objectContaining({ path }),
      }),
    );
  });
});

describe("parseSweep", () => {
  it.each([
    ["trapShare=0:0.3:0.1", [0, 0.1, 0.2, 0.3]],
    ["trapShare=0:.25:.1", [0, 0.1, 0.2]],
    ["ring.count=2:2:1", [2]],
    ["quality=1:-1:-1", [1, 0, -1]],
  ])("reads %s", (text, values) => expect(parseSweep(text).values).toEqual(values));

  it.each(["trapShare", "trapShare=0:1", "=0:1:1", "a=0:1:0", "a=0:1:-1", "a=0:1e9:1e-3", "a=x:1:1", "a=0:1:1:1"])(
    "refuses %s",
    (text) => expect(() => parseSweep(text)).toThrow(expect.objectContaining({ code: "usage.sweep", exitCode: 2 })),
  );

  it("reaches a scenario's, a group's, every group's and the rule set's numbers", () => {
    const at = (text: string) => sweptScenarios(ring, {}, parseSweep(text)).map(({ scenario }) => scenario);
    expect(at("trapShare=0:1:1").map(({ trapShare }) => trapShare)).toEqual([0, 1]);
    expect(at("ring.count=4:6:2").map(({ groups }) => groups.map(({ count }) => count))).toEqual([
      [15, 4],
      [15, 6],
    ]);
    expect(at("trapAccuracy=.5:.5:1")[0]?.groups.map(({ trapAccuracy }) => trapAccuracy)).toEqual([0.5, 0.5]);
    expect(at("trapPenalty=1:1:1")[0]?.rules).toMatchObject({ trapPenalty: 1 });
    expect(() => at("ring.counts=1:2:1")).toThrow(expect.objectContaining({ code: "usage.sweep" }));
    expect(() => at("trapShare=0:2:1")).toThrow(expect.objectContaining({ code: "simulate.bad-scenario" }));
  });
});

describe("estimate", () => {
  it("gives Student's 95 % interval", () => {
    // t.975 with 4 degrees of freedom is 2.7764; the sample deviation of 1…5 is √2.5.
    const { mean, low, high } = estimate([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - mean).toBeCloseTo((2.7764 * Math.sqrt(2.5)) / Math.sqrt(5), 2);
    expect(mean - low).toBeCloseTo(high - mean, 12);
  });
  it("has no width for one value", () => expect(estimate([7])).toEqual({ mean: 7, low: 7, high: 7 }));
});

describe("playWorlds", () => {
  const worlds = [
    world("paper", [group("a", 12, "honest", 1), group("b", 3, "ring-blind", 0)]),
    world("scaled", [group("a", 9, "honest", 1)]),
  ];
  it("gives the same bits with 1, 2 and 7 workers", async () => {
    const [one, two, seven] = await Promise.all([1, 2, 7].map((workers) => playWorlds(worlds, { seeds: 23, workers })));
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(JSON.stringify(seven)).toBe(JSON.stringify(one));
    expect(one?.map((list) => list.length)).toEqual([23, 23]);
  });
  it("reports progress up to the end and stops when told to", async () => {
    const seen: number[] = [];
    await playWorlds(worlds, { seeds: 5, workers: 1, onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    for (const workers of [1, 2]) {
      const stopped = playWorlds(worlds, { seeds: 5, workers, signal: AbortSignal.abort() });
      await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    }
  });
});

describe("verdicts", () => {
  const verdictsOf = async (value: unknown, seeds = 60) => {
    const { verdicts } = await runPopulation({ ...parseScenario(value), seeds });
    return Object.fromEntries(verdicts.map(({ claim, holds }) => [claim, holds]));
  };

  it("follow the measured table: dojo with 50 miners", async () => {
    const part = (strategy: string) => ({ count: 5, strategy, quality: 0 });
    const rest = { name: "h", count: 30, strategy: "honest" };
    const groups = [rest, part("ring-blind"), part("always-validator"), part("lazy"), part("random")];
    expect(await verdictsOf({ preset: "dojo-1.8.3", groups })).toEqual({
      "collusion-unprofitable": true,
      "traps-deter": true,
      "always-validator-punished": true,
      "quality-pays": true,
      "honesty-beats-silence": true,
    });
  });

  it("follow the measured table: the paper with 250 miners", async () => {
    const groups = [
      { name: "h", count: 225, strategy: "honest" },
      { count: 25, strategy: "ring-informed" },
    ];
    expect(await verdictsOf({ preset: "paper", groups }, 10)).toMatchObject({
      "collusion-unprofitable": false,
      "traps-deter": false,
      "quality-pays": false,
      "honesty-beats-silence": false,
    });
  });

  it("say nothing where nobody is honest or there are no traps", async () => {
    expect(await verdictsOf({ groups: [{ count: 5, strategy: "lazy" }] }, 5)).toMatchObject({ "quality-pays": null });
    const { verdicts } = await runPopulation({ ...parseScenario({ ...ring, trapShare: 0 }), seeds: 5 });
    expect(verdicts.find(({ claim }) => claim === "traps-deter")).toMatchObject({
      holds: null,
      because: "the scenario has no traps",
    });
  });
});

describe("simulate population and break-even, as commands", () => {
  let dir = "";
  let file = "";
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "colosseum-population-"));
    file = join(dir, "ring.json");
    await writeFile(file, JSON.stringify(ring));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));
  const json = async (...args: string[]) => {
    const run = await runCli([...args, "--json"]);
    expect(run.stderr).toBe("");
    return JSON.parse(run.stdout).data;
  };

  it("prints the shape that scripts rely on", async () => {
    const result = await json("simulate", "population", file, "--seeds", "5");
    expect(Object.keys(result)).toEqual([
      "preset",
      "miners",
      "trapShare",
      "syntheticShare",
      "seeds",
      "breakEven",
      "strategies",
      "verdicts",
    ]);
    expect(Object.keys(result.strategies[1])).toEqual(["name", "count", "score", "share", "perCapita"]);
    expect(result.strategies[1]).toMatchObject({ name: "ring", count: 5 });
    expect(Object.keys(result.breakEven)).toEqual(["voterTrapAccuracy", "totalTrapAccuracy", "collusionTrapShare"]);
    expect(result.verdicts).toHaveLength(5);
  });

  it("prints the same bytes for the same seed, other bytes for another", async () => {
    const [a, b] = await Promise.all(
      [1, 2].map((workers) =>
        runCli(["simulate", "population", file, "--seeds", "9", "--json", "--workers", `${workers}`]),
      ),
    );
    expect(a?.stdout).toBe(b?.stdout);
    await writeFile(join(dir, "other.json"), JSON.stringify({ ...ring, seed: 2 }));
    const other = await runCli(["simulate", "population", join(dir, "other.json"), "--seeds", "9", "--json"]);
    expect(other.stdout).not.toBe(a?.stdout);
  });

  it("prints break-even first for people, within 80 columns", async () => {
    const { stdout } = await runCli(["simulate", "population", file, "--seeds", "5"]);
    expect(stdout.split("\n")[0]).toContain("Break-even under dojo-1.8.3 with 20 miners");
    for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it("sweeps, and writes a page that loads nothing", async () => {
    const page = join(dir, "page.html");
    const result = await json(
      "simulate",
      "population",
      file,
      "--seeds",
      "4",
      "--sweep",
      "trapShare=0:.2:.1",
      "--report",
      page,
    );
    expect(result.points.map(({ value }: { value: number }) => value)).toEqual([0, 0.1, 0.2]);
    const html = await readFile(page, "utf8");
    expect(html).not.toMatch(/<script|https?:|src=|href=/);
    expect(html).toContain("<svg");
  });

  it("shows every group of a sweep within 80 columns, in as many tables as that takes", async () => {
    const many = join(dir, "many.json");
    const groups = STRATEGIES.map((strategy) => ({ strategy, count: 3 }));
    await writeFile(many, JSON.stringify({ groups, rounds: 1 }));
    const args = ["simulate", "population", many, "--seeds", "2", "--sweep", "trapShare=0:.2:.1"];
    const { stdout } = await runCli(args);
    for (const strategy of STRATEGIES) expect(stdout).toContain(`${strategy} score`);
    const lines = stdout.split("\n");
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80);
    const tables = lines.filter((line) => line.startsWith("trapShare"));
    expect(tables.length).toBeGreaterThan(1);
    expect(lines.filter((line) => /^ +0\.1 /.test(line))).toHaveLength(tables.length);
  });

  it("escapes names in the page", async () => {
    const hostile = join(dir, "hostile.json");
    await writeFile(hostile, JSON.stringify({ groups: [{ name: "<img onerror=x>", count: 4, strategy: "honest" }] }));
    const page = join(dir, "hostile.html");
    await runCli(["simulate", "population", hostile, "--seeds", "3", "--report", page]);
    expect(await readFile(page, "utf8")).not.toContain("<img");
  });

  it.each([
    [["simulate", "population", "gone.json"], 14, "simulate.missing-file"],
    [["simulate", "population", "FILE", "--seeds", "0"], 2, "usage.seeds"],
    [["simulate", "population", "FILE", "--sweep", "trapShare"], 2, "usage.sweep"],
    [["simulate", "population", "FILE", "--workers", "x"], 2, "usage.workers"],
    [["simulate", "population", "FILE", "--set", "trapPenalt=1"], 2, "rules.unknown-setting"],
    [["simulate", "break-even", "--miners", "2"], 2, "usage.miners"],
    [["simulate", "break-even", "--miners", "9", "--trap-share", "2"], 2, "usage.share"],
    [["simulate", "break-even", "--miners", "9", "--preset", "x"], 2, "rules.unknown-preset"],
    [["simulate", "break-even"], 2, "usage.command-line"],
  ] as const)("fails plainly: %s", async (args, exitCode, code) => {
    const run = await runCli([...args.map((arg) => (arg === "FILE" ? file : arg)), "--json"]);
    expect(run.code).toBe(exitCode);
    expect(run.stdout).toBe("");
    expect(JSON.parse(run.stderr).error.code).toBe(code);
  });

  it("prints break-even in the shape that scripts rely on, under each preset", async () => {
    for (const preset of ["paper", "dojo-1.8.3", "scaled"]) {
      const result = await json("simulate", "break-even", "--miners", "20", "--preset", preset);
      expect(Object.keys(result)).toEqual([
        "preset",
        "miners",
        "trapShare",
        "syntheticShare",
        "voterTrapAccuracy",
        "totalTrapAccuracy",
        "collusionTrapShare",
        "collusionTrapShareRaw",
      ]);
      expect(result.preset).toBe(preset);
    }
  });
});
