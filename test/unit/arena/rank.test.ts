import { describe, expect, it } from "vitest";
import { type AgentRaw, rankAgents } from "../../../src/arena/rank.ts";
import { ranksOf } from "../../../src/base/score-ranks.ts";

const agent = (uid: number | null, userId: string, raw = 1): AgentRaw => ({
  agent: { uid, userIds: [userId], handle: null, hotkey: null },
  posts: 1,
  metrics: { mentions: 0, impressions: 0, likes: 0, replies: 0, followers: null },
  raw,
  flags: ["ring"],
});
const ranked = (scores: readonly number[], ...agents: AgentRaw[]) => rankAgents(agents, scores);

describe("agents", () => {
  it("stand by score, then uid, then account", () => {
    const agents = [agent(3, "d"), agent(2, "c"), agent(9, "e"), agent(null, "b"), agent(null, "a")];
    expect(ranked([0.5, 0.5, 1, 0.5, 0.5], ...agents).map(({ userIds }) => userIds[0])).toEqual([
      "e",
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  it("share by score, and weigh by the best", () => {
    const rows = ranked([1, 0.5, 0.25, 0.25], agent(1, "a"), agent(2, "b"), agent(3, "c"), agent(4, "d"));
    expect(rows.map(({ share, weight }) => [share, weight])).toEqual([
      [0.5, 65_535],
      [0.25, 32_768],
      [0.125, 16_384],
      [0.125, 16_384],
    ]);
  });

  it("below nothing count as nothing, and without a number last and named", () => {
    const rows = ranked([-1, Number.NaN, 2, 0], agent(1, "a"), agent(2, "b", Number.NaN), agent(3, "c"), agent(4, "d"));
    expect(rows.map(({ uid, score, raw, share, weight, flags }) => [uid, score, raw, share, weight, flags])).toEqual([
      [3, 2, 1, 1, 65_535, ["ring"]],
      [4, 0, 1, 0, 0, ["ring"]],
      [1, -1, 1, 0, 0, ["ring"]],
      [2, null, null, 0, 0, ["ring", "not-a-number"]],
    ]);
  });

  it("share nothing where nobody is above nothing", () => {
    expect(ranked([0, 0], agent(1, "a"), agent(2, "b")).map(({ share, weight }) => [share, weight])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("with equal scores share the better rank", () => {
    expect(ranksOf([3, 3, 2, 2, 2, null, null].map((score) => ({ score })))).toEqual([1, 1, 3, 3, 3, 6, 6]);
    expect(ranksOf([{ score: null }, { score: 1 }])).toEqual([1, 2]);
    expect(ranksOf([])).toEqual([]);
  });
});
