import { describe, expect, it } from "vitest";
import { parseCsv } from "../../../src/arena/csv.ts";
import { buildRegistry, parseRegistryCsv, parseRegistryJson } from "../../../src/arena/registry.ts";
import { ColosseumError } from "../../../src/base/errors.ts";

describe("parseCsv", () => {
  it.each([
    [
      "plain rows",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "CRLF, a mark and blank lines",
      "\ufeffa,b\r\n\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "quotes, commas and line ends in them",
      'a,b\n"x, ""y""","1\n2"',
      [
        ["a", "b"],
        ['x, "y"', "1\n2"],
      ],
    ],
    [
      "tabs and semicolons",
      "a;b\n1;2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "empty fields",
      "a,b\n,",
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    ["nothing", "", []],
  ])("reads %s", (_, text, rows) => expect(parseCsv(text).map(({ fields }) => fields)).toEqual(rows));

  it("says on which line a row begins, quoted line ends included", () => {
    expect(parseCsv('a\n"1\n2"\n3').map(({ line }) => line)).toEqual([1, 2, 4]);
  });
});

describe("a registry", () => {
  const shape = (rows: ReturnType<typeof parseRegistryCsv>) =>
    buildRegistry(rows).agents.map(({ uid, userIds, handle, hotkey }) => ({ uid, userIds, handle, hotkey }));

  it.each([
    ["CSV with more columns", () => parseRegistryCsv("tweets,uid,user_id\n5,7,a\n6,0,b\n")],
    [
      "a JSON array",
      () =>
        parseRegistryJson([
          { user_id: "a", uid: 7 },
          { UserID: "b", UID: "0" },
        ]),
    ],
    [
      "a JSON object of agents",
      () =>
        parseRegistryJson({
          agents: [
            { userId: "a", uid: 7 },
            { userId: "b", uid: 0 },
          ],
        }),
    ],
    ["a JSON map", () => parseRegistryJson({ a: "7", b: 0 })],
  ])("is read from %s, in order of uid", (_, rows) => {
    expect(shape(rows())).toEqual([
      { uid: 0, userIds: ["b"], handle: null, hotkey: null },
      { uid: 7, userIds: ["a"], handle: null, hotkey: null },
    ]);
  });

  it("lets several accounts feed one uid and keeps handle and hotkey", () => {
    expect(shape(parseRegistryCsv("user_id,uid,handle,hotkey\na,1,@anna,5G\nb,1,,\n"))).toEqual([
      { uid: 1, userIds: ["a", "b"], handle: "anna", hotkey: "5G" },
    ]);
  });

  it("moves an account to the later uid and reports it", () => {
    const registry = buildRegistry(parseRegistryCsv("user_id,uid\na,1\na,2\nb,1\n"));
    expect(registry.conflicts).toEqual(["a"]);
    expect(registry.agents.map(({ uid, userIds }) => [uid, userIds])).toEqual([
      [1, ["b"]],
      [2, ["a"]],
    ]);
  });

  it.each([
    ["no columns", () => parseRegistryCsv("a,b\n1,2")],
    ["no text at all", () => parseRegistryCsv("")],
    ["a uid above u16", () => parseRegistryCsv("user_id,uid\na,65536")],
    ["a negative uid", () => parseRegistryCsv("user_id,uid\na,-1")],
    ["an empty account", () => parseRegistryCsv("user_id,uid\n,1")],
    ["a numeric account id, which JSON may have rounded", () => parseRegistryJson([{ user_id: 5, uid: 1 }])],
    ["a number", () => parseRegistryJson(7)],
    ["null in the list", () => parseRegistryJson([null])],
  ])("with %s is refused with a place", (_, read) => {
    expect(read).toThrow(ColosseumError);
    expect(read).toThrow(expect.objectContaining({ code: "arena.bad-registry", exitCode: 12 }));
  });
});
