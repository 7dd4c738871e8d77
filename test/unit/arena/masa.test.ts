import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoints, masaAgentRaw, masaPostScore, minMax } from "../../../src/arena/masa.ts";
import { MasaScorer } from "../../../src/arena/masa-scorer.ts";
import { type Post, postOf, walkRecords } from "../../../src/arena/posts.ts";
import { buildRegistry, parseRegistryJson } from "../../../src/arena/registry.ts";
import type { ScorerOptions } from "../../../src/arena/scorer.ts";
import { madeWeek } from "../../helpers/posts.ts";

interface EdgeCase {
  readonly name: string;
  readonly posts: readonly Record<string, unknown>[];
  readonly registry: Readonly<Record<string, string>>;
  readonly post_scores: readonly (number | "TypeError" | "NaN")[];
  readonly scores: Readonly<Record<string, number | "NaN">>;
}

/** Made by the real scorer: masa-finance/agent-arena-subnet 68911bb, NumPy 2.2.1, scikit-learn 1.6.0. */
const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/arena-masa-edge-cases.json", import.meta.url), "utf8"),
) as { readonly edge_cases: readonly EdgeCase[] };

const scored = (posts: readonly unknown[], options: Partial<ScorerOptions> = {}) => {
  const scorer = new MasaScorer({ windowSeconds: Number.POSITIVE_INFINITY, ...options });
  walkRecords(posts, scorer);
  return scorer.finish();
};
const registryOf = (map: Readonly<Record<string, string>>) => buildRegistry(parseRegistryJson(map));
const post = (fields: Record<string, unknown>): Post => {
  const found = postOf({ UserID: "a", Text: "", ...fields });
  if (found === undefined) throw new Error("no post");
  return found;
};

