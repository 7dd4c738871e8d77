import { describe, expect, it } from "vitest";
import { type Post, postOf } from "../../../src/arena/posts.ts";
import { buildRegistry } from "../../../src/arena/registry.ts";
import { DailySeries } from "../../../src/arena/series.ts";

const DAY = 86_400;
const END = 1_735_000_000;
const registry = buildRegistry([
  { userId: "a", uid: 1, handle: "Anna" },
  { userId: "a2", uid: 1 },
  { userId: "b", uid: 2 },
]);
const at = (days: number, fields: Record<string, unknown> = {}): Post =>
  postOf({ UserID: "a", Text: "", Timestamp: END - 3 * DAY + days * DAY, ...fields }) as Post;
const series = (...posts: Post[]): DailySeries => {
  const daily = new DailySeries(registry, END, 3);
  for (const post of posts) daily.post(post);
  return daily;
};

describe("an agent's days", () => {
  it("have what its posts of each day have, from the first second to the last", () => {
    const counted = { Views: 5, Likes: 3, Replies: 2 };
    const outside = [at(-0.001, counted), at(3.001, counted), at(1, { ...counted, Timestamp: "never" })];
    const daily = series(
      at(0, counted),
      at(0.999, { ...counted, UserID: "a2" }),
      at(1, counted),
      at(3, counted),
      ...outside,
    );
    expect(daily.finish(["a", "a2"])).toEqual({
      ...{ impressions: [10, 5, 5], likes: [6, 3, 3], replies: [4, 2, 2] },
      ...{ mentions: [0, 0, 0], followers: [0, 0, 0] },
    });
  });

  it("have nothing of retweets, of counters that are none, or of others", () => {
    const daily = series(
      at(0, { Views: 5, IsRetweet: true }),
      at(0, { Views: -5, Likes: "9", Replies: null }),
      at(0, { Views: 7, UserID: "b" }),
      at(0, { Views: 9, UserID: "stranger" }),
    );
    expect(daily.finish(["a"]).impressions).toEqual([0, 0, 0]);
    expect(daily.finish(["b"]).impressions).toEqual([7, 0, 0]);
  });

  it("have the posts of others that name it, by account, by the registry's name, by a name seen", () => {
    const daily = series(
      at(0, { UserID: "b", Username: "Bert", Text: "@anna" }),
      at(1, { UserID: "stranger", Mentions: [{ ID: "a2" }, { ID: "a2" }] }),
      at(1, { UserID: "a", Text: "@anna @bert" }),
      at(2, { UserID: "stranger", Text: "@nobody" }),
    );
    expect(daily.finish(["a"]).mentions).toEqual([1, 1, 0]);
    expect(daily.finish(["b"]).mentions).toEqual([0, 1, 0]);
  });

  it("have new followers on the day on which they were counted, never fewer than none", () => {
    const daily = series();
    const counted = (days: number, followers: number, userId = "a"): void =>
      daily.author(
        { userId, username: undefined, followers, createdAt: undefined, automated: undefined },
        END + (days - 3) * DAY,
      );
    counted(2.5, 30);
    counted(-1, 10);
    counted(0.5, 12);
    counted(1.5, 5);
    counted(1, 1, "a2");
    counted(2, 3, "a2");
    daily.author({ userId: "a", username: undefined, followers: 999, createdAt: undefined, automated: undefined });
    expect(daily.finish(["a", "a2"]).followers).toEqual([2, 0, 27]);
  });

  it("are empty for who was never seen, and for every author without a registry until seen", () => {
    const daily = new DailySeries(undefined, END, 2);
    const nothing = [0, 0];
    expect(daily.finish(["z"])).toEqual({
      ...{ impressions: nothing, likes: nothing, replies: nothing, mentions: nothing, followers: nothing },
    });
    daily.post(at(2, { UserID: "z", Views: 4 }));
    expect(daily.finish(["z"]).impressions).toEqual([0, 4]);
  });
});
