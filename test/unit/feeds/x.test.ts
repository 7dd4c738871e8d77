import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ApiOptions } from "../../../src/feeds/api-client.ts";
import { MasaSource } from "../../../src/feeds/masa.ts";
import { XSource } from "../../../src/feeds/x.ts";
import { type FakeMasa, startFakeMasa } from "../../helpers/fake-masa.ts";
import { FAKE_TOKEN, type FakeX, startFakeX } from "../../helpers/fake-x.ts";
import { JumpingClock } from "../../helpers/jumping-clock.ts";
import { post as madePost } from "../../helpers/posts.ts";

const NOW_MS = Date.parse("2026-01-10T12:00:00Z");
const DAY = 86_400;
const now = NOW_MS / 1_000;
const who = { userId: "7", handle: "agent" };

let x: FakeX;
let masa: FakeMasa;
let clock: JumpingClock;
beforeEach(async () => {
  [x, masa] = await Promise.all([startFakeX(), startFakeMasa()]);
  clock = new JumpingClock(NOW_MS);
});
afterEach(async () => {
  await Promise.all([x[Symbol.asyncDispose](), masa[Symbol.asyncDispose]()]);
});

const source = (options: Partial<ApiOptions> = {}) =>
  new XSource({ baseUrl: x.url, token: FAKE_TOKEN, clock, ...options });
const at = (hoursAgo: number): string => new Date(NOW_MS - hoursAgo * 3_600_000).toISOString();

