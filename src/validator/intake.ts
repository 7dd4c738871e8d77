import { createHash, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Authenticated } from "../protocol/auth.ts";
import { contentHash } from "../protocol/content-hash.ts";
import { LIMITS } from "../protocol/limits.ts";
import {
  type Accepted,
  type CheckInResponse,
  checkInRequestSchema,
  completionRequestSchema,
  type Label,
  type VotesResponse,
  voteRequestSchema,
  votesRequestSchema,
} from "../protocol/messages.ts";
import type { JudgedAssignment } from "../store/assignments.ts";
import type { Core } from "./core.ts";
import type { ValidatorFact } from "./events.ts";
import { Refusal } from "./refusal.ts";

/** sha256 hex of a session key, as it is stored. */
export const sessionHash = (key: string): string => createHash("sha256").update(key).digest("hex");

const instant = (ms: number): string => new Date(ms).toISOString();

/** What a write leads to once it is on the disk. */
interface Stored<T> {
  readonly reply: T;
  readonly facts: readonly ValidatorFact[];
  /** Whether the duties may have something to do now. */
  readonly wake: boolean;
}

/** Takes what miners send. Everything is judged inside the commit that stores it, so that no answer slips past a deadline. */
export class Intake {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** @throws Refusal */
  checkIn(who: Authenticated, raw: Uint8Array): Promise<CheckInResponse> {
    const { value, text } = parse(checkInRequestSchema, raw);
    const { store, settings } = this.#core;
    const sessionKey = randomBytes(32).toString("base64url");
    return this.#commit(() => {
      const atMs = this.#core.nowMs();
      const again = (store.checkIns.get(who.hotkey)?.expiresAtMs ?? 0) > atMs;
      const record = {
        hotkey: who.hotkey,
        roles: [...new Set(value.roles)],
        taskTypes: [...new Set(value.taskTypes)],
        atMs,
        expiresAtMs: atMs + settings.checkInMs,
        session: sessionHash(sessionKey),
        request: this.#prove(who, text),
      };
      if (!store.checkIns.put(record, who.nonceNs)) throw older();
      return {
        reply: { sessionKey, expiresAt: instant(record.expiresAtMs) },
        facts: [{ type: "checked-in", hotkey: who.hotkey, roles: record.roles, again }],
        wake: !again,
      };
    });
  }

  /** @throws Refusal */
  completion(who: Authenticated, id: string, raw: Uint8Array): Promise<Accepted> {
    const { value, text } = parse(completionRequestSchema, raw);
    const sha256 = contentHash(value.files);
    const { store, progress } = this.#core;
    return this.#commit(() => {
      const atMs = this.#core.nowMs();
      const assignment = judge(who.hotkey, store.assignments.judged([id]).get(id), "generator", atMs);
      const completion = assignment.completion ?? "";
      const again = store.answers.hasCompletion(assignment.task, completion);
      const stored = store.answers.putCompletion(
        {
          task: assignment.task,
          id: completion,
          hotkey: who.hotkey,
          source: "miner",
          files: value.files,
          sha256,
          atMs,
          request: this.#prove(who, text),
        },
        who.nonceNs,
      );
      if (!stored) throw older();
      return {
        reply: { assignment: id, acceptedAt: instant(atMs), sha256 },
        facts: [{ type: "completion", task: assignment.task, hotkey: who.hotkey, bytes: raw.length, again }],
        wake: !again && progress.answered(),
      };
    });
  }

  /** @throws Refusal */
  vote(who: Authenticated, id: string, raw: Uint8Array): Promise<Accepted> {
    const { value, text } = parse(voteRequestSchema, raw);
    return this.#commit(() => {
      const atMs = this.#core.nowMs();
      const found = this.#core.store.assignments.judged([id]).get(id);
      const { fact, last } = this.#storeVote(who, found, value.choice, atMs, () => this.#prove(who, text));
      return { reply: { assignment: id, acceptedAt: instant(atMs), choice: value.choice }, facts: [fact], wake: last };
    });
  }

  /** Several votes in one signed request, each accepted or refused by itself. @throws Refusal if the whole is malformed. */
  votes(who: Authenticated, raw: Uint8Array): Promise<VotesResponse> {
    const { value, text } = parse(votesRequestSchema, raw);
    return this.#commit(() => {
      const facts: ValidatorFact[] = [];
      let wake = false;
      let request: number | undefined;
      const prove = (): number => {
        request ??= this.#prove(who, text);
        return request;
      };
      const atMs = this.#core.nowMs();
      const acceptedAt = instant(atMs);
      const found = this.#core.store.assignments.judged(value.votes.map(({ assignment }) => assignment));
      const results = value.votes.map(({ assignment, choice }) => {
        try {
          const { fact, last } = this.#storeVote(who, found.get(assignment), choice, atMs, prove);
          facts.push(fact);
          wake ||= last;
          return { assignment, acceptedAt, choice };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return { assignment, ...error.toJSON() };
        }
      });
      return { reply: { results }, facts, wake };
    });
  }

  /** Tells the world of a write only after the commit that holds it. */
  async #commit<T>(work: () => Stored<T>): Promise<T> {
    const { reply, facts, wake } = await this.#core.store.commits.write(work);
    for (const fact of facts) this.#core.events.emit(fact);
    if (wake) this.#core.wake();
    return reply;
  }

  #storeVote(
    who: Authenticated,
    found: JudgedAssignment | undefined,
    choice: Label,
    atMs: number,
    prove: () => number,
  ): { readonly fact: ValidatorFact; readonly last: boolean } {
    const { store, progress } = this.#core;
    const { task, firstIsA, voted: again } = judge(who.hotkey, found, "discriminator", atMs);
    const completion = (choice === "A") === firstIsA ? "c1" : "c2";
    const vote = { task, voter: who.hotkey, completion, choice, atMs, request: prove() };
    if (!store.answers.putVote(vote, who.nonceNs)) throw older();
    return { fact: { type: "vote", task, hotkey: who.hotkey, again }, last: !again && progress.answered() };
  }

  #prove(who: Authenticated, body: string): number {
    const { hotkey, payload, signature } = who;
    return this.#core.store.answers.addRequest({ hotkey, payload, signature, body }, who.nonceNs);
  }
}

