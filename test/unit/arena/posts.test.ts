import { describe, expect, it } from "vitest";
import { describesPosts, type Post, postOf, walkRecords } from "../../../src/arena/posts.ts";

const walked = (value: unknown) => {
  const posts: Post[] = [];
  const odd: string[] = [];
  walkRecords(value, { post: (found) => void posts.push(found), odd: (reason) => void odd.push(reason) });
  return { ids: posts.map(({ id }) => id), odd };
};
const flat = (id: string) => ({ ID: id, UserID: "1", Text: "t" });
const nested = (levels: number): unknown => (levels === 0 ? flat("deep") : [nested(levels - 1)]);

describe("walkRecords", () => {
  it.each([
    ["flat posts", [flat("1"), flat("2")], ["1", "2"], []],
    ["wrapped posts", [{ Tweet: flat("1"), Error: null }], ["1"], []],
    ["a post alone", flat("1"), ["1"], []],
    ["posts below a key", { posts: [flat("1")], count: 1 }, ["1"], []],
    ["arrays in arrays", [[flat("1")], [[{ Tweet: flat("2") }]]], ["1", "2"], []],
    [
      "X's envelope",
      { data: [{ id: "1", text: "t", author_id: "9" }], includes: { users: [{ id: "9" }] }, meta: {} },
      ["1"],
      [],
    ],
    ["an error in place of a post", [{ Tweet: null, Error: "gone" }], [], ["error-record"]],
    ["what is no post in an array", [1, null, "x", {}, { uid: 3, user_id: "7" }], [], Array(5).fill("not-a-post")],
    ["nothing", [], [], []],
    ["a number alone", 7, [], ["not-a-post"]],
    ["nesting that no export has", nested(80), [], ["too-deep"]],
    ["nesting of one level too many", nested(65), [], ["too-deep"]],
    ["nesting as deep as may be", nested(64), ["deep"], []],
    ["posts below keys below keys", { a: { b: [flat("1")], c: 5 } }, ["1"], []],
    ["nothing in what is wrapped in nothing", { a: { b: {} } }, [], []],
    ["nothing among what X says of errors", { errors: [{ text: "no post" }], meta: { text: "nor this" } }, [], []],
    ["a wrapped thing that is no post", [{ Tweet: { uid: 1 } }], [], ["not-a-post"]],
    ["a wrapped list", [{ Tweet: [flat("1")] }], [], ["error-record"]],
    ["a text alone", "posts", [], ["not-a-post"]],
    ["a post named like a prototype", [{ __proto__: null, constructor: 1, Text: "t", ID: "1" }], ["1"], []],
  ])("finds %s", (_, value, ids, odd) => expect(walked(value)).toEqual({ ids, odd }));
});

