import { describe, expect, it } from "vitest";
import { FLAGS, flagsOf, type Signs } from "../../../src/arena/flags.ts";

/** An agent of whom nothing is to be said. */
const NOTHING: Signs = {
  ...{ likesAboveViews: 0, repliesAboveViews: 0, posts: 7, repeated: 0, selfReplies: 0, insideSeen: 0 },
  ...{ outsideSeen: 0, points: [], days: 7, mentionsCapped: false, followersCapped: false },
};

describe("a flag", () => {
  it.each<[string, Partial<Signs>, string[]]>([
    ["nothing", {}, []],
    ["a post with more likes than impressions", { likesAboveViews: 1 }, ["likes-above-views"]],
    ["a post with more replies than impressions", { repliesAboveViews: 1 }, ["replies-above-views"]],
    ["a fifth of its posts repeated", { repeated: 3, posts: 15 }, ["duplicate-texts"]],
    ["less than a fifth repeated", { repeated: 3, posts: 16 }, []],
    ["two repeated posts, which chance makes", { repeated: 2, posts: 2 }, []],
    ["an answer to itself", { selfReplies: 1 }, ["self-replies"]],
    ["half of all it received from inside", { insideSeen: 3, outsideSeen: 3 }, ["ring"]],
    ["less than half from inside", { insideSeen: 3, outsideSeen: 4 }, []],
    ["two from inside, which chance makes", { insideSeen: 2 }, []],
    ["one post above all others", { points: [1, 100, 1] }, ["spike"]],
    ["one post fifty times its median", { points: [2, 100, 2] }, ["spike"]],
    ["one post less than fifty times its median", { points: [3, 100, 2, 3] }, []],
    ["one post fifty times next to nothing", { points: [0, 0, 100, 0] }, ["spike"]],
    ["two posts that share the top", { points: [100, 100, 0, 0, 0] }, []],
    ["one post that few saw", { points: [99, 0, 0] }, []],
    ["one post of two", { points: [100, 0] }, []],
    ["fifty posts a day", { posts: 100, days: 2 }, []],
    ["more than fifty a day", { posts: 101, days: 2 }, ["high-frequency"]],
    ["fifty posts within an hour", { posts: 50, days: 1 / 24 }, []],
    ["more than fifty within an hour", { posts: 51, days: 1 / 24 }, ["high-frequency"]],
    ["mentions that were capped", { mentionsCapped: true }, ["mentions-capped"]],
    ["followers that were capped", { followersCapped: true }, ["followers-capped"]],
  ])("is put by %s", (_, signs, flags) => {
    expect(flagsOf({ ...NOTHING, ...signs })).toEqual(flags);
  });

  it("stands in the order of the list, with all others that apply", () => {
    const all: Signs = {
      ...{ likesAboveViews: 2, repliesAboveViews: 2, posts: 500, repeated: 500, selfReplies: 2, insideSeen: 9 },
      ...{ outsideSeen: 0, points: [900, 1, 1], days: 1, mentionsCapped: true, followersCapped: true },
    };
    expect(flagsOf(all)).toEqual(Object.keys(FLAGS));
  });
});
