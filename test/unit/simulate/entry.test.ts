import { describe, expect, it, vi } from "vitest";
import { type EntryWorld, playEntry, summariseEntry } from "../../../src/simulate/entry.ts";
import { group, world } from "../../helpers/populations.ts";
import { runCli } from "../../helpers/run-cli.ts";

/** Simulations take seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const entry = (
  preset: string,
  strategy: "lazy" | "ring-blind" | "ring-informed",
  change: Partial<EntryWorld> = {},
) => ({
  world: world(preset, []),
  clique: group("clique", 8, strategy, 0),
  honest: group("honest", 12, "honest", 0.5),
  newcomer: group("newcomer", 1, "honest", 1),
  arrivalEvery: 1,
  immunity: 3,
  minNonImmune: 5,
  intervals: 80,
  ...change,
});

describe("playEntry", () => {
  it("is the same for the same run and keeps every slot taken", () => {
    const played = playEntry(entry("dojo-1.8.3", "ring-blind"), 2);
    expect(playEntry(entry("dojo-1.8.3", "ring-blind"), 2)).toEqual(played);
    expect(playEntry(entry("dojo-1.8.3", "ring-blind"), 3)).not.toEqual(played);
    expect(played.arrivals).toBe(80);
    expect(played.cliqueSlots).toBeLessThanOrEqual(8);
  });

  it("clears the silent out of a dojo subnet one after the other, and they never come back", () => {
    const played = playEntry(entry("dojo-1.8.3", "lazy"), 0);
    expect(played).toMatchObject({
      firstDisplaced: 1,
      halfDisplaced: 4,
      allDisplaced: 8,
      cliqueSlots: 0,
      cliqueShare: 0,
    });
  });

  it("changes nobody's slot without arrivals", () => {
    expect(playEntry(entry("paper", "lazy", { arrivalEvery: 1_000 }), 0)).toMatchObject({
      firstDisplaced: null,
      allDisplaced: null,
      arrivals: 0,
      cliqueSlots: 8,
    });
  });

  it("evicts nobody who is immune while others can go", () => {
    const { newcomersLost, arrivals } = playEntry(entry("scaled", "lazy", { immunity: 80, intervals: 14 }), 0);
    expect([newcomersLost, arrivals]).toEqual([0, 14]);
  });
});

describe("the paper's claim that honest newcomers always displace a clique", () => {
  it("holds for a blind ring under scaled", () => {
    expect(summariseEntry(entry("scaled", "ring-blind"), 6).halfDisplaced.happened).toBe(1);
  });

  it("fails for a ring that knows which outputs were damaged, and holds again with natural traps", () => {
    const large = (naturalTrapShare: number) =>
      summariseEntry(
        entry("scaled", "ring-informed", {
          world: { ...world("scaled", []), naturalTrapShare },
          clique: group("clique", 20, "ring-informed", 0),
          honest: group("honest", 30, "honest", 0.5),
          minNonImmune: 10,
        }),
        3,
      );
    const [informed, blinded] = [large(0), large(1)];
    expect(informed.halfDisplaced.happened).toBe(0);
    expect(informed.cliqueSlots).toBeGreaterThan(15);
    expect(blinded.allDisplaced.happened).toBe(1);
  });
});

describe("simulate entry", () => {
  it("says how often and how soon", async () => {
    const { stdout, code } = await runCli(
      "simulate entry --preset dojo-1.8.3 --slots 20 --clique 3 --strategy lazy --intervals 20 --runs 2 --json".split(
        " ",
      ),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data).toMatchObject({
      preset: "dojo-1.8.3",
      slots: 20,
      clique: 3,
      runs: 2,
      allDisplaced: { happened: 1, median: 3 },
      cliqueSlots: 0,
    });
  });

  it.each([
    ["--slots 3", "usage.invalid"],
    ["--slots 10 --clique 10", "usage.invalid"],
    ["--strategy honset", "usage.invalid"],
    ["--newcomer-quality much", "usage.invalid"],
    ["--preset x", "rules.unknown-preset"],
  ])("fails plainly: %s", async (args, expected) => {
    const { code, stderr } = await runCli(["simulate", "entry", ...args.split(" "), "--json"]);
    expect([code, JSON.parse(stderr).error.code]).toEqual([2, expected]);
  });
});
