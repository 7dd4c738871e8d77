import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { below } from "../../../src/base/random.ts";
import { type DrawRules, drawRound, type Eligible, type RoundDraw } from "../../../src/mechanism/draws.ts";
import { drawKey, hashed, SeedChain, seedAnchor, seedAt, seedCommitment } from "../../../src/mechanism/draws-seeds.ts";
import { Draws } from "../../../src/mechanism/draws-stream.ts";

const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const RULES: DrawRules = {
  trapShare: 0.2,
  syntheticShare: 0.2,
  damageShare: 0.5,
  votersPerTask: null,
  firstKinds: [],
  taskTypes: ["page"],
};
const miner = (name: string, coldkey = `cold-${name}`): Eligible => ({
  hotkey: `hot-${name}`,
  coldkey,
  roles: ["generator", "discriminator"],
  taskTypes: ["page"],
});
const miners = (count: number): Eligible[] => Array.from({ length: count }, (_, i) => miner(String(i)));
const draw = (eligible: readonly Eligible[], rules: Partial<DrawRules> = {}, key = 1, used = 0): RoundDraw =>
  drawRound(new Draws(bytes(key)), 0, eligible, { ...RULES, ...rules }, used);

describe("the chain of seeds", () => {
  it("reveals every earlier seed by hashing, and ends in the anchor", () => {
    const last = bytes(9);
    for (const n of [0, 1, 6]) expect(sha256(seedAt(last, 8, n + 1))).toEqual(seedAt(last, 8, n));
    expect(seedAt(last, 8, 7)).toEqual(last);
    expect(hashed(seedAt(last, 8, 3), 4)).toEqual(seedAnchor(last, 8));
    expect(seedCommitment(seedAt(last, 8, 3))).toEqual(seedAt(last, 8, 2));
  });

  it("is the same chain when it is walked once and kept", () => {
    const chain = new SeedChain(bytes(3), 1_000);
    for (const n of [0, 1, 255, 256, 257, 743, 744, 998, 999]) expect(chain.at(n)).toEqual(seedAt(bytes(3), 1_000, n));
    expect(chain.anchor()).toEqual(seedAnchor(bytes(3), 1_000));
    expect(() => chain.at(1_000)).toThrow(RangeError);
  });

  it.each([
    ["a negative interval", bytes(1), -1],
    ["an interval past the end", bytes(1), 8],
    ["a short seed", new Uint8Array(31), 0],
  ])("refuses %s", (_, last, n) => {
    expect(() => seedAt(last, 8, n)).toThrow(RangeError);
  });

  it("draws by seed and beacon together", () => {
    const key = drawKey(bytes(1), bytes(2));
    expect(key).not.toEqual(drawKey(bytes(1), bytes(3)));
    expect(key).not.toEqual(drawKey(bytes(2), bytes(1)));
  });
});

