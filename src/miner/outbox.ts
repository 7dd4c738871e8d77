import type { Clock } from "../base/clock.ts";
import { ColosseumError, messageOf } from "../base/errors.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Accepted } from "../protocol/messages.ts";
import { backoffMs } from "./backoff.ts";
import type { Answered, ValidatorClient } from "./client.ts";
import { BadResponseError, RefusedError } from "./errors.ts";
import type { OnMinerEvent } from "./events.ts";
import type { Journal, PendingAnswer } from "./journal.ts";

/** Votes that become ready within this time travel under one signature. */
const GATHER_MS = 20;
/** Refusals that no later try can change. */
const FINAL = new Set([
  "malformed",
  "own-hotkey",
  "no-such-assignment",
  "wrong-role",
  "older-answer",
  "expired",
  "too-large",
  "not-registered",
]);

export interface Outbox {
  /** Keeps an answer and sends it until it is accepted, refused for good, or expired. */
  post(answer: PendingAnswer): void;
  /** Answers that are not yet acknowledged. */
  readonly waiting: number;
  /** Resolves when nothing waits any more, or when `signal` aborts. */
  drained(signal: AbortSignal): Promise<void>;
  close(): void;
}

/**
 * The way of answers to one validator. Each try has a fresh nonce; an answer is on the disk before its first try, and
 * is tried again after a network failure, a 5xx or a 429, with growing pauses, until its deadline.
 */
