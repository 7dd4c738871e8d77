import type { Clock } from "../../src/base/clock.ts";
import type { Signer } from "../../src/base/ports.ts";
import { type Random, seededRandom, uniform } from "../../src/base/random.ts";
import { fixturesBrain } from "../../src/brains/fixtures.ts";
import { connectValidator, type ValidatorClient } from "../../src/miner/client.ts";
import { RefusedError } from "../../src/miner/errors.ts";
import { contentHash } from "../../src/protocol/content-hash.ts";
import type { Assignment, Label } from "../../src/protocol/messages.ts";
import type { Receipt } from "../../src/protocol/receipts.ts";

/** One assignment as its miner knows it: what it said, in order, and how much of that was acknowledged. */
export interface Spoken {
  readonly hotkey: string;
  readonly assignment: string;
  readonly role: Assignment["role"];
  /** Choices or content hashes in the order in which they were sent. */
  readonly sent: string[];
  /** Index into `sent` of the last one that was acknowledged; -1: none was. */
  acknowledged: number;
}

export interface Player extends AsyncDisposable {
  readonly spoken: ReadonlyMap<string, Spoken>;
  readonly receipts: readonly Receipt[];
  /** Receipts that were missing or not the validator's. */
  readonly problems: readonly string[];
}

/** How soon somebody whose validator is gone looks again. */
const AGAIN_MS = 40;
const POLL_SECONDS = 1;
const CHECK_IN_EVERY_MS = 60_000;
/** How often a miner changes its mind after an acknowledgement. */
const SECOND_THOUGHTS = 0.2;

/**
 * A miner that never gives up and remembers everything: it says each answer until it is acknowledged or refused, keeps
 * the receipts, and sometimes sends another answer after the first.
 *
 * @param batches - Whether it sends its votes many at a time.
 */
export function startPlayer(signer: Signer, url: string, clock: Clock, seed: string, batches: boolean): Player {
  const ending = new AbortController();
  const { signal } = ending;
  const client = connectValidator({ url }, { signer, clock, requestTimeoutMs: 5_000 });
  const random = seededRandom(`${seed}/${signer.address}`);
  const spoken = new Map<string, Spoken>();
  const receipts: Receipt[] = [];
  const problems: string[] = [];
  const note = ({ receipt, receiptProblem }: { receipt?: Receipt; receiptProblem?: string }): void => {
    if (receipt !== undefined) receipts.push(receipt);
    if (receiptProblem !== undefined) problems.push(receiptProblem);
  };
  const running = play({ hotkey: signer.address, client, random, spoken, note, signal, clock, batches });
  return {
    spoken,
    receipts,
    problems,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await running;
    },
  };
}

interface Hand {
  readonly hotkey: string;
  readonly client: ValidatorClient;
  readonly random: Random;
  readonly spoken: Map<string, Spoken>;
  readonly note: (answer: { receipt?: Receipt; receiptProblem?: string }) => void;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly batches: boolean;
}

async function play(hand: Hand): Promise<void> {
  const { client, clock, signal } = hand;
  let session: string | undefined;
  let checkedInMs = 0;
  let cursor = "0";
  while (!signal.aborted) {
    try {
      if (session === undefined || clock.nowMs() - checkedInMs > CHECK_IN_EVERY_MS) {
        const roles = ["generator" as const, "discriminator" as const];
        session = (await client.checkIn({ roles, taskTypes: ["page"] }, signal)).sessionKey;
        checkedInMs = clock.nowMs();
      }
      const page = await client.assignments(session, cursor, POLL_SECONDS, signal);
      await answer(hand, page.assignments);
      cursor = page.cursor;
    } catch (error) {
      if (error instanceof RefusedError && error.refusal === "session-unknown") session = undefined;
      // Whatever was not acknowledged is asked for and said again.
      cursor = "0";
      await clock.wait(AGAIN_MS, signal);
    }
  }
}

async function answer(hand: Hand, assignments: readonly Assignment[]): Promise<void> {
  const fresh = assignments.filter(({ id }) => (hand.spoken.get(id)?.acknowledged ?? -1) < 0);
  for (const assignment of fresh.filter(({ role }) => role === "generator")) await submit(hand, assignment);
  const duels = fresh.filter(({ role }) => role === "discriminator");
  if (hand.batches && duels.length > 0) await voteTogether(hand, duels);
  else for (const assignment of duels) await vote(hand, assignment, choose(hand.random));
  for (const { id } of duels) {
    const first = hand.spoken.get(id)?.sent.at(-1);
    if (uniform(hand.random) >= SECOND_THOUGHTS || first === undefined) continue;
    await vote(hand, { id, role: "discriminator" }, first === "A" ? "B" : "A");
  }
}

const choose = (random: Random): Label => (uniform(random) < 0.5 ? "A" : "B");

const remember = ({ hotkey, spoken }: Hand, { id, role }: Pick<Assignment, "id" | "role">): Spoken => {
  const known = spoken.get(id) ?? { hotkey, assignment: id, role, sent: [], acknowledged: -1 };
  spoken.set(id, known);
  return known;
};

async function submit(hand: Hand, assignment: Assignment): Promise<void> {
  const { client, clock, signal } = hand;
  const files = await fixturesBrain(0.7).generate(assignment.prompt, {
    signal,
    deadlineMs: clock.nowMs() + 60_000,
    seed: assignment.id,
  });
  const record = remember(hand, assignment);
  const place = record.sent.push(contentHash(files)) - 1;
  await tolerant(async () => {
    hand.note(await client.submit(assignment.id, files, signal));
    record.acknowledged = place;
  });
}

async function vote(hand: Hand, assignment: Pick<Assignment, "id" | "role">, choice: Label): Promise<void> {
  const record = remember(hand, assignment);
  const place = record.sent.push(choice) - 1;
  await tolerant(async () => {
    hand.note(await hand.client.vote(assignment.id, choice, hand.signal));
    record.acknowledged = place;
  });
}

async function voteTogether(hand: Hand, duels: readonly Assignment[]): Promise<void> {
  const votes = duels.slice(0, 64).map(({ id }) => ({ assignment: id, choice: choose(hand.random) }));
  const places = votes.map(({ assignment, choice }) => {
    const record = remember(hand, { id: assignment, role: "discriminator" });
    return { record, place: record.sent.push(choice) - 1 };
  });
  const answered = await hand.client.votes(votes, hand.signal);
  hand.note(answered);
  for (const [index, result] of answered.value.results.entries()) {
    const known = places[index];
    if (known !== undefined && !("error" in result)) known.record.acknowledged = known.place;
  }
}

/** A plain no is an answer (too late, or a newer one is there); everything else is tried again. */
async function tolerant(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const final = error instanceof RefusedError && /^(expired|older-answer|no-such-assignment)$/.test(error.refusal);
    if (!final) throw error;
  }
}