describe("postOf", () => {
  it("keeps Masa's values as they are, wrong ones too", () => {
    expect(postOf({ UserID: 5, Text: null, Likes: "5", Timestamp: "2024-12-18" })).toMatchObject({
      userId: 5,
      text: null,
      likes: "5",
      views: undefined,
      timestamp: "2024-12-18",
    });
  });

  it("reads X's API v2", () => {
    expect(
      postOf({
        id: "1",
        author_id: "2",
        text: "t",
        created_at: "2025-01-01T00:00:00.000Z",
        public_metrics: { like_count: 3, retweet_count: 4, reply_count: 5, impression_count: 6 },
        entities: { mentions: [{ id: "7", username: "x" }] },
        referenced_tweets: [{ type: "replied_to", id: "8" }],
      }),
    ).toEqual({
      id: "1",
      userId: "2",
      username: undefined,
      text: "t",
      likes: 3,
      retweets: 4,
      replies: 5,
      views: 6,
      timestamp: 1_735_689_600,
      mentions: [{ id: "7", username: "x" }],
      replyTo: "8",
      isRetweet: false,
    });
  });

  it.each([
    ["id", "id", ["id", "id_str", "postId", "tweet-id"], "7"],
    ["account", "userId", ["user_id", "userId", "author_id"], "7"],
    ["name", "username", ["username", "handle", "screen_name"], "anna"],
    ["text", "text", ["text", "full_text", "TEXT"], "hello"],
    ["likes", "likes", ["likes", "like_count", "favoriteCount"], 7],
    ["retweets", "retweets", ["retweets", "retweet_count"], 7],
    ["replies", "replies", ["replies", "reply_count"], 7],
    ["impressions", "views", ["views", "viewCount", "impressions", "impression_count"], 7],
    ["answered post", "replyTo", ["reply_to", "in_reply_to_status_id"], "8"],
  ])("knows a post's %s by any of its names", (_, field, names, value) => {
    for (const name of names)
      expect(postOf({ ...(field === "text" ? {} : { text: "t" }), [name]: value })).toHaveProperty(field, value);
  });

  it("takes what stands first, and what stands outside before what is nested", () => {
    expect(postOf({ text: "t", likes: 1, like_count: 2, public_metrics: { like_count: 3 } })?.likes).toBe(1);
    expect(postOf({ text: "t", non_public_metrics: { impression_count: 3 }, metrics: { likes: 4 } })).toMatchObject({
      views: 3,
      likes: 4,
    });
    expect(postOf({ text: "t", public_metrics: [3], metrics: null })?.likes).toBeUndefined();
  });

  it("names an edited post by its first id, and takes a long text whole", () => {
    const edited = { id: "3", text: "cut", edit_history_tweet_ids: ["1", "2", "3"], note_tweet: { text: "whole" } };
    expect(postOf(edited)).toMatchObject({ id: "1", text: "whole" });
    expect(postOf({ id: "3", text: "t", edit_history_tweet_ids: [], note_tweet: {} })).toMatchObject({
      id: "3",
      text: "t",
    });
    expect(postOf({ id: "3", text: "t", edit_history_tweet_ids: [5], note_tweet: "x" })).toMatchObject({
      id: "3",
      text: "t",
    });
  });

  it.each<[string, Record<string, unknown>, boolean, string | undefined]>([
    ["Masa's retweet", { Text: "t", IsRetweet: true }, true, undefined],
    ["Masa's answer", { Text: "t", IsRetweet: "true", InReplyToStatusID: "8" }, false, "8"],
    ["X's retweet", { text: "t", referenced_tweets: [{ type: "retweeted", id: "8" }] }, true, undefined],
    [
      "X's answer with a quote",
      {
        text: "t",
        referenced_tweets: [
          { type: "quoted", id: "9" },
          { type: "replied_to", id: "8" },
        ],
      },
      false,
      "8",
    ],
    ["a retweet in plain words", { text: "t", isRetweet: true }, true, undefined],
    ["references that are none", { text: "t", referenced_tweets: [null, 5, {}] }, false, undefined],
    ["no references", { text: "t", referenced_tweets: "x" }, false, undefined],
  ])("knows %s", (_, record, isRetweet, replyTo) => {
    expect(postOf(record)).toMatchObject({ isRetweet, replyTo });
  });

  it("knows a post by any field that tells one, in Masa's words or others", () => {
    for (const field of ["UserID", "Text", "Likes", "Views", "Retweets", "Replies", "Timestamp"])
      expect(postOf({ [field]: 1 }), field).toBeDefined();
    for (const field of ["text", "likes", "retweets", "replies", "views"])
      expect(postOf({ [field]: 1 }), field).toBeDefined();
    for (const field of ["id", "user_id", "username", "timestamp", "mentions", "reply_to", "toString"])
      expect(postOf({ [field]: 1 }), field).toBeUndefined();
    expect([describesPosts(["user_id", "uid"]), describesPosts(["id", "Like Count"]), describesPosts([])]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each([
    ["seconds", 1_735_689_600],
    ["milliseconds", 1_735_689_600_000],
    ["digits", "1735689600"],
    ["RFC 3339", "2025-01-01T00:00:00Z"],
  ])("reads a time in %s", (_, timestamp) => {
    expect(postOf({ text: "t", timestamp })?.timestamp).toBe(1_735_689_600);
  });

  it("is nothing for a user, a line of a registry or an empty object", () => {
    for (const record of [{ id: "1", username: "x" }, { user_id: "1", uid: 3 }, {}])
      expect(postOf(record)).toBeUndefined();
  });
});

describe("accounts beside the posts", () => {
  const accounts = (value: unknown) => {
    const found: [string, number | undefined][] = [];
    const odd: string[] = [];
    const posts: (string | undefined)[] = [];
    walkRecords(value, {
      post: ({ id }) => void posts.push(id),
      odd: (reason) => void odd.push(reason),
      author: ({ userId, followers }) => void found.push([userId, followers]),
    });
    return { found, odd, posts };
  };
  const user = { id: "7", username: "agent", public_metrics: { followers_count: 12 } };

  it.each<[string, unknown, [string, number | undefined][], string[], (string | undefined)[]]>([
    [
      "an answer of X's API",
      { data: [{ id: "1", text: "t", author_id: "7" }], includes: { users: [user, 7] } },
      [["7", 12]],
      [],
      ["1"],
    ],
    ["Masa's profile", { data: { UserID: "7", Username: "agent", FollowersCount: 5 } }, [["7", 5]], ["not-a-post"], []],
    ["a list of registered agents", [{ UserID: "8", FollowersCount: 9 }], [["8", 9]], ["not-a-post"], []],
    ["posts alone", [{ ID: "1", UserID: "7", Text: "t" }], [], [], ["1"]],
  ])("are found in %s, and never counted as posts", (_, value, found, odd, posts) => {
    expect(accounts(value)).toEqual({ found, odd, posts });
  });
});
