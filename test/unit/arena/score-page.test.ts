import { describe, expect, it } from "vitest";
import { scorePage } from "../../../src/arena/score-page.ts";
import { SPARK_ASCII, SPARK_UNICODE, sparkline } from "../../../src/base/sparkline.ts";

const agent = (uid: number, handle: string) => ({
  userIds: [`u${uid}`],
  handle,
  hotkey: null,
  uid,
  posts: uid,
  metrics: { mentions: 1, impressions: 100 * uid, likes: 10, replies: 2, followers: null },
  raw: uid,
  score: uid / 2,
  share: uid / 3,
  weight: 65_535,
  flags: uid === 1 ? ["spike"] : [],
});
const facts = {
  formula: "colosseum",
  summary: "five metrics",
  window: "7d",
  at: "2026-01-10T00:00:00Z",
  posts: 10,
  scored: 8,
  skipped: { "bad-json": 2, retweet: 0 },
  agents: [agent(2, "best"), agent(1, "<script>alert(1)</script>")],
  source: "posts",
};

describe("scorePage", () => {
  it("has plots, flags and a table, and nothing that a post could have brought in", () => {
    const page = scorePage(facts);
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(8);
    expect(page).toContain("10 posts: 8 scored, 2 bad-json. 2 agents.");
    expect(page).toContain('<tr><td>1</td><td class="name">@best</td><td>2</td><td>2</td><td>200</td><td>10</td>');
    expect(page).toContain(
      "<td>2</td><td>1</td><td>–</td><td>2.0000</td><td>1.0000</td><td>66.67 %</td><td>65535</td>",
    );
    expect(page).toContain("<b>spike</b>");
    expect(page).not.toContain("<script>");
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(page).not.toContain("Shares without the change");
  });

  it("shows what a change does, and says that nobody was scored", () => {
    const changed = { settings: ["likeWeight=2"], sharesBefore: [0.9, 0.1] };
    expect(scorePage({ ...facts, changed })).toContain("Changed: likeWeight=2");
    expect(scorePage({ ...facts, changed })).toContain("90.00 %");
    expect(scorePage({ ...facts, agents: [] })).toContain("Nobody was scored.");
  });
});

describe("sparkline", () => {
  it.each([
    ["from nothing to the most", [0, 1, 2, 4, 8, 16], SPARK_UNICODE, "▁▂▂▃▅█"],
    ["all nothing", [0, 0], SPARK_UNICODE, "▁▁"],
    ["a small thing beside a large one", [1, 1_000_000], SPARK_ASCII, ".#"],
    ["no days", [], SPARK_ASCII, ""],
  ])("draws %s", (_, values, levels, drawn) => {
    expect(sparkline(values, levels)).toBe(drawn);
  });
});
