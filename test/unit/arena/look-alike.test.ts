import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lookAlike } from "../../../scripts/look-alike.ts";
import { runCli } from "../../helpers/run-cli.ts";

const choice = { seed: "7", agents: 12, posts: 2_000 };
let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "colosseum-look-alike-"));
  for (const [name, content] of lookAlike(choice)) await writeFile(join(dir, name), content);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the look-alike of an arena's posts", () => {
  it("is the same for the same seed, and another for another", () => {
    expect([...lookAlike(choice)]).toEqual([...lookAlike(choice)]);
    expect([...lookAlike({ ...choice, seed: "8" })]).not.toEqual([...lookAlike(choice)]);
  });

  it("has the marginals that were measured on the real data, both shapes and odd counters", () => {
    type Made = { ID: string; Likes: number; Views: number; Text: string };
    const files = [...lookAlike(choice)].filter(([name]) => name.endsWith(".json")).map(([, text]) => JSON.parse(text));
    const wrapped = files.filter(([first]) => first !== undefined && "Tweet" in first).length;
    expect([files.length, wrapped]).toEqual([12, 11]);
    const all = files.flat().map((item: { Tweet?: Made } & Made) => item.Tweet ?? item);
    const posts = [...new Map(all.map((post) => [post.ID, post])).values()];
    const share = (is: (post: Made) => boolean): number => posts.filter(is).length / posts.length;
    expect(share(({ Likes }) => Likes === 0)).toBeGreaterThan(0.7);
    expect(share(({ Likes }) => Likes === 0)).toBeLessThan(0.88);
    expect(share(({ Views }) => Views === 0)).toBeGreaterThan(0.14);
    expect(share(({ Views }) => Views === 0)).toBeLessThan(0.25);
    expect(share(({ Text }) => /[\u{10000}-\u{10ffff}]/u.test(Text))).toBeGreaterThan(0.32);
    expect(share(({ Likes, Views }) => Likes > Views)).toBeGreaterThan(0);
    for (const { Text } of posts) expect([...Text].length).toBeLessThanOrEqual(280);
  });

  it.each(["masa-v1", "colosseum"])("is scored with counts that add up: %s", async (formula) => {
    const args = ["arena", "score", dir, "--registry", join(dir, "registry.csv"), "--formula", formula, "--json"];
    const { data } = JSON.parse((await runCli(args)).stdout);
    const skipped = Object.values<number>(data.skipped).reduce((sum, count) => sum + count, 0);
    expect(data.scored + skipped).toBe(data.posts);
    expect(data.agents.length).toBeGreaterThan(8);
  });
});
