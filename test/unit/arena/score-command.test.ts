import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeWeek } from "../../helpers/posts.ts";
import { runCli } from "../../helpers/run-cli.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-arena-"));
  const posts = madeWeek(1);
  await writeFile(join(dir, "user_1_posts.json"), JSON.stringify(posts.slice(0, 70)));
  await writeFile(
    join(dir, "user_2_posts.json"),
    JSON.stringify(posts.slice(70).map((Tweet) => ({ Tweet, Error: null }))),
  );
  const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((uid) => `a${uid},${uid},59`);
  await writeFile(join(dir, "registry.csv"), ["user_id,uid,subnet_id", ...rows].join("\n"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const score = (...args: string[]) => runCli(["arena", "score", dir, "--registry", join(dir, "registry.csv"), ...args]);

describe("arena score", () => {
  it.each(["masa-v1", "colosseum"])(
    "prints the shape that scripts rely on, with counts that add up: %s",
    async (formula) => {
      const { stdout, stderr, code } = await score("--formula", formula, "--json");
      expect([stderr, code]).toEqual(["", 0]);
      const { data } = JSON.parse(stdout);
      expect(Object.keys(data)).toEqual(["formula", "window", "at", "posts", "scored", "skipped", "agents"]);
      expect(data).toMatchObject({ formula, window: formula === "masa-v1" ? "all" : "7d", posts: 120 });
      const skipped: number = Object.values<number>(data.skipped).reduce((sum, count) => sum + count, 0);
      expect(data.scored + skipped).toBe(120);
      expect(data.skipped["unregistered-author"]).toBeGreaterThan(0);
      expect(Object.keys(data.agents[0])).toEqual([
        "userIds",
        "handle",
        "hotkey",
        "uid",
        "posts",
        "metrics",
        "raw",
        "score",
        "share",
        "weight",
        "flags",
      ]);
      expect(Object.keys(data.agents[0].metrics)).toEqual(["mentions", "impressions", "likes", "replies", "followers"]);
      expect(data.agents[0].weight).toBe(65_535);
      expect(data.agents.reduce((sum: number, { share }: { share: number }) => sum + share, 0)).toBeCloseTo(1, 12);
    },
  );

  it("explains one agent by handle, account or uid: what its posts earned adds up", async () => {
    const [byHandle, byUser, byUid] = await Promise.all(
      ["@Agent_7", "a7", "7"].map(async (name) => JSON.parse((await score("--json", "--explain", name)).stdout).data),
    );
    expect(byUser.explain.posts).toEqual(byHandle.explain.posts);
    expect(byUid.explain.posts).toEqual(byHandle.explain.posts);
    const earned = byUid.explain.posts.reduce((sum: number, post: { earned: number }) => sum + post.earned, 0);
    const agent = byUid.agents.find(({ uid }: { uid: number }) => uid === 7);
    expect(earned).toBeGreaterThan(0);
    expect(earned).toBeLessThanOrEqual(agent.raw + 1e-9);
    const { stdout } = await score("--explain", "7");
    expect(stdout).toMatch(/views +likes +replies +decay/);
    expect(stdout.replace(/\s+/g, " ")).toContain(`Posts ${earned.toFixed(4)} + mentions (${agent.metrics.mentions})`);
    expect(stdout.replace(/\s+/g, " ")).toContain(`= ${agent.raw.toFixed(4)}; the best has`);
    for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  it("changes with a setting, and with the window", async () => {
    const raw = async (...args: string[]) => JSON.parse((await score("--json", ...args)).stdout).data.agents[0].raw;
    expect(await raw("--set", "likeWeight=5")).toBeGreaterThan(await raw());
    expect(await raw("--window", "2d")).toBeLessThan(await raw());
  });

  it("fits 80 columns for people", async () => {
    for (const line of (await score()).stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it.each([
    [["arena", "score"], 2, "usage.files"],
    [["arena", "score", "gone.json"], 14, "feeds.missing-file"],
    [["arena", "score", "DIR", "--registry", "gone.csv"], 14, "feeds.missing-file"],
    [["arena", "score", "DIR", "--formula", "masa"], 2, "usage.formula"],
    [["arena", "score", "DIR", "--window", "0d"], 2, "usage.window"],
    [["arena", "score", "DIR", "--window", "week"], 2, "usage.duration"],
    [["arena", "score", "DIR", "--at", "yesterday"], 2, "usage.time"],
    [["arena", "score", "DIR", "--set", "likesWeight=1"], 2, "usage.setting"],
    [["arena", "score", "DIR", "--set", "likeWeight=-1"], 2, "usage.setting"],
    [["arena", "score", "DIR", "--set", "likeWeight"], 2, "usage.setting"],
    [["arena", "score", "DIR", "--explain", "@nobody"], 2, "arena.unknown-agent"],
  ] as const)("fails plainly: %s", async (args, exitCode, expected) => {
    const { code, stderr, stdout } = await runCli([...args.map((arg) => (arg === "DIR" ? dir : arg)), "--json"]);
    expect([code, stdout]).toEqual([exitCode, ""]);
    expect(JSON.parse(stderr).error.code).toBe(expected);
  });

  it("says that a folder holds no posts, and that nobody is scored", async () => {
    const empty = await mkdtemp(join(tmpdir(), "colosseum-empty-"));
    const { code, stdout } = await runCli(["arena", "score", empty, "--json"]);
    await rm(empty, { recursive: true });
    expect(code).toBe(0);
    const { data, warnings } = JSON.parse(stdout);
    expect(data).toMatchObject({ posts: 0, scored: 0, agents: [], at: null });
    expect(warnings.map((warning: { code: string }) => warning.code)).toEqual([
      "arena.no-registry",
      "arena.no-posts",
      "nobody-scored",
    ]);
  });
});

describe("arena ingest", () => {
  it.each(["masa-v1", "colosseum"])("fills the store that arena score reads without files: %s", async (formula) => {
    const home = ["--home", join(dir, `home-${formula}`), "--json"];
    const first = JSON.parse((await runCli(["arena", "ingest", dir, ...home])).stdout).data;
    expect(Object.keys(first)).toEqual(["files", "read", "new", "updated", "duplicate", "skipped"]);
    expect(first.files).toBe(2);
    const skipped = Object.values<number>(first.skipped).reduce((sum, count) => sum + count, 0);
    expect(first.new + first.updated + first.duplicate + skipped).toBe(first.read);
    const again = JSON.parse((await runCli(["arena", "ingest", dir, ...home])).stdout).data;
    expect(again.new).toBe(0);
    const options = ["--formula", formula, "--registry", join(dir, "registry.csv"), ...home];
    const stored = JSON.parse((await runCli(["arena", "score", ...options])).stdout).data;
    const read = JSON.parse((await runCli(["arena", "score", dir, ...options])).stdout).data;
    expect(stored.agents).toEqual(read.agents);
  });
});
