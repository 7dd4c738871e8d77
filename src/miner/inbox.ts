import type { Clock } from "../base/clock.ts";
import { ColosseumError, messageOf } from "../base/errors.ts";
import type { Brain } from "../brains/brain.ts";
import { type Assignment, filesSchema, type Role } from "../protocol/messages.ts";
import type { OnMinerEvent } from "./events.ts";
import type { PendingAnswer } from "./journal.ts";

/** Time kept back for sending an answer. */
const SEND_MS = 1_500;
/** Prompts longer than this are no task of ours. */
const MAX_PROMPT = 32_768;
const RETRY_MS = 1_000;

export interface InboxOptions {
  readonly clock: Clock;
  /** Who answers for a role; a role without a brain is not asked for. */
  readonly brains: Readonly<Partial<Record<Role, Brain>>>;
  readonly concurrency: number;
  readonly seed: string;
  readonly onEvent: OnMinerEvent;
}

export interface Inbox {
  /** Takes an assignment; thinks as soon as there is room, the nearest deadline first. */
  take(validator: string, assignment: Assignment, reply: (answer: PendingAnswer | undefined) => void): void;
  /** Assignments that a brain is thinking about. */
  readonly thinking: number;
  /** Starts nothing new; resolves when what is in work is done. */
  finish(): Promise<void>;
  /** Gives up what is in work. */
  abort(): void;
}

interface Job {
  readonly validator: string;
  readonly assignment: Assignment;
  readonly expiresAtMs: number;
  readonly reply: (answer: PendingAnswer | undefined) => void;
}

/** Assignments in, answers out: at most `concurrency` at a time, none twice, each within its deadline. Never throws. */
export function openInbox(options: InboxOptions): Inbox {
  const { clock, onEvent } = options;
  const waiting: Job[] = [];
  const stop = new AbortController();
  let active = 0;
  let closed = false;
  let finished: (() => void) | undefined;

  function next(): void {
    while (!closed && active < options.concurrency && waiting.length > 0) {
      waiting.sort((a, b) => a.expiresAtMs - b.expiresAtMs);
      const job = waiting.shift();
      if (job === undefined) break;
      active++;
      void work(job).finally(() => {
        active--;
        next();
        if (active === 0) finished?.();
      });
    }
  }

  async function work(job: Job): Promise<void> {
    const { assignment, validator } = job;
    const about = { validator, id: assignment.id };
    for (let attempt = 0; ; attempt++) {
      const leftMs = job.expiresAtMs - SEND_MS - clock.nowMs();
      if (leftMs <= 0) {
        onEvent({ type: "expired", ...about, role: assignment.role });
        return job.reply(undefined);
      }
      try {
        const answer = await think(job, leftMs);
        return job.reply(
          answer === undefined
            ? undefined
            : {
                validator,
                assignment: assignment.id,
                opensAtMs: Date.parse(assignment.opensAt),
                expiresAtMs: job.expiresAtMs,
                answer,
              },
        );
      } catch (thrown) {
        if (stop.signal.aborted) return undefined;
        const code = thrown instanceof ColosseumError ? thrown.code : "brains.crashed";
        if (code === "brains.budget-spent") {
          onEvent({ type: "budget-spent", message: messageOf(thrown) });
          return job.reply(undefined);
        }
        onEvent({ type: "brain-failed", ...about, role: assignment.role, code, message: messageOf(thrown) });
        if (attempt > 0 || closed || /wrong-role|unknown-task-type/.test(code)) return job.reply(undefined);
        await clock.wait(RETRY_MS, stop.signal);
      }
    }
  }

  async function think(job: Job, leftMs: number): Promise<PendingAnswer["answer"] | undefined> {
    const { assignment, validator } = job;
    const { id, role, prompt, taskType } = assignment;
    const brain = options.brains[role];
    if (brain === undefined) return undefined;
    onEvent({ type: "thinking", validator, id, role });
    const startedMs = clock.nowMs();
    // A brain that overlooks its deadline is left behind; its answer would be worth nothing.
    const limit = new AbortController();
    const timer = clock.wait(leftMs, limit.signal).then(() => limit.abort());
    const signal = AbortSignal.any([stop.signal, limit.signal]);
    const call = { signal, deadlineMs: startedMs + leftMs, seed: `${options.seed}|${id}`, taskType };
    try {
      if (role === "generator") {
        const files = await orLate(brain.generate(prompt, call), signal);
        const checked = filesSchema.safeParse(files.map(({ name, content }) => ({ name, content })));
        if (!checked.success) {
          throw new ColosseumError(
            `The brain's files cannot be submitted: ${checked.error.issues[0]?.message ?? "malformed"}.`,
            {
              code: "brains.bad-files",
              exitCode: 12,
            },
          );
        }
        const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
        onEvent({ type: "generated", validator, id, files: files.length, bytes, tookMs: clock.nowMs() - startedMs });
        return { files: checked.data };
      }
      const [a, b] = ["A", "B"].map((label) => assignment.outputs?.find((output) => output.label === label)?.files);
      if (a === undefined || b === undefined) return undefined;
      const judgement = await orLate(brain.judge(prompt, a, b, call), signal);
      onEvent({ type: "judged", validator, id, ...judgement, tookMs: clock.nowMs() - startedMs });
      return judgement.choice === "abstain" ? undefined : { choice: judgement.choice };
    } finally {
      limit.abort();
      await timer;
    }
  }

  return {
    take: (validator, assignment, reply) => {
      const { id, role, taskType, opensAt, expiresAt } = assignment;
      const why =
        options.brains[role] === undefined
          ? `nobody here is a ${role}`
          : assignment.prompt.length > MAX_PROMPT
            ? "its prompt is too long"
            : role === "discriminator" && assignment.outputs === undefined
              ? "it shows no outputs to judge"
              : undefined;
      if (why !== undefined) {
        onEvent({ type: "ignored", validator, id, why });
        return reply(undefined);
      }
      onEvent({ type: "assigned", validator, id, role, taskType, opensAt, expiresAt });
      waiting.push({ validator, assignment, expiresAtMs: Date.parse(expiresAt), reply });
      return next();
    },
    get thinking() {
      return active;
    },
    finish: () => {
      closed = true;
      waiting.length = 0;
      return active === 0 ? Promise.resolve() : new Promise((resolve) => (finished = resolve));
    },
    abort: () => {
      closed = true;
      stop.abort();
    },
  };
}

/** A brain's answer, or a rejection as soon as its time is over. */
function orLate<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(
        new ColosseumError("The brain did not answer before the deadline.", { code: "brains.too-late", exitCode: 15 }),
      );
    if (signal.aborted) return late();
    signal.addEventListener("abort", late, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", late));
    return undefined;
  });
}
