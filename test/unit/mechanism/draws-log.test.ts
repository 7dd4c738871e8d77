import { describe, expect, it } from "vitest";
import { bytes32, readLoggedDraw } from "../../../src/mechanism/draws-log.ts";

const HEX = `0x${"0123456789abcdef".repeat(4)}`;
const RULES = {
  ...{ trapShare: 0.2, syntheticShare: 0, damageShare: 1, votersPerTask: null },
  ...{ firstKinds: ["trap", "duel", "synthetic"], taskTypes: ["page"] },
};
const MINER = { hotkey: "h", coldkey: "c", roles: ["generator"], taskTypes: ["page"] };
const ROUND = { n: 0, openedAt: "2026-01-01T00:00:00Z", block: 1, firstKindsUsed: 0, eligible: [MINER] };
const INTERVAL = { n: 0, commitment: HEX, seed: HEX, beacon: HEX, draws: RULES, rounds: [ROUND] };

const malformed = (change: object): unknown => {
  const read = readLoggedDraw({ ...INTERVAL, ...change });
  return "malformed" in read ? read.malformed : null;
};
const withRules = (change: object): object => ({ draws: { ...RULES, ...change } });
const withRound = (change: object): object => ({ rounds: [ROUND, { ...ROUND, n: 1, ...change }] });
const withMiner = (change: object): object => withRound({ eligible: [MINER, { ...MINER, ...change }] });

describe("what a log says of its draws", () => {
  it("is read as it stands", () => {
    const seed = bytes32(HEX);
    expect(readLoggedDraw(INTERVAL)).toEqual({
      ...{ n: 0, commitment: seed, seed, beacon: seed },
      ...{ rules: RULES, rounds: [ROUND] },
    });
  });

  it.each<[string, object]>([
    ["no rounds yet", { rounds: [] }],
    ["nobody to draw from", withRound({ eligible: [] })],
    ["a number of voters", withRules({ votersPerTask: 1 })],
    ["even votes and natural traps", withRules({ evenVotes: true, naturalShare: 0.5 })],
    ["no first kinds", withRules({ firstKinds: [] })],
    ["a miner that offers nothing", withMiner({ roles: [], taskTypes: [] })],
  ])("may be %s", (_, change) => {
    expect(malformed(change)).toBeNull();
  });

  it.each<[string, object]>([
    ...[-1, 0.5, "0", null].map((n): [string, object] => ["n", { n }]),
    ...["commitment", "seed", "beacon"].flatMap((field) =>
      ["0x12", HEX.slice(2), `${HEX}0`, HEX.replace("f", "g"), 5, null].map((value): [string, object] => [
        field,
        { [field]: value },
      ]),
    ),
    ...[
      ...[null, [], "rules", undefined].map((draws) => ({ draws })),
      ...["trapShare", "syntheticShare", "damageShare", "naturalShare"].flatMap((share) =>
        [-0.1, 1.1, "0.5", null, Number.NaN].map((value) => withRules({ [share]: value })),
      ),
      withRules({ trapShare: undefined }),
      ...[0, -1, 1.5, "3", undefined].map((votersPerTask) => withRules({ votersPerTask })),
      withRules({ evenVotes: 1 }),
      ...[["joust"], "trap", [1], undefined].map((firstKinds) => withRules({ firstKinds })),
      ...[[], [1], "page", undefined].map((taskTypes) => withRules({ taskTypes })),
    ].map((change): [string, object] => ["draws", change]),
    ...[
      ...[{}, "x", undefined].map((rounds) => ({ rounds })),
      { rounds: [null] },
      { rounds: [[]] },
      ...[-1, 0.5, "1"].map((n) => withRound({ n })),
      ...[-1, undefined].map((firstKindsUsed) => withRound({ firstKindsUsed })),
      ...[undefined, {}, [null], ["h"]].map((eligible) => withRound({ eligible })),
      ...[1, undefined].flatMap((value) =>
        ["hotkey", "coldkey", "roles", "taskTypes"].map((field) => withMiner({ [field]: value })),
      ),
      withMiner({ roles: [1] }),
      withMiner({ taskTypes: [null] }),
    ].map((change): [string, object] => ["rounds", change]),
  ])("is malformed: %s in %o", (field, change) => {
    expect(malformed(change)).toBe(field);
  });
});

describe("bytes32", () => {
  it("reads hexadecimal digits of either case", () => {
    const wanted = Uint8Array.from([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
    expect(bytes32(HEX)?.subarray(8, 16)).toEqual(wanted);
    expect(bytes32(HEX.toUpperCase().replace("X", "x"))).toEqual(bytes32(HEX));
  });
});
