import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Author } from "../../../src/arena/author.ts";
import { type Post, postOf } from "../../../src/arena/posts.ts";
import { ARENA_MIGRATIONS } from "../../../src/store/arena-layout.ts";
import { ArenaStore } from "../../../src/store/arena-store.ts";
import { PostIngest } from "../../../src/store/post-ingest.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-posts-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (readOnly = false): ArenaStore => ArenaStore.open(join(dir, "posts.db"), { readOnly });
const post = (record: Record<string, unknown>): Post => postOf({ Text: "é🚀", UserID: "7", ...record }) as Post;
const ingest = (posts: readonly Post[], at = 1_000) => {
  using store = open();
  const sink = new PostIngest(store, () => at);
  for (const item of posts) sink.post(item);
  sink.odd("bad-json");
  return sink.flush();
};
const stored = (asOf?: number): Post[] => {
  using store = open(true);
  const posts: Post[] = [];
  store.posts.readAll({ post: (found) => void posts.push(found), odd: () => undefined }, asOf);
  return posts;
};

describe("posts in the arena's store", () => {
  it("are taken once, and every record is accounted for", () => {
    const posts = [post({ ID: "1", Likes: 1 }), post({ ID: "2" }), post({})];
    const skipped = { "bad-json": 1, "missing-id": 1 };
    expect(ingest(posts)).toEqual({ read: 4, new: 2, updated: 0, duplicate: 0, skipped });
    expect(ingest(posts)).toEqual({ read: 4, new: 0, updated: 0, duplicate: 2, skipped });
  });

  it("get later counters, but never a null, and keep their text", () => {
    ingest([post({ ID: "1", Likes: 5, Views: 9 })]);
    expect(ingest([post({ ID: "1", Likes: 3, Views: null, Text: "other" })]).updated).toBe(1);
    expect(stored()).toMatchObject([{ id: "1", likes: 3, views: 9, text: "é🚀" }]);
  });

  it("remember what their counters were at any time since they were first seen", () => {
    ingest([post({ ID: "1", Likes: 1, Views: 10 })], 100);
    ingest([post({ ID: "1", Likes: 4, Views: 40 })], 200);
    ingest([post({ ID: "1", Likes: 9, Views: 90 })], 300);
    const likes = (asOf?: number) => stored(asOf)[0]?.likes;
    expect([50, 100, 199, 200, 299, 300, undefined].map(likes)).toEqual([1, 1, 1, 4, 4, 9, 9]);
  });

  it("come back in the order of arrival, more than a page of them", () => {
    const ids = Array.from({ length: 4_001 }, (_, index) => String(9_000 - index));
    ingest(ids.map((ID) => post({ ID })));
    expect(stored().map(({ id }) => id)).toEqual(ids);
  });

  it("say what makes a store that is not there", () => {
    expect(() => stored()).toThrow(expect.objectContaining({ code: "store.missing" }));
  });

  it("are found again in a store of the first layout", () => {
    const old = new DatabaseSync(join(dir, "posts.db"));
    old.exec(`${ARENA_MIGRATIONS[0]}; PRAGMA user_version = 1`);
    old.prepare("INSERT INTO posts (id, post) VALUES (?, ?)").run("1", JSON.stringify(post({ ID: "1", Likes: 2 })));
    old.close();
    expect(ingest([post({ ID: "1", Likes: 3 })])).toMatchObject({ new: 0, updated: 1 });
    expect(stored()).toMatchObject([{ id: "1", likes: 3 }]);
  });

  it("know the newest that is not from the future", () => {
    ingest([post({ ID: "1", Timestamp: 50 }), post({ ID: "2", Timestamp: 900 }), post({ ID: "3", Timestamp: "soon" })]);
    using store = open(true);
    expect([store.posts.newest(100), store.posts.newest(1_000), store.posts.newest(10)]).toEqual([50, 900, undefined]);
  });
});

describe("authors in the arena's store", () => {
  const author = (fields: Partial<Author> = {}): Author => ({
    userId: "7",
    username: "agent",
    followers: 10,
    createdAt: undefined,
    automated: undefined,
    ...fields,
  });
  const counts = (since = 0): [number, number | undefined][] => {
    using store = open(true);
    const found: [number, number | undefined][] = [];
    const sink = {
      post: () => undefined,
      odd: () => undefined,
      author: ({ followers }: Author, at?: number) => void found.push([at ?? -1, followers]),
    };
    store.authors.readAll(sink, since);
    return found;
  };

  it("keep the first and the last look of a stretch without change", () => {
    using store = open();
    for (const [at, followers] of [
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 12],
      [5, 12],
      [6, 12],
      [7, 12],
    ] as const) {
      store.authors.put(author({ followers }), at);
    }
    expect(counts()).toEqual([
      [1, 10],
      [3, 10],
      [4, 12],
      [7, 12],
    ]);
    expect(counts(4)).toEqual([
      [4, 12],
      [7, 12],
    ]);
  });

  it("are known by every name they had", () => {
    using store = open();
    store.authors.put(author({ username: "Before" }), 1);
    store.authors.put(author({ username: "after", automated: true, createdAt: 5 }), 2);
    expect(["before", "@AFTER", "other"].map((name) => store.authors.wasCalled("7", name))).toEqual([
      true,
      true,
      false,
    ]);
    expect(store.authors.latest("7")).toEqual(author({ username: "after", automated: true, createdAt: 5 }));
  });
});

describe("accounts in the arena's store", () => {
  const scope = { chain: "c", netuid: 1 };
  const account = (hotkey: string, userId: string) => ({
    hotkey,
    uid: 3,
    userId,
    handle: `name_${userId}`,
    postId: "1",
    challengedAt: 1,
    verifiedAt: 2,
  });

  it("are one for a hotkey and one hotkey for each, per chain and subnet", () => {
    using store = open();
    store.accounts.put(scope, account("A", "7"));
    store.accounts.put({ ...scope, netuid: 2 }, account("B", "7"));
    store.accounts.put(scope, account("A", "8"));
    expect(store.accounts.all(scope)).toEqual([account("A", "8")]);
    store.accounts.put(scope, account("C", "8"));
    expect(store.accounts.all(scope)).toEqual([account("C", "8")]);
    expect(store.accounts.scopes()).toHaveLength(2);
  });

  it("follow the hotkey's slot, and are free once it has none", () => {
    using store = open();
    store.accounts.put(scope, account("A", "7"));
    store.accounts.put(scope, account("B", "8"));
    expect(store.accounts.settle(scope, new Map([["B", 9]]))).toEqual([account("A", "7")]);
    expect(store.accounts.all(scope)).toEqual([{ ...account("B", "8"), uid: 9 }]);
    store.accounts.rename("8", "new_name");
    expect(store.accounts.ofUser(scope, "8")?.handle).toBe("new_name");
  });
});
