import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Post, postOf } from "../../../src/arena/posts.ts";
import { PostIngest, PostStore } from "../../../src/store/posts.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-posts-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const post = (record: Record<string, unknown>): Post => postOf({ Text: "é🚀", UserID: "7", ...record }) as Post;
const ingest = (posts: readonly Post[]) => {
  using store = PostStore.open(join(dir, "posts.db"));
  const sink = new PostIngest(store);
  for (const item of posts) sink.post(item);
  sink.odd("bad-json");
  return sink.finish();
};
const stored = (): Post[] => {
  using store = PostStore.open(join(dir, "posts.db"), { readOnly: true });
  const posts: Post[] = [];
  store.readAll({ post: (found) => void posts.push(found), odd: () => undefined });
  return posts;
};

describe("PostStore", () => {
  it("takes each post once and accounts for every record", () => {
    const posts = [post({ ID: "1", Likes: 1 }), post({ ID: "2" }), post({})];
    const skipped = { "bad-json": 1, "missing-id": 1 };
    expect(ingest(posts)).toEqual({ read: 4, new: 2, updated: 0, duplicate: 0, skipped });
    expect(ingest(posts)).toEqual({ read: 4, new: 0, updated: 0, duplicate: 2, skipped });
  });

  it("lets later counters win, but never a null, and keeps the text", () => {
    ingest([post({ ID: "1", Likes: 5, Views: 9 })]);
    expect(ingest([post({ ID: "1", Likes: 3, Views: null, Text: "other" })]).updated).toBe(1);
    expect(stored()).toMatchObject([{ id: "1", likes: 3, views: 9, text: "é🚀" }]);
  });

  it("gives back more than one page in the order of arrival", () => {
    const ids = Array.from({ length: 4_001 }, (_, index) => String(9_000 - index));
    ingest(ids.map((ID) => post({ ID })));
    expect(stored().map(({ id }) => id)).toEqual(ids);
  });

  it("says what makes a store that is not there", () => {
    expect(stored).toThrow(expect.objectContaining({ code: "store.missing" }));
  });
});