describe("masa-v1 on the real scorer's cases", () => {
  it.each(vectors.edge_cases.map((edge) => [edge.name, edge] as const))("scores as the real one: %s", (_, edge) => {
    edge.post_scores.forEach((expected, index) => {
      const record = edge.posts[index];
      const found = record === undefined ? undefined : postOf(record);
      const score = found === undefined ? undefined : masaPostScore(found);
      if (expected === "TypeError") expect(score).toBeUndefined();
      else if (expected === "NaN") expect(score).toBeNaN();
      else expect(Math.abs((score ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    });
    const result = scored(edge.posts, { registry: registryOf(edge.registry) });
    const got = Object.fromEntries(result.agents.map(({ uid, score }) => [String(uid), score]));
    expect(Object.keys(got).sort()).toEqual(Object.keys(edge.scores).sort());
    for (const [uid, expected] of Object.entries(edge.scores)) {
      if (expected === "NaN") expect(got[uid]).toBeNull();
      else expect(Math.abs((got[uid] ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, expected));
    }
    const skipped = Object.values(result.skipped).reduce((sum, count) => sum + count, 0);
    expect(result.scored + skipped).toBe(edge.posts.length);
  });

  it("covers all 25 of them", () => {
    expect(vectors.edge_cases).toHaveLength(25);
  });
});

describe("masaPostScore", () => {
  it.each([
    ["counts a lone surrogate as one character", "\ud83d", 1],
    ["counts a pair as one", "\ud83d\ude80", 1],
    ["counts a reversed pair as two", "\ude80\ud83d", 2],
    ["counts a high surrogate before a pair as its own", "\ud83d\ud83d\ude80", 2],
  ])("%s", (_, text, points) => expect(codePoints(text)).toBe(points));

  it.each([
    ["true as Python's str", { Text: true }, 4],
    ["false as Python's str", { Text: false }, 5],
    ["digits of a number", { Text: 12_345 }, 5],
  ])("takes a text that is none: %s", (_, fields, length) => {
    expect(masaPostScore(post(fields))).toBe(Math.log1p(length / 2));
  });

  it.each([["Likes"], ["Retweets"], ["Replies"], ["Views"]])(
    "skips a post whose %s is null, text or a list",
    (field) => {
      for (const value of [null, "5", [], {}]) expect(masaPostScore(post({ [field]: value }))).toBeUndefined();
    },
  );

  it("is no number below minus one, as in the real one", () => {
    expect(masaPostScore(post({ Likes: -3 }))).toBeNaN();
    expect(masaPostScore(post({ Likes: -0.5 }))).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("masaAgentRaw", () => {
  it("sums a thousand tenths pairwise, which a plain loop gets wrong in the twelfth digit", () => {
    const values = new Array<number>(1_000).fill(0.1);
    const plain = values.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(plain - 100)).toBeGreaterThan(1e-12);
    expect(Math.abs((masaAgentRaw(values) / Math.log1p(1_000)) * 1_000 - 100)).toBeLessThan(1e-13);
  });

  // numpy.sum of ((7919 i) mod 1009) / 1009 × 8 for i = 0 … n − 1, NumPy 2.2.1.
  it.each([
    [1, 0],
    [2, 6.786917740336968],
    [7, 22.52527254707632],
    [8, 30.033696729435086],
    [9, 36.329038652130826],
    [15, 56.62636273538157],
    [16, 62.43012884043607],
    [17, 67.02081268582755],
    [23, 93.09018830525272],
    [127, 510.12884043607534],
    [128, 516.0673934588702],
    [129, 520.792864222002],
    [136, 551.9048562933597],
    [137, 554.9256689791873],
    [200, 803.6630327056491],
    [255, 1018.3310208126859],
    [256, 1020.9950445986126],
    [257, 1022.4459861248762],
    [264, 1046.6362735381567],
    [300, 1201.260654112983],
    [1_000, 4001.4112983151635],
    [1_031, 4119.777998017839],
  ])("sums %i scores as NumPy does, to the last digit", (count, sum) => {
    const values = Array.from({ length: count }, (_, i) => (((i * 7_919) % 1_009) / 1_009) * 8);
    expect(masaAgentRaw(values)).toBe((sum / count) * Math.log1p(count));
  });

  it("is nothing for no posts", () => expect(masaAgentRaw([])).toBe(0));
});

describe("minMax", () => {
  it.each([
    ["nobody", [], []],
    ["one agent gets 0", [7], [0]],
    ["equal agents get 0", [3, 3], [0, 0]],
    ["a range below ten epsilons counts as none", [1, 1 + Number.EPSILON], [0, Number.EPSILON]],
    ["the worst gets 0, the best 1", [2, 4, 3], [0, 1, 0.5]],
    ["what is no number stays none and moves nobody", [2, Number.NaN, 4], [0, Number.NaN, 1]],
  ])("%s", (_, raws, expected) => expect(minMax(raws)).toEqual(expected));
});

describe("MasaScorer", () => {
  const day = 86_400;
  const at = (days: number, fields: Record<string, unknown> = {}) => ({
    UserID: "a",
    Text: "hello",
    Timestamp: 1_735_000_000 + days * day,
    ...fields,
  });
  const registry = registryOf({ a: "1", b: "2" });

  it("counts a window back from the newest post, both ends included", () => {
    const { scored: count, skipped } = scored([at(0), at(3), at(9.99), at(10)], { registry, windowSeconds: 7 * day });
    expect([count, skipped["outside-window"]]).toEqual([3, 1]);
  });

  it("counts a window back from --at and leaves later posts out", () => {
    const result = scored([at(0), at(3), at(10)], { registry, windowSeconds: 2 * day, at: 1_735_000_000 + 4 * day });
    expect([result.scored, result.skipped["outside-window"]]).toEqual([1, 2]);
    expect(result.at).toBe("2024-12-28T00:26:40Z");
  });

  it("keeps a post without a time unless there is a window", () => {
    const timeless = { UserID: "a", Text: "hello" };
    expect(scored([timeless], { registry }).scored).toBe(1);
    expect(scored([timeless, at(0)], { registry, windowSeconds: day }).skipped["bad-timestamp"]).toBe(1);
  });

  it("gives no score and no weight to an agent whose raw is no number", () => {
    const result = scored([at(0, { Likes: -9 }), at(0, { UserID: "b", Likes: 9 })], { registry });
    expect(
      result.agents.map(({ uid, score, raw, weight, flags }) => [uid, score, raw !== null, weight, flags]),
    ).toEqual([
      [2, 0, true, 0, []],
      [1, null, false, 0, ["not-a-number"]],
    ]);
  });

  it("counts mentions by others, never by the agent itself", () => {
    const naming = { Mentions: [{ ID: "a", Username: "anna" }] };
    const posts = [at(0, naming), at(0, { UserID: "b", ...naming }), at(0, { UserID: "stranger", ...naming })];
    expect(scored(posts, { registry }).agents.find(({ uid }) => uid === 1)?.metrics.mentions).toBe(2);
  });

  it("makes every author an agent where there is no registry", () => {
    const { agents, skipped } = scored([at(0, { Username: "anna" }), at(0, { UserID: "b" })]);
    expect(agents.map(({ uid, handle, userIds }) => [uid, handle, userIds])).toEqual([
      [null, "anna", ["a"]],
      [null, null, ["b"]],
    ]);
    expect(skipped["unregistered-author"]).toBe(0);
  });

  it("gives the same with a window that holds every post as without one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (week) => {
        const posts = madeWeek(week, 4, 40).map((item) => ({
          ...item,
          Likes: item.Likes % 2 === 1 ? true : item.Likes,
        }));
        const accounts = registryOf({ a0: "1", a1: "2", x4: "2", a3: "3" });
        const [whole, windowed] = [Number.POSITIVE_INFINITY, 90 * day].map((windowSeconds) =>
          scored(posts, { registry: accounts, windowSeconds, explain: ({ uid }) => uid === 2 }),
        );
        expect(windowed).toEqual(whole);
        const own = posts.filter(({ UserID }) => UserID === "a1" || UserID === "x4");
        const agent = whole?.agents.find(({ uid }) => uid === 2);
        const sum = (key: "Likes" | "Replies" | "Views"): number =>
          own.reduce((total, item) => total + Number(item[key]), 0);
        if (own.length === 0) return;
        expect(agent?.metrics).toMatchObject({
          impressions: sum("Views"),
          likes: sum("Likes"),
          replies: sum("Replies"),
        });
        const naming = posts.filter(
          ({ UserID, Mentions }) => UserID !== "a1" && UserID !== "x4" && Mentions?.some(({ ID }) => ID === "a1"),
        );
        expect(agent?.metrics.mentions).toBe(naming.length);
        expect(whole?.explained.length).toBe(own.length);
      }),
      { numRuns: 40 },
    );
  });

  it("credits nobody for an account that is no text, and says so", () => {
    const odd = [{ UserID: 5 }, { UserID: null }, { UserID: "" }, { Text: "t" }, { UserID: "stranger" }];
    const { skipped } = scored(
      odd.map((one) => ({ Text: "t", ...one })),
      { registry },
    );
    expect([skipped["missing-user-id"], skipped["unregistered-author"]]).toEqual([3, 2]);
  });

  it("makes no agent of an account that is no text", () => {
    expect(scored([at(0, { UserID: 5 })]).skipped["unregistered-author"]).toBe(1);
  });

  it("counts mentions within the window only, by id or by name", () => {
    const named = registryOf({ a: "1", b: "2" });
    const posts = [
      at(0, { Username: "anna" }),
      at(9, { Username: "anna" }),
      at(1, { UserID: "x", Mentions: [{ ID: "a" }] }),
      at(8, { UserID: "x", Mentions: [{ ID: "a" }] }),
      at(9, { UserID: "b", Text: "@Anna" }),
      at(9, { UserID: "x", Text: "@Anna", Timestamp: undefined }),
    ];
    const mentions = (windowSeconds: number): number | undefined =>
      scored(posts, { registry: named, windowSeconds }).agents.find(({ uid }) => uid === 1)?.metrics.mentions;
    expect(mentions(2 * day)).toBe(2);
    expect(mentions(Number.POSITIVE_INFINITY)).toBe(4);
  });

  it("explains each post of the agents that are asked for", () => {
    const posts = [
      at(0, { ID: "old", Likes: 1 }),
      at(9, { ID: "new", Likes: 2, Retweets: 3, Replies: 4, Views: true }),
      at(9, { ID: "odd", Likes: null }),
      at(9, { ID: "late", Timestamp: "today" }),
      at(9, { ID: "minus", Likes: -9 }),
      at(9, { ID: "other", UserID: "b" }),
    ];
    const { explained } = scored(posts, { registry, windowSeconds: day, explain: ({ uid }) => uid === 1 });
    const shown = explained.map(({ id, at: time, earned, skipped }) => [id, time, earned, skipped]);
    const latest = "2025-01-02T00:26:40Z";
    expect(shown).toEqual([
      ["old", "2024-12-24T00:26:40Z", 0, "outside-window"],
      ["new", latest, Math.log1p(2.5 + 4 + 4.5 + 4 + 0.1), null],
      ["odd", latest, 0, "bad-counter"],
      ["late", null, 0, "bad-timestamp"],
      ["minus", latest, 0, null],
    ]);
    expect(explained[1]?.parts).toEqual({ likes: 2, retweets: 3, replies: 4, views: 1 });
  });
});
