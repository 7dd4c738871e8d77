import { describe, expect, it } from "vitest";
import { FORMULAS, formulaNamed } from "../../../src/arena/formula.ts";
import { MASA_SETTINGS } from "../../../src/arena/masa.ts";
import { walkRecords } from "../../../src/arena/posts.ts";
import { applySettings } from "../../../src/arena/settings.ts";
import { DAY_SECONDS, post, START_SECONDS } from "../../helpers/posts.ts";

const SPECS = {
  speed: { default: 3, min: 0.5, max: 10, summary: "" },
  height: { default: 7, min: 0, max: 1, summary: "" },
} as const;

describe("a formula's settings", () => {
  it.each<[string, string[], object]>([
    ["are what they are by default", [], { speed: 3, height: 7 }],
    ["are changed one by one", ["speed=5"], { speed: 5, height: 7 }],
    ["are what was said last", ["speed=5", "height=0", "speed= 6 "], { speed: 6, height: 0 }],
    ["may be their least", ["speed=0.5"], { speed: 0.5, height: 7 }],
    ["may be their most", ["speed=1e1"], { speed: 10, height: 7 }],
  ])("%s", (_, assignments, values) => {
    expect(applySettings(SPECS, assignments)).toEqual(values);
  });

  it.each([
    "speed",
    "speed=",
    "speed= ",
    "speed=fast",
    "speed=0.49",
    "speed=10.01",
    "speed=NaN",
    "depth=1",
    "=1",
    "toString=1",
  ])("are refused as %j", (assignment) => {
    expect(() => applySettings(SPECS, [assignment])).toThrow(
      expect.objectContaining({ code: "usage.setting", exitCode: 2 }),
    );
  });
});

describe("every number of a formula", () => {
  const posts = [
    post({ UserID: "a", Likes: 50, Replies: 9, Views: 900 }),
    post({ UserID: "b", Likes: 1, Views: 3, Timestamp: START_SECONDS - DAY_SECONDS }),
    post({ UserID: "x", Mentions: [{ ID: "a", Username: "a" }] }),
  ];
  const raws = (formula: string, ...assignments: string[]): (number | null)[] => {
    const scorer = formulaNamed(formula).scorer({ windowSeconds: 7 * DAY_SECONDS }, assignments);
    walkRecords(posts, scorer);
    return scorer.finish().agents.map(({ raw }) => raw);
  };
  it.each(Object.keys(MASA_SETTINGS))("of masa-v1 is heard: %s", (key) => {
    const whole = { UserID: "a", Text: "hello", Likes: 2, Retweets: 3, Replies: 4, Views: 5 };
    const raw = (...assignments: string[]): number => {
      const scorer = formulaNamed("masa-v1").scorer({ windowSeconds: Number.POSITIVE_INFINITY }, assignments);
      walkRecords([whole], scorer);
      return scorer.finish().agents[0]?.raw ?? Number.NaN;
    };
    expect(raw(`${key}=9`)).toBeGreaterThan(raw());
  });

  const keys = FORMULAS.flatMap(({ name, settings }) => Object.keys(settings).map((key) => [name, key] as const));
  /** A division by one of these is in the formula. */
  const above = new Set(["halfLifeDays", "kneePoints", "postCap"]);

  it.each(keys)("of %s may be set from nothing to a million: %s", (formula, key) => {
    for (const value of [above.has(key) ? 1 : 0, 1_000_000]) {
      for (const raw of raws(formula, `${key}=${value}`)) expect(Number.isFinite(raw) && (raw ?? -1) >= 0).toBe(true);
    }
    const most = key === "postCap" ? 1_000_000_000 : 1_000_000;
    expect(raws(formula, `${key}=${most}`).length).toBeGreaterThan(1);
    for (const value of [-0.001, most + 1, ...(above.has(key) ? [0] : [])])
      expect(() => raws(formula, `${key}=${value}`)).toThrow(expect.objectContaining({ code: "usage.setting" }));
  });
});

describe("a formula", () => {
  it("has a window of its own", () => {
    expect([formulaNamed("colosseum").window, formulaNamed("masa-v1").window]).toEqual(["7d", "all"]);
  });

  it("is refused by another name, with the nearest as a hint", () => {
    expect(() => formulaNamed("masa-v2")).toThrow(
      expect.objectContaining({ code: "usage.formula", hint: "Did you mean masa-v1?" }),
    );
    expect(() => formulaNamed("elo")).toThrow(expect.objectContaining({ hint: "There are colosseum and masa-v1." }));
  });
});
