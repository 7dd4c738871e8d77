import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAKE_TOKEN, startFakeX } from "../helpers/fake-x.ts";
import { runBin, startBin, temporaryHome } from "../helpers/run-bin.ts";

const ACCOUNTS = 3;
const POSTS = 500;

describe("arena ingest", () => {
  it("goes on where it was killed: every post once, and no page asked for twice but the one in work", async () => {
    using home = temporaryHome();
    await using x = await startFakeX();
    x.pageSize = 10;
    for (let user = 1; user <= ACCOUNTS; user++) {
      x.user({ id: String(user) });
      for (let i = 0; i < POSTS; i++) {
        x.post({ id: String(user * 10_000 + i), authorId: String(user), createdAt: new Date().toISOString() });
      }
    }
    const registry = join(home.path, "registry.csv");
    const rows = x.users.map(({ id, username }, uid) => `${id},${uid},${username}`);
    writeFileSync(registry, ["user_id,uid,handle", ...rows].join("\n"));
    const args = ["arena", "ingest", "--source", "x", "--url", x.url, "--registry", registry, "--json"];
    const env = { ...home.env, X_BEARER_TOKEN: FAKE_TOKEN };

    let killed = 0;
    for (const pages of [20, 45, 80]) {
      await using service = startBin(args, env);
      while (x.requests.length < pages + killed) await new Promise(setImmediate);
      await service.end("SIGKILL");
      killed++;
    }
    const last = await runBin(args, { env });
    expect(last.stderr).toBe("");
    const { data } = JSON.parse(last.stdout);
    expect(data.new).toBeLessThan(ACCOUNTS * POSTS);
    const { data: scored } = JSON.parse(
      (await runBin(["arena", "score", "--window", "all", "--registry", registry, "--json"], { env })).stdout,
    );
    expect(scored.posts).toBe(ACCOUNTS * POSTS);
    // 150 pages of posts and 3 of mentions; each kill repeats at most the page in work and the look at the accounts.
    const timelines = x.requests.filter((request) => request.includes("/tweets?")).length;
    expect(timelines).toBeLessThanOrEqual((ACCOUNTS * POSTS) / x.pageSize + killed);
    expect(last.stdout + x.requests.join("")).not.toContain(FAKE_TOKEN);
  });
});
