import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPerson } from "../../../src/cli/commands/vote/person-file.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "colosseum-person-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const at = (time: string) => () => Date.parse(time);

describe("what is remembered of a person", () => {
  it("is how many votes were cast on this UTC day, over all sessions of it", () => {
    const dir = join(home, "miner");
    openPerson(dir, at("2026-01-01T00:00:00Z")).countVote();
    const later = openPerson(dir, at("2026-01-01T23:59:59Z"));
    later.countVote();
    later.keepReveal(false);
    expect([later.votes(), later.reveal, later.unkept]).toEqual([2, false, undefined]);
    const tomorrow = openPerson(dir, at("2026-01-02T00:00:00Z"));
    expect([tomorrow.votes(), tomorrow.reveal]).toEqual([0, false]);
  });

  it("begins anew with a broken file", () => {
    writeFileSync(join(home, "person.json"), '{"day":');
    expect(openPerson(home, at("2026-01-01T00:00:00Z")).votes()).toBe(0);
  });

  it("stays in memory, with the reason, where the disk refuses it", () => {
    writeFileSync(join(home, "file"), "");
    const person = openPerson(join(home, "file", "miner"), at("2026-01-01T00:00:00Z"));
    person.countVote();
    expect(person.votes()).toBe(1);
    expect(person.unkept).toContain("ENOTDIR");
  });
});
