import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hotkey } from "../src/base/ids.ts";
import { type DrawRules, drawRound, type Eligible } from "../src/mechanism/draws.ts";
import { Draws } from "../src/mechanism/draws-stream.ts";
import { signRequest, verifyRequest } from "../src/protocol/auth.ts";
import { ValidatorStore } from "../src/store/validator-store.ts";
import { testSigner } from "../test/helpers/signers.ts";

/** A full subnet. */
const MINERS = 256;
const VOTES = 35_000;

const RULES: DrawRules = {
  trapShare: 0.2,
  syntheticShare: 0.2,
  damageShare: 0.5,
  votersPerTask: null,
  firstKinds: [],
  taskTypes: ["page"],
};
const timed = <T>(work: () => T): { ms: number; result: T } => {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
};

/** Milliseconds to draw a round in which everybody may vote on everything. */
function drawing(): { ms: number; tasks: number; invitations: number } {
  const eligible: Eligible[] = Array.from({ length: MINERS }, (_, i) => ({
    hotkey: `hot-${i}`,
    coldkey: `cold-${i}`,
    roles: ["generator", "discriminator"],
    taskTypes: ["page"],
  }));
  const draws = new Draws(new Uint8Array(32).fill(1));
  drawRound(draws, 0, eligible, RULES, 0);
  const { ms, result } = timed(() => drawRound(draws, 1, eligible, RULES, 0));
  return {
    ms,
    tasks: result.tasks.length,
    invitations: result.tasks.reduce((sum, { voters }) => sum + voters.length, 0),
  };
}

/** Signature checks a second on this core: the bound of everything that is signed one by one. */
function verifying(): number {
  const signer = testSigner(1);
  const receiver = testSigner(2).address as Hotkey;
  const now = BigInt(Date.now()) * 1_000_000n;
  const request = { method: "POST", target: "/v1/votes", body: new Uint8Array(4_096) };
  const headers = Object.entries(signRequest(request, signer, receiver, now)).flat();
  verifyRequest(request, headers, receiver, now);
  const runs = 200;
  const { ms } = timed(() => {
    for (let i = 0; i < runs; i++) verifyRequest(request, headers, receiver, now);
  });
  return (runs / ms) * 1_000;
}

/** Votes a second that are on the disk when they are acknowledged, sharing commits as requests of 64 do. */
async function storing(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
  try {
    using store = new ValidatorStore(join(dir, "validator.sqlite"));
    const start = performance.now();
    const writes: Promise<unknown>[] = [];
    for (let first = 0; first < VOTES; first += 64) {
      writes.push(
        store.commits.write(() => {
          const request = store.answers.addRequest({ hotkey: "5G", payload: "p", signature: "s", body: "b" }, 1n);
          for (let i = first; i < Math.min(VOTES, first + 64); i++) {
            const vote = {
              task: `t-${i % 140}`,
              voter: `v-${i}`,
              completion: "c1",
              choice: "A",
              atMs: i,
              request,
            } as const;
            store.answers.putVote(vote, BigInt(i));
          }
        }),
      );
      // A request comes in between; without this all would be one commit.
      if (first % 4_096 === 0) await new Promise(setImmediate);
    }
    await Promise.all(writes);
    return (VOTES / (performance.now() - start)) * 1_000;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const signatures = verifying();
const votes = await storing();
console.log(
  JSON.stringify({
    bench: "validator",
    miners: MINERS,
    draw: drawing(),
    verifiedRequestsPerSecond: signatures,
    // Each signed request may carry 64 votes.
    verifiedVotesPerSecondBound: signatures * 64,
    storedVotesPerSecond: votes,
  }),
);
