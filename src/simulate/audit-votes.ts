import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import type { Interval, Task, TaskLog } from "../mechanism/task-log.ts";
import { verifyProof } from "../protocol/auth.ts";
import { contentHash } from "../protocol/content-hash.ts";
import {
  checkInRequestSchema,
  completionRequestSchema,
  voteRequestSchema,
  votesRequestSchema,
} from "../protocol/messages.ts";
import type { AuditDifference, CheckResult } from "./audit-types.ts";

/** A signed request of a log, once its signature was found right. */
interface Proven {
  readonly sender: string;
  readonly receiver: string;
  readonly method: string;
  readonly target: string;
  /** Undefined where the log leaves the body out. */
  readonly body: unknown;
}

/** What a statement in the log must rest on; undefined if it does. */
type Broken = { readonly field: string; readonly expected: string; readonly found: string } | undefined;

/**
 * Checks that every answer in the log was signed by whoever is said to have given it, for this validator, and says what
 * the log says: votes, completions and check-ins. Intervals without `proofs` are passed by.
 *
 * Yields after each signature, the slow part.
 */
export function* checkVotes(log: TaskLog): Generator<undefined, CheckResult> {
  const byInterval = Map.groupBy(log.tasks, (task) => task.interval ?? -1);
  let checked = 0;
  for (const interval of [...(log.intervals ?? [])].sort((a, b) => a.n - b.n)) {
    const proofs = interval["proofs"];
    if (!Array.isArray(proofs) || proofs.length === 0) continue;
    checked++;
    const proven: (Proven | string)[] = [];
    for (const proof of proofs) {
      proven.push(readProof(proof));
      yield undefined;
    }
    const difference = checkInterval(log, interval, byInterval.get(interval.n) ?? [], proven);
    if (difference !== undefined) return { verdict: "differs", difference };
  }
  return { verdict: checked === 0 ? "skipped" : "ok", difference: null };
}

/** The request that a proof proves, or what is wrong with it. */
function readProof(proof: unknown): Proven | string {
  if (!isJsonObject(proof)) return "no proof";
  const { payload, signature, body } = proof as { payload?: unknown; signature?: unknown; body?: unknown };
  if (typeof payload !== "string" || typeof signature !== "string") return "no payload or signature";
  const request = verifyProof({ payload, signature });
  if (request === undefined) return "a signature that is not the sender's";
  const { sender, receiver, method, target } = request;
  if (body === undefined) return { sender, receiver, method, target, body: undefined };
  if (typeof body !== "string" || bytesToHex(sha256(utf8ToBytes(body))) !== request.bodySha256) {
    return "a body that was not signed";
  }
  try {
    return { sender, receiver, method, target, body: JSON.parse(body) as unknown };
  } catch {
    return "a body that is not JSON";
  }
}

function checkInterval(
  log: TaskLog,
  interval: Interval,
  tasks: readonly Task[],
  proven: readonly (Proven | string)[],
): AuditDifference | undefined {
  const at = (task: string | null, broken: Broken): AuditDifference | undefined =>
    broken === undefined ? undefined : { check: "votes", interval: interval.n, task, ...broken };
  for (const task of tasks) {
    const receiver = log.validator ?? task.validator;
    for (const [i, vote] of task.votes.entries()) {
      const broken = checkAnswer(proven, vote["proof"], `votes[${i}]`, vote.voter, receiver, (request) =>
        saysVote(request, vote),
      );
      if (broken !== undefined) return at(task.id, broken);
    }
    for (const [i, completion] of task.completions.entries()) {
      if (completion.source === "validator") continue;
      const says = (request: Proven): boolean => saysCompletion(request, completion);
      const broken = checkAnswer(proven, completion["proof"], `completions[${i}]`, completion.by, receiver, says);
      if (broken !== undefined) return at(task.id, broken);
    }
  }
  return at(null, checkEligible(interval, proven, log.validator));
}

function checkEligible(interval: Interval, proven: readonly (Proven | string)[], receiver: string | undefined): Broken {
  const rounds = interval["rounds"];
  if (!Array.isArray(rounds)) return undefined;
  for (const [r, round] of rounds.entries()) {
    const eligible: unknown = isJsonObject(round) ? round["eligible"] : undefined;
    if (!Array.isArray(eligible)) continue;
    for (const [e, miner] of eligible.entries()) {
      if (!isJsonObject(miner)) continue;
      const field = `rounds[${r}].eligible[${e}]`;
      const says = (request: Proven): boolean => saysCheckIn(request, miner);
      const broken = checkAnswer(proven, miner["proof"], field, String(miner["hotkey"]), receiver, says);
      if (broken !== undefined) return broken;
    }
  }
  return undefined;
}

function checkAnswer(
  proven: readonly (Proven | string)[],
  place: unknown,
  field: string,
  sender: string,
  receiver: string | undefined,
  says: (request: Proven) => boolean,
): Broken {
  const request = typeof place === "number" ? proven[place] : undefined;
  if (request === undefined) return { field, expected: `a request signed by ${sender}`, found: "no proof" };
  if (typeof request === "string") return { field, expected: `a request signed by ${sender}`, found: request };
  if (request.sender !== sender)
    return { field, expected: `a request signed by ${sender}`, found: `one by ${request.sender}` };
  if (receiver !== undefined && request.receiver !== receiver) {
    return { field, expected: `a request to ${receiver}`, found: `one to ${request.receiver}` };
  }
  if (!says(request)) return { field, expected: "what its sender signed", found: "something else" };
  return undefined;
}

function saysVote(request: Proven, vote: JsonObject): boolean {
  const { assignment, choice } = vote as { assignment?: unknown; choice?: unknown };
  if (request.method === "PUT" && request.target === `/v1/assignments/${String(assignment)}/vote`) {
    const body = voteRequestSchema.safeParse(request.body);
    return body.success && body.data.choice === choice;
  }
  if (request.method !== "POST" || request.target !== "/v1/votes") return false;
  const body = votesRequestSchema.safeParse(request.body);
  return body.success && body.data.votes.some((one) => one.assignment === assignment && one.choice === choice);
}

function saysCompletion(request: Proven, completion: JsonObject): boolean {
  const { assignment, sha256: hash } = completion as { assignment?: unknown; sha256?: unknown };
  if (request.method !== "PUT" || request.target !== `/v1/assignments/${String(assignment)}/completion`) return false;
  if (request.body === undefined) return true;
  const body = completionRequestSchema.safeParse(request.body);
  return body.success && contentHash(body.data.files) === hash;
}

function saysCheckIn(request: Proven, miner: JsonObject): boolean {
  if (request.method !== "POST" || request.target !== "/v1/check-in") return false;
  const body = checkInRequestSchema.safeParse(request.body);
  const { roles, taskTypes } = miner as { roles?: unknown; taskTypes?: unknown };
  return body.success && allSigned(body.data.roles, roles) && allSigned(body.data.taskTypes, taskTypes);
}

/** The log may list fewer than were offered (types that the validator does not have), never more. */
const allSigned = (signed: readonly string[], shown: unknown): boolean =>
  Array.isArray(shown) && shown.every((item) => signed.includes(String(item)));