export function openOutbox(client: ValidatorClient, journal: Journal, clock: Clock, onEvent: OnMinerEvent): Outbox {
  const queue = new Map<string, PendingAnswer>();
  const stop = new AbortController();
  let wake = new AbortController();
  let failures = 0;
  /** The longest pause that a refusal of this round asked for. */
  let pauseMs = 0;
  let running = false;
  const idle = new Set<() => void>();

  const finish = (answer: PendingAnswer): void => {
    queue.delete(answer.assignment);
    journal.done(answer.validator, answer.assignment, answer.expiresAtMs);
  };
  const roleOf = (answer: PendingAnswer) =>
    "files" in answer.answer ? ("generator" as const) : ("discriminator" as const);
  const about = (answer: PendingAnswer) => ({
    validator: answer.validator,
    id: answer.assignment,
    role: roleOf(answer),
  });

  function accepted(answer: PendingAnswer, { receipt, receiptProblem }: Answered<unknown>, at: string): void {
    if (receipt !== undefined) journal.keepReceipt(answer.validator, receipt);
    finish(answer);
    if (receiptProblem !== undefined)
      onEvent({ type: "receipt-missing", validator: answer.validator, id: answer.assignment, why: receiptProblem });
    onEvent({ type: "accepted", ...about(answer), at });
  }
  function refused(answer: PendingAnswer, code: string, message: string): void {
    finish(answer);
    onEvent({ type: "answer-refused", ...about(answer), code, message });
  }

  async function sendOne(answer: PendingAnswer): Promise<void> {
    try {
      const reply: Answered<Accepted> =
        "files" in answer.answer
          ? await client.submit(answer.assignment, answer.answer.files, stop.signal)
          : await client.vote(answer.assignment, answer.answer.choice, stop.signal);
      accepted(answer, reply, reply.value.acceptedAt);
    } catch (thrown) {
      if (thrown instanceof RefusedError && FINAL.has(thrown.refusal))
        return refused(answer, thrown.refusal, thrown.message);
      // One answer that must wait does not hold up the others; a broken wire does.
      const later =
        thrown instanceof BadResponseError || (thrown instanceof RefusedError && thrown.refusal !== "auth-stale");
      if (!later) throw thrown;
      failures++;
      if (thrown instanceof RefusedError) pauseMs = Math.max(pauseMs, thrown.retryAfterMs ?? 0);
    }
  }

  async function sendVotes(answers: readonly PendingAnswer[]): Promise<void> {
    const votes = answers.flatMap(({ assignment, answer }) =>
      "choice" in answer ? [{ assignment, choice: answer.choice }] : [],
    );
    const reply = await client.votes(votes, stop.signal);
    if (reply.receipt !== undefined) journal.keepReceipt(client.validator ?? "", reply.receipt);
    for (const [index, result] of reply.value.results.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      if (!("error" in result)) {
        const problem = reply.receiptProblem === undefined ? {} : { receiptProblem: reply.receiptProblem };
        accepted(answer, { value: result, ...problem }, result.acceptedAt);
      } else if (FINAL.has(result.error.code)) {
        refused(answer, result.error.code, result.error.message.slice(0, 300));
      } else failures++;
    }
  }

  function dropExpired(): void {
    for (const answer of [...queue.values()]) {
      if (answer.expiresAtMs > clock.nowMs()) continue;
      finish(answer);
      onEvent({ type: "expired", ...about(answer) });
    }
  }

  async function sendReady(): Promise<void> {
    const ready = [...queue.values()].filter(({ opensAtMs }) => opensAtMs <= clock.nowMs() + client.skewMs);
    const votes = ready.filter(({ answer }) => "choice" in answer);
    const single = votes.length === 1 ? ready : ready.filter(({ answer }) => "files" in answer);
    for (const answer of single) await sendOne(answer);
    if (votes.length < 2) return;
    for (let at = 0; at < votes.length; at += LIMITS.maxVotesPerRequest) {
      const batch = votes.slice(at, at + LIMITS.maxVotesPerRequest);
      try {
        await sendVotes(batch);
      } catch (thrown) {
        // Where a batch as a whole is refused, each vote still has its own chance.
        if (!(thrown instanceof RefusedError && FINAL.has(thrown.refusal))) throw thrown;
        for (const answer of batch) await sendOne(answer);
      }
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      dropExpired();
      if (queue.size === 0) break;
      const before = failures;
      pauseMs = 0;
      try {
        await sendReady();
        if (failures === before) failures = 0;
      } catch (thrown) {
        if (stop.signal.aborted) break;
        failures++;
        if (!(thrown instanceof ColosseumError))
          onEvent({
            type: "answer-refused",
            validator: client.validator ?? "",
            id: "",
            role: "generator",
            code: "bug",
            message: messageOf(thrown),
          });
        pauseMs = thrown instanceof RefusedError ? (thrown.retryAfterMs ?? 0) : 0;
        // A stale nonce means that the clocks drifted: measure them again.
        if (thrown instanceof RefusedError && thrown.refusal === "auth-stale")
          await client.info(stop.signal).catch(() => undefined);
      }
      dropExpired();
      if (queue.size === 0) break;
      const nextMs = Math.min(
        ...[...queue.values()].map(({ opensAtMs, expiresAtMs }) =>
          Math.min(expiresAtMs, Math.max(opensAtMs - client.skewMs, clock.nowMs())),
        ),
      );
      const untilOpen = nextMs - clock.nowMs();
      const retry = failures > 0 ? backoffMs(failures - 1, Math.random(), 250, 15_000) : GATHER_MS;
      wake = new AbortController();
      await clock.wait(
        Math.max(pauseMs, untilOpen, retry),
        AbortSignal.any([stop.signal, ...(failures > 0 ? [] : [wake.signal])]),
      );
    }
    running = false;
    if (queue.size > 0 && !stop.signal.aborted) return start();
    if (queue.size === 0 || stop.signal.aborted) for (const done of idle) done();
    return undefined;
  }

  function start(): void {
    if (running) return;
    running = true;
    void clock.wait(GATHER_MS, stop.signal).then(run);
  }

  return {
    post: (answer) => {
      journal.keepAnswer(answer);
      queue.set(answer.assignment, answer);
      wake.abort();
      start();
    },
    get waiting() {
      return queue.size;
    },
    drained: (signal) =>
      new Promise((resolve) => {
        if (queue.size === 0 || signal.aborted) return resolve();
        const done = (): void => {
          idle.delete(done);
          signal.removeEventListener("abort", done);
          resolve();
        };
        idle.add(done);
        signal.addEventListener("abort", done, { once: true });
      }),
    close: () => stop.abort(),
  };
}