/** The caller's own, open assignment in a role. Unknown ones and other people's are refused alike. @throws Refusal */
function judge(
  hotkey: string,
  found: JudgedAssignment | undefined,
  role: JudgedAssignment["role"],
  nowMs: number,
): JudgedAssignment {
  if (found === undefined || found.hotkey !== hotkey) {
    throw new Refusal("no-such-assignment", "This hotkey has no such assignment.");
  }
  if (found.role !== role) throw new Refusal("wrong-role", `This assignment asks for a ${found.role}'s answer.`);
  if (nowMs < found.opensAtMs) {
    throw new Refusal("not-open-yet", `Answers are taken from ${instant(found.opensAtMs)}.`);
  }
  const stage = role === "generator" ? "generating" : "voting";
  if (found.taskState !== stage || nowMs > found.expiresAtMs) {
    throw new Refusal("expired", `Answers were taken until ${instant(Math.min(found.expiresAtMs, nowMs))}.`);
  }
  return found;
}

const older = (): Refusal => new Refusal("older-answer", "A newer answer of this hotkey is stored already.");

function parse<T>(schema: z.ZodType<T>, raw: Uint8Array): { readonly value: T; readonly text: string } {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    json = JSON.parse(text);
  } catch {
    throw new Refusal("malformed", "The body is not JSON in UTF-8.");
  }
  if (tooLarge(json)) {
    throw new Refusal(
      "too-large",
      `Files together are at most ${LIMITS.maxTotalBytes} bytes, ${LIMITS.maxFiles} files.`,
    );
  }
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data, text };
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "The body" : issue.path.join(".");
  throw new Refusal("malformed", `${where}: ${issue?.message ?? "not as the protocol has it"}`.slice(0, 300));
}

/** Whether it would be a completion, were it not for its size: that is said in words of its own. */
function tooLarge(json: unknown): boolean {
  const files = (json as { files?: unknown } | null)?.files;
  if (!Array.isArray(files)) return false;
  const bytes = files.reduce((sum: number, file: unknown) => {
    const content = (file as { content?: unknown } | null)?.content;
    return sum + (typeof content === "string" ? Buffer.byteLength(content) : 0);
  }, 0);
  return files.length > LIMITS.maxFiles || bytes > LIMITS.maxTotalBytes;
}
