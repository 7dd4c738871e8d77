import { describe, expect, it } from "vitest";
import type { Metagraph, Neuron } from "../../../src/chain/metagraph.ts";
import { drawStanding, standingIn } from "../../../src/cli/commands/miner/chain-standing.ts";
import { type StandingEvent, watchStanding } from "../../../src/cli/commands/miner/watch-standing.ts";

type Own = Partial<Omit<Neuron, "uid">> & { readonly uid: number };

const neuron = (uid: number, fields: Partial<Own> = {}): Neuron =>
  ({
    uid,
    hotkey: `hotkey-${uid}`,
    emissionRao: BigInt(uid) * 1_000n,
    incentive: 0,
    registeredAtBlock: 100 + uid,
    immunityBlocksLeft: 0,
    pruneRank: uid + 1,
    ...fields,
  }) as unknown as Neuron;

/** A full subnet of ten whose lower uids earn less. */
const graph = (own: Own, fields: Partial<Metagraph> = {}): Metagraph =>
  ({
    netuid: 1,
    block: 1_000,
    n: 10,
    maxUids: 10,
    tempo: 100,
    immunityPeriod: 4_000,
    burnRao: 2_000_000_000n,
    nextPruned: 0,
    neurons: Array.from({ length: 10 }, (_, uid) => (uid === own.uid ? neuron(uid, own) : neuron(uid))),
    ...fields,
  }) as unknown as Metagraph;
const standing = (own: Own, fields: Partial<Metagraph> = {}) =>
  standingIn(graph(own, fields), `hotkey-${own.uid}`, 12_000);

describe("a miner's standing", () => {
  it("says who is replaced next and how far one is from it", () => {
    expect(standing({ uid: 7 })).toMatchObject({
      replacedBefore: 7,
      nextReplaced: { uid: 0, hotkey: "hotkey-0", emissionAlpha: "0.000000000" },
      marginAlpha: "0.000007000",
      slotsFree: 0,
      registrationCostTao: "2.000000000",
      warning: null,
    });
    expect(drawStanding(standing({ uid: 7 })).join("\n")).toMatch(
      /Next to be replaced is uid 0 .*Now 7 others would be/,
    );
    expect(drawStanding(standing({ uid: 0 })).join("\n")).toMatch(/It is itself the next to be replaced\.$/m);
    const level = drawStanding(standing({ uid: 1, emissionRao: 0n, immunityBlocksLeft: 5_000 })).join("\n");
    expect(level).toContain("as much as this one's. Were its immunity over, 1 other would be replaced before it.");
    expect(standing({ uid: 0, immunityBlocksLeft: 10 }).warning?.message).toContain("and then it would be the first");
  });

  it.each([
    ["is safe in the middle", { uid: 5 }, {}, undefined],
    ["warns the last three without immunity", { uid: 2 }, {}, "miner.replaceable"],
    ["does not warn the fourth", { uid: 3 }, {}, undefined],
    ["does not warn while slots are free", { uid: 0 }, { maxUids: 11 }, undefined],
    ["does not warn who is never replaced", { uid: 0, pruneRank: null }, {}, undefined],
    ["leaves the immune alone while there is time", { uid: 1, immunityBlocksLeft: 1_001 }, {}, undefined],
    ["warns a quarter before immunity ends", { uid: 1, immunityBlocksLeft: 1_000 }, {}, "miner.immunity-ends"],
    ["warns at least two epochs ahead", { uid: 1, immunityBlocksLeft: 1_900 }, { tempo: 950 }, "miner.immunity-ends"],
    ["does not warn the immune who earn enough", { uid: 6, immunityBlocksLeft: 10 }, {}, undefined],
  ])("%s", (_, own, fields, code) => {
    expect(standing(own, fields).warning?.code).toBe(code);
  });

  it("says that a hotkey has no slot, and what one costs", () => {
    const gone = standingIn(graph({ uid: 1 }), "hotkey-x", 12_000);
    expect(gone).toMatchObject({ uid: null, warning: { code: "miner.not-registered" } });
    expect(drawStanding(gone)).toEqual(["Not registered in subnet 1. A slot costs 2 τ now."]);
  });

  it("tells each warning once, at its beginning and at its end, and bears a chain that is away", async () => {
    const found = [
      standing({ uid: 5 }),
      standing({ uid: 2 }),
      standing({ uid: 2 }),
      undefined,
      standing({ uid: 1, immunityBlocksLeft: 10 }),
      standing({ uid: 8 }),
    ];
    const events: StandingEvent[] = [];
    const stop = new AbortController();
    const clock = { wait: async () => (found.length === 0 ? stop.abort() : undefined) };
    const fetch = async () => found.shift() ?? Promise.reject(new Error("away"));
    await watchStanding(fetch, (event) => events.push(event), clock, stop.signal);
    expect(events.map(({ type, code }) => `${type} ${code}`)).toEqual([
      "standing-warning miner.replaceable",
      "standing-clear miner.replaceable",
      "standing-warning miner.immunity-ends",
      "standing-clear miner.immunity-ends",
    ]);
  });
});
