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
    ["a header alone, without a line end", "a,b", [["a", "b"]]],
    [
      "a comma in a header with semicolons",
      "a;b,c\n1;2,3",
      [
        ["a;b", "c"],
        ["1;2", "3"],
      ],
    ],
    [
      "tabs",
      "a\tb\n1\t2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a quote inside a field",
      'a"b,c\n1,2',
      [
        ['a"b', "c"],
        ["1", "2"],
      ],
    ],
    ["a quote that never closes", 'a,b\n"1,2\n3', [["a", "b"], ["1,2\n3"]]],
    [
      "an empty quoted field",
      'a,b\n"",2',
      [
        ["a", "b"],
        ["", "2"],
      ],
    ],
    [
      "a carriage return inside a line",
      "a,b\n1\r2,3",
      [
        ["a", "b"],
        ["1\r2", "3"],
      ],
    ],
    ["carriage returns inside quotes", 'a\n"1\r\n2"\r\n', [["a"], ["1\r\n2"]]],
    ["one column", "a\n1\n\n2", [["a"], ["1"], ["2"]]],
    [
      "a last field that is empty",
      "a,b\n1,",
      [
        ["a", "b"],
        ["1", ""],
      ],
    ],
  ])("reads %s", (_, text, rows) => expect(parseCsv(text).map(({ fields }) => fields)).toEqual(rows));

  it("says on which line a row begins, quoted line ends included", () => {
    expect(parseCsv('a\n"1\n2"\n3').map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(parseCsv("a\n\n1\r\n\r\n2").map(({ line }) => line)).toEqual([1, 3, 5]);
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

  it("has slots from 0 to 65535, with blanks around everything", () => {
    const rows = parseRegistryCsv(" User ID , UID ,Handle\n a , 65535 , @anna \nb,00000,\n");
    expect(shape(rows)).toEqual([
      { uid: 0, userIds: ["b"], handle: null, hotkey: null },
      { uid: 65_535, userIds: ["a"], handle: "anna", hotkey: null },
    ]);
  });

  it("takes the first of two columns that mean the same, and the last name that a slot was given", () => {
    expect(shape(parseRegistryCsv("user_id,author_id,uid\na,z,1\n"))[0]?.userIds).toEqual(["a"]);
    expect(shape(parseRegistryJson([{ user_id: "a", userId: "z", uid: 1 }]))[0]?.userIds).toEqual(["a"]);
    expect(shape(parseRegistryCsv("user_id,uid,handle\na,1,old\nb,1,new\nc,1,\n"))[0]?.handle).toBe("new");
  });

  it("keeps what it knew of an account where a later line says less", () => {
    expect(shape(parseRegistryCsv("user_id,uid,handle,hotkey\na,1,anna,5G\na,1,,\n"))).toEqual([
      { uid: 1, userIds: ["a"], handle: "anna", hotkey: "5G" },
    ]);
    expect(buildRegistry(parseRegistryCsv("user_id,uid\na,1\na,1\n")).conflicts).toEqual([]);
  });

  it("finds each account's agent", () => {
    const { agents, byUserId } = buildRegistry(parseRegistryJson({ a: 5, b: 2, c: 5 }));
    expect([...byUserId].map(([userId, place]) => [userId, agents[place]?.uid]).sort()).toEqual([
      ["a", 5],
      ["b", 2],
      ["c", 5],
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
    ["six digits", () => parseRegistryCsv("user_id,uid\na,000001")],
    ["half a uid", () => parseRegistryJson([{ user_id: "a", uid: 0.5 }])],
    ["a truth value for a uid", () => parseRegistryJson({ a: true })],
    ["blanks for an account", () => parseRegistryJson([{ user_id: " ", uid: 1 }])],
    ["only accounts", () => parseRegistryCsv("user_id\na")],
    ["only slots", () => parseRegistryCsv("uid\n1")],
    ["a list in the list", () => parseRegistryJson([["a", 1]])],
    ["a number", () => parseRegistryJson(7)],
    ["null in the list", () => parseRegistryJson([null])],
  ])("with %s is refused with a place", (_, read) => {
    expect(read).toThrow(ColosseumError);
    expect(read).toThrow(expect.objectContaining({ code: "arena.bad-registry", exitCode: 12 }));
  });

  it.each([
    ["line 3", () => parseRegistryCsv("user_id,uid\na,1\nb,x")],
    ["[1]", () => parseRegistryJson([{ user_id: "a", uid: 1 }, {}])],
    ['["b"]', () => parseRegistryJson({ a: 1, b: -1 })],
  ])("says that it is wrong at %s", (where, read) => {
    expect(read).toThrow(expect.objectContaining({ details: { where } }));
  });
});
