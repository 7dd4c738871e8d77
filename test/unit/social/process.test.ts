import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formulaNamed } from "../../../src/arena/formula.ts";
import { ColosseumError, ExitCode } from "../../../src/base/errors.ts";
import type { MechanismFact } from "../../../src/base/ports.ts";
import { boardOf } from "../../../src/social/board.ts";
import type { ArenaChain, Member } from "../../../src/social/chain-ports.ts";
import { arenaProcess } from "../../../src/social/process.ts";
import { registryOf, scoreStore } from "../../../src/social/scoring.ts";
import { DEFAULT_VERIFY_RULES } from "../../../src/social/verify.ts";
import { ArenaWorld, NOW, NOW_MS, SCOPE } from "./arena-world.ts";

const HOUR_MS = 3_600_000;
const colosseum = formulaNamed("colosseum");

let world: ArenaWorld;
/** What the chain is, and what it was sent. */
let chain: { members: Member[]; waitMs: number; sent: Map<string, number>[]; fail: ColosseumError[] };
beforeEach(async () => {
  world = await ArenaWorld.open();
  const { signer, other } = world;
  chain = {
    members: [
      { uid: 5, hotkey: signer.address, postId: "100" },
      { uid: 6, hotkey: other.address, postId: undefined },
    ],
    waitMs: 0,
    sent: [],
    fail: [],
  };
});
afterEach(() => world[Symbol.asyncDispose]());

/** Lets the process take some turns; → the codes that it reported, turn by turn. */
async function turns(count: number, between: (turn: number) => void = () => undefined): Promise<string[][]> {
  const { store, source, clock } = world;
  const stop = new AbortController();
  const told: string[][] = [[]];
  const port: ArenaChain = {
    members: async () => {
      const error = chain.fail.shift();
      if (error !== undefined) throw error;
      return chain.members;
    },
    waitMs: async () => chain.waitMs,
    reveal: async () => ({ block: undefined, expired: 0, againInMs: undefined }),
    send: async (scores) => {
      chain.sent.push(new Map(scores));
      return { mode: "plain", block: 7, extrinsic: "0x", agents: scores.size, verified: true };
    },
  };
  let done = 0;
  // Only the turns' own waits pass time; the strand that opens commits sleeps until the end.
  const waiting = {
    nowMs: () => clock.nowMs(),
    nowNs: () => clock.nowNs(),
    wait: async (ms: number, signal?: AbortSignal) => {
      if (ms === 60_000) {
        await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
        return;
      }
      await clock.wait(ms);
      done++;
      if (done >= count) stop.abort();
      else {
        between(done);
        told.push([]);
      }
    },
  };
  const process = arenaProcess(
    { store, scope: SCOPE, chain: port, source, clock: waiting },
    {
      mechid: 1,
      formula: colosseum,
      settings: [],
      windowSeconds: 7 * 86_400,
      everyMs: HOUR_MS,
      verify: DEFAULT_VERIFY_RULES,
    },
  );
  await process.run(stop.signal, ({ code }: MechanismFact) => void told.at(-1)?.push(code));
  return told;
}

const engaged = (id: string, fields: object = {}) =>
  world.x.post({
    id,
    authorId: "7",
    createdAt: new Date(NOW_MS - HOUR_MS).toISOString(),
    views: 500,
    likes: 20,
    replies: 5,
    ...fields,
  });