describe("XSource", () => {
  it("reads a post with its author, counters and text as they stand, and says what is not there", async () => {
    x.user({ id: "7", username: "Agent", followers: 42, createdAt: "2021-05-01T00:00:00.000Z" });
    const text = "é🚀 &amp; @somebody\nsecond line";
    x.post({ id: "100", authorId: "7", text, createdAt: at(1), likes: 3, replies: 2, retweets: 1, views: 90 });
    const found = await source().post("100");
    expect(found?.post).toMatchObject({
      id: "100",
      userId: "7",
      username: "Agent",
      text,
      likes: 3,
      replies: 2,
      retweets: 1,
      views: 90,
      timestamp: now - 3_600,
    });
    expect(found?.author).toEqual({
      userId: "7",
      username: "Agent",
      followers: 42,
      createdAt: Date.parse("2021-05-01T00:00:00Z") / 1_000,
      automated: true,
    });
    expect(await source().post("404")).toBeUndefined();
  });

  it("walks through all pages of a timeline, and goes on from a page in the middle", async () => {
    x.pageSize = 2;
    for (let i = 0; i < 5; i++) x.post({ id: String(200 + i), authorId: "7", createdAt: at(i) });
    x.post({ id: "199", authorId: "7", createdAt: at(24 * 8) });
    const api = source();
    const ids: (string | undefined)[] = [];
    let from: string | undefined;
    const starts: (string | undefined)[] = [];
    do {
      starts.push(from);
      const page = await api.page(who, "posts", now - 7 * DAY, from);
      ids.push(...page.posts.map(({ id }) => id));
      from = page.next;
    } while (from !== undefined);
    expect(ids).toEqual(["204", "203", "202", "201", "200"]);
    const second = await source().page(who, "posts", now - 7 * DAY, starts[1]);
    expect(second.posts.map(({ id }) => id)).toEqual(["202", "201"]);
  });

  it("reads what others wrote about an account, with who they are", async () => {
    x.user({ id: "7", username: "agent" });
    x.user({ id: "9", username: "reader", followers: 5 });
    x.post({ id: "300", authorId: "9", text: "well said @agent", createdAt: at(1), replyTo: "200" });
    const { posts, authors } = await source().page(who, "mentions", now - DAY, undefined);
    expect(posts).toMatchObject([{ id: "300", userId: "9", username: "reader", replyTo: "200" }]);
    expect(authors).toMatchObject([{ userId: "9", username: "reader", followers: 5 }]);
  });

  it("asks for accounts by the hundred and leaves out those that are gone", async () => {
    const accounts = Array.from({ length: 150 }, (_, i) => ({ userId: String(i), handle: `u${i}` }));
    for (const { userId } of accounts.slice(1)) x.user({ id: userId });
    expect(await source().authors(accounts)).toHaveLength(149);
    expect(x.requests.filter((request) => request.startsWith("GET /2/users?"))).toHaveLength(2);
  });

  it("waits out a rate limit by its reset time, says so, and goes on", async () => {
    const said: string[] = [];
    x.post({ id: "100", authorId: "7" });
    x.faults.push({ status: 429, headers: { "x-rate-limit-reset": String(now + 120), "x-rate-limit-remaining": "0" } });
    expect((await source({ onWait: (why) => said.push(why) }).post("100"))?.post.id).toBe("100");
    expect(clock.waits).toEqual([121_000]);
    expect(said).toEqual(["X's API asks to wait 2 min 1 s (rate limit)."]);
  });

  it("stops before the next question where an answer says that it was the last for now", async () => {
    x.post({ id: "100", authorId: "7" });
    const api = source();
    const body = JSON.stringify({ data: { id: "1", text: "t", author_id: "7" } });
    x.faults.push({
      status: 200,
      headers: { "x-rate-limit-reset": String(now + 30), "x-rate-limit-remaining": "0" },
      body,
    });
    await api.post("1");
    expect(clock.waits).toEqual([]);
    await api.post("100");
    expect(clock.waits).toEqual([31_000]);
  });

  it("names in its hint a wait that is long enough", async () => {
    x.faults.push({ status: 429, headers: { "x-rate-limit-reset": String(now + 5_000) } });
    const failure = (await source()
      .post("100")
      .catch((thrown: unknown) => thrown)) as { hint: string };
    const minutes = Number(/--max-wait (\d+)m$/.exec(failure.hint)?.[1]);
    expect(minutes * 60).toBeGreaterThanOrEqual(5_001);
    expect(minutes * 60).toBeLessThan(5_200);
  });

  it("does not ask for ever where the wait is over each time and the answer is still no", async () => {
    for (let i = 0; i < 9; i++) x.faults.push({ status: 429, headers: { "retry-after": "0" } });
    await expect(source().post("100")).rejects.toMatchObject({ code: "feeds.rate-limited" });
    expect(x.requests).toHaveLength(4);
  });

  it.each([
    [
      "a wait that is longer than agreed",
      { status: 429, headers: { "x-rate-limit-reset": String(now + 900) } },
      10,
      "feeds.rate-limited",
    ],
    [
      "a monthly cap",
      { status: 429, body: '{"title":"UsageCapExceeded"}', headers: { "x-rate-limit-reset": String(now + 5) } },
      10,
      "feeds.rate-limited",
    ],
    ["a token that is wrong", { status: 401 }, 13, "feeds.not-allowed"],
    ["a plan that does not allow it", { status: 403 }, 13, "feeds.not-allowed"],
    ["a plan whose credits are used up", { status: 402 }, 13, "feeds.not-allowed"],
    ["a page of some other server", { raw: "<html>hello</html>" }, 12, "feeds.bad-answer"],
    ["a question that is refused", { status: 400 }, 12, "feeds.bad-answer"],
  ])("gives up on %s at once", async (_, fault, exitCode, code) => {
    x.faults.push(fault);
    const failed = source({ maxWaitMs: 60_000 }).post("100");
    await expect(failed).rejects.toMatchObject({ code, exitCode });
    await expect(failed).rejects.not.toThrow(FAKE_TOKEN);
    expect(x.requests).toHaveLength(1);
  });

  it("tries again after failures that pass, each time later", async () => {
    x.post({ id: "100", authorId: "7" });
    x.faults.push({ status: 503 }, { cut: true }, { status: 502 });
    expect((await source().post("100"))?.post.id).toBe("100");
    expect(clock.waits).toEqual([500, 1_000, 2_000]);
    x.faults.push({ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    await expect(source().post("100")).rejects.toMatchObject({ code: "feeds.unreachable", exitCode: 10 });
  });

  it("counts what stands where a post should be, and never fails on it", async () => {
    const data = [{ id: "1", text: "t", author_id: "7" }, { id: "2" }, 7, null];
    x.faults.push({ status: 200, body: JSON.stringify({ data, errors: [{ detail: "gone" }], meta: {} }) });
    const page = await source().page(who, "posts", 0, undefined);
    expect(page.posts.map(({ id }) => id)).toEqual(["1"]);
    expect(page.odd).toEqual(["not-a-post", "not-a-post", "not-a-post", "error-record"]);
  });

  it("takes the whole of a long text, and one id for all edits of a post", async () => {
    const data = {
      id: "11",
      edit_history_tweet_ids: ["10", "11"],
      text: "long…",
      note_tweet: { text: "long and whole" },
    };
    x.faults.push({ status: 200, body: JSON.stringify({ data }) });
    expect((await source().post("11"))?.post).toMatchObject({ id: "10", text: "long and whole" });
  });

  it.each(["ftp://api.x.com", "nowhere", "https://user:secret@api.x.com", "http://api.x.com"])(
    "does not send a token to %s",
    (baseUrl) => {
      expect(() => source({ baseUrl })).toThrow(expect.objectContaining({ code: "usage.feed-url", exitCode: 2 }));
    },
  );

  it("follows no redirect, so that the token stays with its host", async () => {
    x.faults.push(
      ...Array.from({ length: 4 }, () => ({ status: 302, headers: { location: `${x.url}/2/tweets/100` } })),
    );
    await expect(source().post("100")).rejects.toMatchObject({ code: "feeds.unreachable" });
  });
});

describe("MasaSource", () => {
  const node = () => new MasaSource({ baseUrl: masa.url, clock });

  it("searches day by day back to where it is asked to, and wraps are taken off", async () => {
    const days = [0, 1, 6, 9].map((ago) =>
      madePost({ UserID: "7", Username: "agent", ID: `d${ago}`, Timestamp: now - ago * DAY }),
    );
    masa.posts.push(...days);
    const ids: (string | undefined)[] = [];
    let from: string | undefined;
    do {
      const page = await node().page(who, "posts", now - 7 * DAY, from);
      ids.push(...page.posts.map(({ id }) => id));
      from = page.next;
    } while (from !== undefined);
    expect(ids).toEqual(["d0", "d1", "d6"]);
    expect(masa.requests[0]?.body).toEqual({ query: "from:agent since:2026-01-10 until:2026-01-11", count: 100 });
  });

  it.each([
    ["takes a day of more posts than a search gives in several searches", true, 251, 4],
    ["leaves a day as it is where the node does not know how to go on in it", false, 101, 3],
  ])("%s", async (_, knowsMaxId, found, searches) => {
    masa.knowsMaxId = knowsMaxId;
    for (let i = 0; i < 250; i++) {
      masa.posts.push(madePost({ UserID: "7", Username: "agent", ID: String(5_000 - i), Timestamp: now - i }));
    }
    masa.posts.push(madePost({ UserID: "7", Username: "agent", ID: "9", Timestamp: now - DAY }));
    const ids = new Set<string | undefined>();
    let from: string | undefined;
    do {
      const page = await node().page(who, "posts", now - DAY, from);
      for (const { id } of page.posts) ids.add(id);
      from = page.next;
    } while (from !== undefined);
    expect([ids.size, masa.requests.length]).toEqual([found, searches]);
  });

  it("reads a post and a profile, and ignores dates that scrapers make up", async () => {
    masa.posts.push(madePost({ UserID: "7", Username: "agent", ID: "1" }));
    masa.profiles.set("agent", { UserID: "7", Username: "agent", FollowersCount: 11, Joined: "0001-01-01T00:00:00Z" });
    const found = await node().post("1");
    expect(found?.author).toEqual({
      userId: "7",
      username: "agent",
      followers: 11,
      createdAt: undefined,
      automated: undefined,
    });
    expect(await node().authors([who, { userId: "8", handle: "nobody" }])).toHaveLength(1);
  });

  it("never takes a name that somebody else has now for the account", async () => {
    masa.profiles.set("agent", { UserID: "666", Username: "agent", FollowersCount: 1 });
    expect(await node().authors([who])).toEqual([]);
  });

  it("tries again where no worker is free, and gives up on a node that stays broken", async () => {
    masa.posts.push(madePost({ UserID: "7", Username: "agent", ID: "1" }));
    masa.faults.push({ status: 503, body: { error: "No available workers to process the request" } });
    expect((await node().post("1"))?.post.id).toBe("1");
    const broken = { status: 500, body: { error: "An error occurred", details: "x", workerPeerId: "y" } };
    masa.faults.push(broken, broken, broken, broken);
    await expect(node().post("1")).rejects.toMatchObject({ code: "feeds.unreachable" });
  });
});