describe("Draws", () => {
  it("keeps its streams from version to version, since published logs are recomputed with them", () => {
    const stream = new Draws(drawKey(bytes(1), bytes(2))).stream("0/0/kind");
    expect(Array.from({ length: 10 }, () => stream.uint32())).toMatchInlineSnapshot(`
      [
        2153547355,
        2469000339,
        3216549084,
        3820691979,
        1380903857,
        2031404285,
        2878638346,
        1475396581,
        2926052355,
        2725637164,
      ]
    `);
  });

  it("refuses a key of another length", () => {
    for (const length of [0, 31, 33]) expect(() => new Draws(new Uint8Array(length))).toThrow(RangeError);
  });

  it("gives each label a stream of its own", () => {
    const draws = new Draws(bytes(1));
    expect(draws.stream("a").uint32()).not.toBe(draws.stream("b").uint32());
    expect(draws.stream("a").uint32()).toBe(draws.stream("a").uint32());
  });

  it("fills bounds evenly", () => {
    const stream = new Draws(bytes(4)).stream("even");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14_000; i++) {
      const slot = below(stream, 7);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it("keeps the order of the others when one is left out", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const draws = new Draws(bytes(5));
    const all = draws.ordered("order", names, (name) => name);
    for (const out of names) {
      const rest = names.filter((name) => name !== out);
      expect(draws.ordered("order", rest, (name) => name)).toEqual(all.filter((name) => name !== out));
    }
  });
});

describe("drawRound", () => {
  const owners = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 24 });
  const coldkeyOf = (owned: readonly Eligible[], hotkey: string): string =>
    owned.find((one) => one.hotkey === hotkey)?.coldkey ?? "";

  it("gives every generator exactly one task and lets no coldkey meet itself across roles", () => {
    fc.assert(
      fc.property(
        owners,
        fc.integer({ min: 0, max: 255 }),
        fc.option(fc.integer({ min: 1, max: 5 })),
        (of, key, most) => {
          const eligible = of.map((owner, i) => miner(String(i), `cold-${owner}`));
          const { tasks } = draw(eligible, { votersPerTask: most }, key);
          const generators = tasks.flatMap((task) => task.generators.map(({ hotkey }) => hotkey));
          expect([...generators].sort()).toEqual(eligible.map(({ hotkey }) => hotkey).sort());
          for (const task of tasks) {
            expect(task.generators.length).toBe(task.kind === "synthetic" ? 1 : 2);
            const out = [...task.generators.map(({ hotkey }) => hotkey), ...(task.decoy === null ? [] : [task.decoy])];
            const cold = new Set(out.map((hotkey) => coldkeyOf(eligible, hotkey)));
            expect(cold.size).toBe(out.length);
            for (const { hotkey } of task.voters) expect(cold.has(coldkeyOf(eligible, hotkey))).toBe(false);
            if (most !== null) expect(task.voters.length).toBeLessThanOrEqual(most);
            if (task.kind === "trap") expect(out).toContain(task.negative);
            else expect([task.negative, task.method]).toEqual([null, null]);
            if (task.kind !== "synthetic") expect(task.voters.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("keeps two miners out of every vote, so that a count of invitations tells no kind", () => {
    for (const key of [1, 2, 3, 4, 5]) {
      for (const task of draw(miners(9), {}, key).tasks) expect(task.voters.length).toBe(7);
    }
  });

  it("does not depend on the order in which miners are listed", () => {
    expect(draw(miners(11).reverse())).toEqual(draw(miners(11)));
  });

  it("gives an odd last miner a synthetic task", () => {
    const { tasks } = draw(miners(7), { trapShare: 1 });
    expect(tasks.map(({ kind }) => kind)).toEqual(["trap", "trap", "trap", "synthetic"]);
  });

  it("draws kinds with the shares of the rules", () => {
    const counts = { trap: 0, synthetic: 0, duel: 0 };
    // Few vote, since each voter of each task costs a hash.
    const crowd = miners(61).map((one, place): Eligible => (place < 6 ? one : { ...one, roles: ["generator"] }));
    for (let key = 0; key < 40; key++) {
      for (const { kind } of draw(crowd, {}, key).tasks.slice(0, 25)) counts[kind]++;
    }
    // 1000 draws of 0.2, 0.8 · 0.2 and 0.64; five standard deviations.
    expect(Math.abs(counts.trap - 200)).toBeLessThan(64);
    expect(Math.abs(counts.synthetic - 160)).toBeLessThan(58);
    expect(Math.abs(counts.duel - 640)).toBeLessThan(76);
  });

  it("begins with the kinds that are asked for, over several rounds where one is too small", () => {
    const firstKinds = ["synthetic", "duel", "trap"] as const;
    expect(
      draw(miners(8), { firstKinds })
        .tasks.slice(0, 3)
        .map(({ kind }) => kind),
    ).toEqual(firstKinds);
    const small = draw(miners(4), { firstKinds });
    expect(small.tasks.map(({ kind }) => kind)).toEqual(["synthetic", "duel", "synthetic"]);
    expect(small.firstKindsUsed).toBe(2);
    expect(draw(miners(4), { firstKinds }, 1, small.firstKindsUsed).tasks[0]?.kind).toBe("trap");
  });

  it.each([
    [1, [0]],
    [2, [1, 1]],
  ])("gives %i miners synthetic tasks only, since a pair would leave nobody to vote", (count, voters) => {
    const { tasks } = draw(miners(count), { trapShare: 1 });
    expect(tasks.map((task) => task.kind)).toEqual(voters.map(() => "synthetic"));
    expect(tasks.map((task) => task.voters.length)).toEqual(voters);
  });

  it("asks nobody for what it did not offer", () => {
    const voter: Eligible = { ...miner("v"), roles: ["discriminator"] };
    const maker: Eligible = { ...miner("g"), roles: ["generator"] };
    const writer: Eligible = { ...miner("t"), taskTypes: ["text"] };
    const { tasks } = draw([...miners(4), voter, maker, writer], { taskTypes: ["page", "text"] });
    const generators = tasks.flatMap((task) => task.generators.map(({ hotkey }) => hotkey));
    expect(generators).not.toContain("hot-v");
    expect(tasks.flatMap((task) => task.voters.map(({ hotkey }) => hotkey))).not.toContain("hot-g");
    expect(tasks.find((task) => task.taskType === "text")?.generators.map(({ hotkey }) => hotkey)).toEqual(["hot-t"]);
    for (const task of tasks.filter(({ taskType }) => taskType === "page")) {
      expect(task.voters.map(({ hotkey }) => hotkey)).not.toContain("hot-t");
    }
  });

  it("gives every hotkey of every task an id of its own, and shows either side first equally often", () => {
    const { tasks } = draw(miners(101));
    const ids = tasks.flatMap((task) => [...task.generators, ...task.voters].map(({ assignment }) => assignment));
    expect(new Set(ids).size).toBe(ids.length);
    const sides = tasks.flatMap((task) => task.voters.map(({ firstIsA }) => firstIsA));
    const share = sides.filter(Boolean).length / sides.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(2.5 / Math.sqrt(sides.length));
  });

  it("stays the same from version to version, since published logs are recomputed with it", () => {
    // Owners of several hotkeys, half-hearted miners, every rule on and off. Whoever means to change a draw names a new rule.
    const eligible: Eligible[] = Array.from({ length: 13 }, (_, i) => ({
      ...miner(String(i), `cold-${i < 3 ? 0 : i}`),
      roles: i === 4 ? ["discriminator"] : i === 5 ? ["generator"] : ["generator", "discriminator"],
      taskTypes: i === 6 ? ["text"] : i % 2 === 0 ? ["page", "text"] : ["page"],
    }));
    const variants: Partial<DrawRules>[] = [
      {},
      { taskTypes: ["text", "page"], trapShare: 0.5, naturalShare: 0.4 },
      { evenVotes: true },
      { evenVotes: true, trapShare: 0, syntheticShare: 0.9 },
      { votersPerTask: 3, evenVotes: true },
      { votersPerTask: 1, firstKinds: ["duel", "trap", "synthetic"] },
    ];
    const rounds = variants.map((rules) =>
      Array.from({ length: 10 }, (_, key) =>
        drawRound(new Draws(bytes(key)), key % 3, eligible, { ...RULES, ...rules }, 0),
      ),
    );
    expect(rounds[5]?.[0]?.tasks[0]).toMatchInlineSnapshot(`
      {
        "decoy": null,
        "generators": [
          {
            "assignment": "a074c4c2c17591de6decb7799f900b90",
            "hotkey": "hot-11",
          },
          {
            "assignment": "10bef53da3a9493451c9dfe7bd88d95d",
            "hotkey": "hot-12",
          },
        ],
        "index": 0,
        "kind": "duel",
        "method": null,
        "negative": null,
        "taskType": "page",
        "voters": [
          {
            "assignment": "8a8597a246d87e8eebabe01d1ae8a883",
            "firstIsA": false,
            "hotkey": "hot-8",
          },
        ],
      }
    `);
    expect(bytesToHex(sha256(utf8ToBytes(JSON.stringify(rounds))))).toBe(
      "3d474feff4cf417b228ce845bdc67d9afa926ac83b3474563b7db9169e464ebe",
    );
  });
});
