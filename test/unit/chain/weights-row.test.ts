import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toUid, type Uid } from "../../../src/base/ids.ts";
import { decodeSs58 } from "../../../src/base/ss58.ts";
import { roundHalfEven, U16_MAX, weightRow } from "../../../src/base/weight-row.ts";
import { weightsCommitHash } from "../../../src/chain/commit-hash.ts";
import { clipToMaxWeight, conformRow, sameRow } from "../../../src/chain/weights-row.ts";

interface Outcome {
  ok?: unknown;
  error?: string;
}
interface Case {
  name: string;
  uids: number[];
  weights: (number | string)[];
  num_neurons: number;
  min_allowed_weights: number;
  max_weight_limit: number;
  v11: Record<string, Outcome>;
}
/** Made by bittensor 11.3.0 (`v11`) and 10.5.0 (the rest, which is another rounding and not ours). */
const vectors = JSON.parse(readFileSync(new URL("../../vectors/weights.json", import.meta.url), "utf8"));
const cases: Case[] = vectors.cases;
const mapOf = (entry: Case): Map<Uid, number> =>
  new Map(entry.uids.map((uid, index) => [toUid(uid), Number(entry.weights[index])]));
const sorted = ([uids, values]: [number[], number[]]): [number, number][] =>
  uids.map((uid, index): [number, number] => [uid, values[index] ?? 0]).sort(([a], [b]) => a - b);
const pairs = (row: { uids: readonly number[]; values: readonly number[] }): [number, number][] =>
  row.uids.map((uid, index) => [uid, row.values[index] ?? 0]);

describe("weightRow against bittensor 11.3.0", () => {
  it.each(cases.map((entry) => [entry.name, entry] as const))("normalize: %s", (_, entry) => {
    const expected = entry.v11["normalize"];
    if (expected?.error !== undefined) {
      expect(() => weightRow(mapOf(entry))).toThrow(expect.objectContaining({ code: "weights.invalid" }));
      return;
    }
    expect(pairs(weightRow(mapOf(entry)))).toEqual(sorted(expected?.ok as [number[], number[]]));
  });
});

describe("clipToMaxWeight against bittensor 11.3.0", () => {
  const usable = cases.filter(
    ({ weights, v11 }) => weights.every((w) => typeof w === "number" && w >= 0) && v11["clip_to_max_weight"]?.ok,
  );
  it.each(usable.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const clipped = clipToMaxWeight(entry.weights.map(Number), entry.max_weight_limit);
    const outcome = (entry.v11["clip_to_max_weight"]?.ok ?? []) as number[];
    expect(outcome).toHaveLength(clipped.length);
    outcome.forEach((expected, index) => {
      expect(clipped[index]).toBeCloseTo(expected, 12);
    });
  });
});

describe("conformRow against bittensor 11.3.0", () => {
  it.each(
    cases.flatMap((entry) =>
      (["conform(uid=9999)", "conform_self(uid=uids[0])"] as const).map((key) => [entry.name, key, entry] as const),
    ),
  )("%s, %s", (_, key, entry) => {
    const expected = entry.v11[key] ?? {};
    const rules = {
      selfUid: toUid(key.startsWith("conform_self") ? (entry.uids[0] ?? 0) : 9_999),
      n: entry.num_neurons,
      minAllowedWeights: entry.min_allowed_weights,
      maxWeightsLimit: roundHalfEven(entry.max_weight_limit * U16_MAX),
    };
    if (/finite/.test(expected.error ?? "")) {
      expect(() => conformRow(mapOf(entry), rules)).toThrow(expect.objectContaining({ code: "weights.invalid" }));
    } else if (/zero/.test(expected.error ?? "") && !/requires at least/.test(expected.error ?? "")) {
      expect(() => conformRow(mapOf(entry), rules)).toThrow(expect.objectContaining({ code: "weights.nobody-scored" }));
    } else if (expected.error !== undefined) {
      // v11 refuses rows that are too short; the chain counts zeros, so ours are filled up to its own clamp.
      const row = conformRow(mapOf(entry), rules);
      expect(row.uids.length).toBe(Math.min(rules.minAllowedWeights, rules.n));
      expect(pairs(row).filter(([, value]) => value > 0)).toEqual(
        sorted(entry.v11["normalize"]?.ok as [number[], number[]]),
      );
    } else {
      expect(pairs(conformRow(mapOf(entry), rules))).toEqual(sorted(expected.ok as [number[], number[]]));
    }
  });

  it("adds zero entries of the lowest uids first, and only as many as the chain counts", () => {
    const rules = { selfUid: toUid(0), n: 8, minAllowedWeights: 4, maxWeightsLimit: U16_MAX };
    const row = conformRow(
      new Map([
        [toUid(1), 1],
        [toUid(6), 2],
      ]),
      rules,
    );
    expect(pairs(row)).toEqual([
      [0, 0],
      [1, 32_768],
      [2, 0],
      [6, U16_MAX],
    ]);
  });

  it("never adds anything to a single weight to oneself", () => {
    const rules = { selfUid: toUid(3), n: 8, minAllowedWeights: 4, maxWeightsLimit: 100 };
    expect(pairs(conformRow(new Map([[toUid(3), 0.1]]), rules))).toEqual([[3, U16_MAX]]);
  });

  it("gives ascending uids, a largest value of 65535 and at least the wanted number of entries", () => {
    const row = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 63 }), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
      {
        selector: ([uid]) => uid,
        minLength: 2,
      },
    );
    fc.assert(
      fc.property(row, fc.integer({ min: 0, max: 80 }), (entries, minAllowedWeights) => {
        const made = conformRow(new Map(entries.map(([uid, weight]) => [toUid(uid), weight])), {
          selfUid: toUid(99),
          n: 64,
          minAllowedWeights,
          maxWeightsLimit: U16_MAX,
        });
        expect(made.uids).toEqual([...new Set(made.uids)].sort((a, b) => a - b));
        expect(Math.max(...made.values)).toBe(U16_MAX);
        expect(made.uids.length).toBeGreaterThanOrEqual(Math.min(64, minAllowedWeights));
      }),
    );
  });
});

describe("sameRow", () => {
  const sent = { uids: [toUid(0), toUid(2)], values: [0, U16_MAX] };
  it.each([
    [
      "zeros on the chain are ignored",
      new Map([
        [2, U16_MAX],
        [5, 0],
      ]),
      true,
    ],
    ["a missing value is seen", new Map<number, number>(), false],
    ["another value is seen", new Map([[2, 1]]), false],
    [
      "an additional value is seen",
      new Map([
        [2, U16_MAX],
        [3, 1],
      ]),
      false,
    ],
  ])("%s", (_, stored, same) => {
    expect(sameRow(sent, stored)).toBe(same);
  });
});

describe("weightsCommitHash", () => {
  interface HashCase {
    address: string;
    netuid_index: number;
    uids: number[];
    values: number[];
    version_key: number;
    salt: number[];
    hash: { ok: string };
  }
  it.each((vectors.weight_commit_hash as HashCase[]).map((entry) => [entry.netuid_index, entry] as const))(
    "equals bittensor 10.5.0's (index %i)",
    (index, entry) => {
      const row = { uids: entry.uids.map(toUid), values: entry.values };
      const key = decodeSs58(entry.address) ?? new Uint8Array();
      expect(weightsCommitHash(key, index, row, entry.salt, BigInt(entry.version_key))).toBe(entry.hash.ok);
    },
  );
});
