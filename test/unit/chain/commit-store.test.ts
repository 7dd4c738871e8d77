import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toHotkey, toMechId, toNetuid } from "../../../src/base/ids.ts";
import { commitFile, forgetCommit, keepCommit, readCommits } from "../../../src/chain/commit-store.ts";
import type { HashCommit } from "../../../src/chain/hash-commit.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "commits-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const commit = (hash: string): HashCommit => ({
  netuid: toNetuid(1),
  mechid: toMechId(0),
  hotkey: toHotkey("5F"),
  hash,
  uids: [1, 2],
  values: [65_535, 3],
  salt: [1, 2, 3, 4, 5, 6, 7, 8],
  versionKey: "18446744073709551615",
  revealEpoch: 4,
  firstRevealBlock: 100,
});

describe("the store of hash commits", () => {
  it("gives back what was kept, in order, readable by its owner only", async () => {
    const file = commitFile(home, "local", 1, "5F");
    expect(await readCommits(file)).toEqual([]);
    await keepCommit(file, commit("0x01"));
    await keepCommit(file, commit("0x02"));
    expect(await readCommits(file)).toEqual([commit("0x01"), commit("0x02")]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("forgets one commit and keeps the others", async () => {
    const file = commitFile(home, "local", 1, "5F");
    for (const hash of ["0x01", "0x02", "0x03"]) await keepCommit(file, commit(hash));
    await forgetCommit(file, "0x02");
    expect((await readCommits(file)).map(({ hash }) => hash)).toEqual(["0x01", "0x03"]);
  });

  it("loses nothing where commits are kept and forgotten at the same time, nor after one that failed", async () => {
    const file = commitFile(home, "local", 1, "5F");
    const hashes = Array.from({ length: 20 }, (_, i) => `0x${i}`);
    await Promise.all(hashes.map((hash) => keepCommit(file, commit(hash))));
    expect((await readCommits(file)).map(({ hash }) => hash)).toEqual(hashes);
    await Promise.all([forgetCommit(file, "0x3"), keepCommit(file, commit("0xff")), forgetCommit(file, "0x7")]);
    expect((await readCommits(file)).length).toBe(19);
    const whole = await readFile(file, "utf8");
    await writeFile(file, "{");
    await expect(keepCommit(file, commit("0xaa"))).rejects.toMatchObject({ code: "weights.commits-unreadable" });
    await writeFile(file, whole);
    await keepCommit(file, commit("0xbb"));
    expect((await readCommits(file)).at(-1)?.hash).toBe("0xbb");
  });

  it.each([
    ["no JSON", "{"],
    ["no list", "{}"],
    ["no commits", "[1]"],
    ["half a commit", '[{"hash":"0x"}]'],
  ])("names a damaged file: %s", async (_, text) => {
    const file = join(home, "weight-commits.json");
    await writeFile(file, text);
    await expect(readCommits(file)).rejects.toMatchObject({ code: "weights.commits-unreadable", exitCode: 14 });
    await expect(keepCommit(file, commit("0x01"))).rejects.toMatchObject({ code: "weights.commits-unreadable" });
  });

  it("fails before anything is sent where the place cannot be written", async () => {
    await writeFile(join(home, "state"), "a file, not a folder");
    const file = commitFile(join(home, "state"), "local", 1, "5F");
    await expect(keepCommit(file, commit("0x01"))).rejects.toMatchObject({
      code: expect.stringMatching(/^weights\.commits-un/),
      exitCode: 14,
    });
  });
});
