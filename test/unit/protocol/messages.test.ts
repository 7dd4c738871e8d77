import { describe, expect, it } from "vitest";
import { contentHash } from "../../../src/protocol/content-hash.ts";
import { completionRequestSchema, voteRequestSchema, votesRequestSchema } from "../../../src/protocol/messages.ts";

const page = (name: string, content = "x") => ({ name, content });

describe("a completion", () => {
  it.each([
    ["one file", [page("index.html")], true],
    ["sixteen files", Array.from({ length: 16 }, (_, i) => page(`f${i}`)), true],
    ["256 KiB exactly", [page("a", "x".repeat(262_143)), page("b")], true],
    ["no file", [], false],
    ["seventeen files", Array.from({ length: 17 }, (_, i) => page(`f${i}`)), false],
    ["the same name twice", [page("a"), page("a")], false],
    ["a path", [page("../a")], false],
    ["a name of dots", [page("..")], false],
    ["a name of 65 characters", [page("a".repeat(65))], false],
    ["more than 256 KiB in bytes though not in characters", [page("a", "é".repeat(131_073))], false],
  ])("%s", (_, files, ok) => {
    expect(completionRequestSchema.safeParse({ files }).success).toBe(ok);
  });

  it("is refused with a field that nobody knows", () => {
    expect(completionRequestSchema.safeParse({ files: [page("a")], by: "me" }).success).toBe(false);
  });
});

describe("votes", () => {
  it("are A or B, nothing else", () => {
    expect(voteRequestSchema.safeParse({ choice: "A" }).success).toBe(true);
    for (const choice of ["a", "C", "", null, 1]) expect(voteRequestSchema.safeParse({ choice }).success).toBe(false);
  });

  it("come at most 64 at once, each assignment once", () => {
    const votes = Array.from({ length: 64 }, (_, i) => ({ assignment: `assignment-${i}`, choice: "A" }));
    expect(votesRequestSchema.safeParse({ votes }).success).toBe(true);
    expect(
      votesRequestSchema.safeParse({ votes: [...votes, { assignment: "assignment-x", choice: "A" }] }).success,
    ).toBe(false);
    expect(votesRequestSchema.safeParse({ votes: [votes[0], votes[0]] }).success).toBe(false);
  });
});

describe("contentHash", () => {
  it("does not depend on the order of files, only on names and contents", () => {
    const a = [page("a", "1"), page("b", "2")];
    expect(contentHash(a)).toBe(contentHash([...a].reverse()));
    expect(contentHash(a)).not.toBe(contentHash([page("a", "2"), page("b", "1")]));
    expect(contentHash([page("a", "b")])).not.toBe(contentHash([page("ab", "")]));
  });
});