describe("arenaProcess", () => {
  it("takes an announced proof in, reads, scores, and sends the hotkey's score", async () => {
    world.posts(world.text());
    engaged("200");
    expect(await turns(1)).toEqual([["arena.account-verified", "arena.posts-read", "arena.weights-set"]]);
    expect([...(chain.sent[0] ?? [])]).toEqual([[world.signer.address, 1]]);
  });

  it("says what is wrong with a proof once an hour, and takes it in once it is right", async () => {
    world.posts("gm");
    const facts = await turns(3, (turn) => {
      if (turn === 2) world.x.posts.splice(0, 1, { ...world.posts(world.text()), id: "100" });
    });
    expect(facts[0]).toEqual(["arena.proof-rejected", "arena.posts-read", "arena.nobody-scored"]);
    expect(facts[2]?.[0]).toBe("arena.account-verified");
  });

  it("lets nobody stop the arena by announcing a number that the source chokes on", async () => {
    world.posts(world.text());
    engaged("200");
    chain.members = [{ uid: 6, hotkey: world.other.address, postId: "9".repeat(20) }, ...chain.members.slice(0, 1)];
    world.x.faults.push({ status: 400 });
    const facts = await turns(2);
    expect(facts[0]).toEqual([
      ...["arena.proof-rejected", "arena.account-verified"],
      ...["arena.posts-read", "arena.weights-set"],
    ]);
  });

  it("frees the account of who leaves, follows who is renamed, and counts followers over time", async () => {
    world.posts(world.text());
    engaged("200");
    const [user] = world.x.users;
    const facts = await turns(3, (turn) => {
      if (user === undefined) return;
      user.followers += 30;
      if (turn === 1) user.username = "NewName";
      if (turn === 2) chain.members = chain.members.slice(1);
    });
    expect(facts[1]).toContain("arena.account-renamed");
    expect(facts[2]?.[0]).toBe("arena.account-freed");
    expect(world.store.accounts.all(SCOPE)).toEqual([]);
    const registry = registryOf([
      { hotkey: "h", uid: 5, userId: "7", handle: "NewName", postId: "1", challengedAt: 0, verifiedAt: 0 },
    ]);
    const options = { registry, windowSeconds: 7 * 86_400, at: Math.floor(world.clock.nowMs() / 1_000) };
    const [agent] = scoreStore(world.store, { formula: colosseum, settings: [], options }).agents;
    // Two looks: before, and after it had won thirty.
    expect(agent?.metrics.followers).toBe(30);
  });

  it("waits as long as the chain's rate limit asks", async () => {
    world.posts(world.text());
    engaged("200");
    chain.waitMs = 90_000;
    const facts = await turns(2, () => {
      chain.waitMs = 0;
    });
    expect(facts.map((codes) => codes.at(-1))).toEqual(["arena.weights-wait", "arena.weights-set"]);
    expect(world.clock.waits).toEqual([91_000, HOUR_MS]);
  });

  it("goes on after the chain or the source was away, each time later, and says it once", async () => {
    world.posts(world.text());
    engaged("200");
    const away = () =>
      new ColosseumError("The chain is away.", { code: "chain.unreachable", exitCode: ExitCode.network });
    chain.fail.push(away(), away());
    const facts = await turns(3);
    expect(facts).toEqual([
      ["chain.unreachable"],
      [],
      ["arena.account-verified", "arena.posts-read", "arena.weights-set"],
    ]);
    expect(world.clock.waits).toEqual([5_000, 10_000, HOUR_MS]);
  });
});

describe("boardOf", () => {
  it("ranks by score, shares ranks, and tells places won since a day ago by the counters known then", () => {
    const { store } = world;
    const at = NOW;
    const post = (id: string, userId: string, likes: number) =>
      ({
        ...{
          id,
          userId,
          username: `n${userId}`,
          text: ["garden", "river", "window", "copper"][Number(id) - 1],
          retweets: 0,
          replies: 0,
        },
        ...{
          likes,
          views: 1_000,
          timestamp: at - 2 * 86_400,
          mentions: undefined,
          replyTo: undefined,
          isRetweet: false,
        },
      }) as const;
    const early = at - 1.5 * 86_400;
    for (const [id, user, likes] of [
      ["1", "1", 10],
      ["2", "2", 40],
      ["3", "3", 5],
    ] as const) {
      store.posts.put(post(id, user, likes), early);
    }
    store.posts.put(post("1", "1", 90), at - 3_600);
    store.posts.put(post("4", "4", 5), at - 3_600);
    const registry = registryOf(
      ["1", "2", "3", "4"].map((userId) => ({
        hotkey: `h${userId}`,
        uid: Number(userId),
        userId,
        handle: `n${userId}`,
        postId: "1",
        challengedAt: 0,
        verifiedAt: 0,
      })),
    );
    const board = boardOf(store, {
      formula: colosseum,
      settings: [],
      options: { registry, windowSeconds: 7 * 86_400, at },
      payPerDayRao: 1_000_000_000n,
    });
    expect(board.rows.map(({ uid, rank, change }) => [uid, rank, change])).toEqual([
      [1, 1, 1],
      [2, 2, -1],
      [3, 3, 0],
      [4, 3, 0],
    ]);
    const pay = board.rows.reduce((sum, { taoPerDayRao }) => sum + Number(taoPerDayRao), 0);
    expect(pay).toBeCloseTo(1e9, -2);
    expect(board.rows[0]?.series.likes).toEqual([0, 0, 0, 0, 0, 90, 0]);
  });
});
