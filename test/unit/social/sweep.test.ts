import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PostSource } from "../../../src/feeds/source.ts";
import { sweep } from "../../../src/social/sweep.ts";
import { ArenaStore } from "../../../src/store/arena-store.ts";
import { PostIngest } from "../../../src/store/post-ingest.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-sweep-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Reads one account in three pages a reading; fails at the page whose number is given. @returns What was asked. */
async function sweepAt(now: number, reachSeconds: number, failAt = Number.POSITIVE_INFINITY) {
  const asked: string[] = [];
  const source: PostSource = {
    name: "a source",
    post: () => Promise.resolve(undefined),
    authors: () => Promise.resolve([]),
    page: (_, reading, since, from = "0") => {
      if (asked.length >= failAt) return Promise.reject(new Error("cut off"));
      asked.push(`${reading} ${from} since ${since}`);
      return Promise.resolve({
        posts: [],
        odd: [],
        authors: [],
        next: from === "2" ? undefined : String(Number(from) + 1),
      });
    },
  };
  using store = ArenaStore.open(join(dir, "arena.db"));
  const nowSeconds = (): number => now;
  const options = { store, ingest: new PostIngest(store, nowSeconds), since: now - reachSeconds, nowSeconds };
  await sweep(source, [{ userId: "7", handle: "seven" }], options).catch(() => undefined);
  return asked;
}

const from = (since: number): string[] =>
  ["posts", "mentions"].flatMap((reading) => [0, 1, 2].map((page) => `${reading} ${page} since ${since}`));

describe("a sweep that was cut off", () => {
  it.each([0, 1, 2, 3, 4, 5])("after %i pages goes on with the next of the same question", async (pages) => {
    const first = await sweepAt(100 * DAY, DAY, pages);
    const second = await sweepAt(100 * DAY + HOUR, DAY);
    expect(first).toEqual(from(99 * DAY).slice(0, pages));
    // Nothing was kept of a sweep without a page: it begins with a time of its own.
    expect(second).toEqual(pages === 0 ? from(99 * DAY + HOUR) : from(99 * DAY).slice(pages));
  });

  it.each([
    ["its counters have grown old", 7 * HOUR, DAY],
    ["posts from further back are wanted", HOUR, 3 * DAY],
    ["far fewer are wanted", HOUR, DAY / 2],
  ])("begins anew where %s", async (_, later, reach) => {
    await sweepAt(100 * DAY, DAY, 2);
    const now = 100 * DAY + later;
    expect(await sweepAt(now, reach)).toEqual(from(now - reach));
  });

  it("is forgotten once it went through", async () => {
    await sweepAt(100 * DAY, DAY);
    expect(await sweepAt(100 * DAY + HOUR, DAY)).toEqual(from(99 * DAY + HOUR));
  });
});
