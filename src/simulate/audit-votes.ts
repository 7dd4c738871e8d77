import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import type { Interval, Task, TaskLog, Vote } from "../mechanism/task-log.ts";
import { verifyProof } from "../protocol/auth.ts";
import { contentHash } from "../protocol/content-hash.ts";
import {
  checkInRequestSchema,
  completionRequestSchema,
  voteRequestSchema,
  votesRequestSchema,
} from "../protocol/messages.ts";
import { missingVote, type VoteRequest } from "./audit-batches.ts";
import type { AuditDifference, CheckResult } from "./audit-types.ts";

/**
 * How far the time of an answer may be from its sender's nonce: a request that is older than 10 s or 2 s ahead is refused
 * (`protocol/auth.ts`), and then it waits for the commit that takes it.
 */
const NONCE_SPAN_MS = 60_000;

/** A signed request of a log, once its signature was found right. */
interface Proven {
  readonly sender: string;
  readonly receiver: string;
  readonly method: string;
  readonly target: string;
  readonly nonceNs: bigint;
  /** Undefined where the log leaves the body out. */
  readonly body: unknown;
}

/** What a statement in the log must rest on; undefined if it does. */
type Broken = { readonly field: string; readonly expected: string; readonly found: string } | undefined;

/**
 * Checks that every answer in the log was signed by whoever is said to have given it, for this validator, and says what
 * the log says: votes, completions and check-ins; and that no vote of a signed request is missing. A log without any
 * `proofs` is passed by; where one interval has them, every answer of every other needs one too.
 *
 * Yields after each signature, the slow part.
 */
export function* checkVotes(log: TaskLog): Generator<undefined, CheckResult> {
  const byInterval = Map.groupBy(log.tasks, (task) => task.interval ?? -1);
  const signed = (log.intervals ?? []).some((interval) => proofsOf(interval).length > 0);
  if (!signed) return { verdict: "skipped", difference: null };
  for (const interval of [...(log.intervals ?? [])].sort((a, b) => a.n - b.n)) {
    const proofs = proofsOf(interval);
    const proven: (Proven | string)[] = [];
    for (const proof of proofs) {
      proven.push(readProof(proof));
      yield undefined;
    }
    const difference = checkInterval(log, interval, byInterval.get(interval.n) ?? [], proven);
    if (difference !== undefined) return { verdict: "differs", difference };
  }
  return { verdict: "ok", difference: null };
}

const proofsOf = ({ proofs }: Interval): readonly unknown[] => (Array.isArray(proofs) ? proofs : []);

/** The request that a proof proves, or what is wrong with it. */
function readProof(proof: unknown): Proven | string {
  if (!isJsonObject(proof)) return "no proof";
  const { payload, signature, body } = proof as { payload?: unknown; signature?: unknown; body?: unknown };
  if (typeof payload !== "string" || typeof signature !== "string") return "no payload or signature";
  const request = verifyProof({ payload, signature });
  if (request === undefined) return "a signature that is not the sender's";
  const { sender, receiver, method, target, nonceNs } = request;
  if (body === undefined) return { sender, receiver, method, target, nonceNs, body: undefined };
  if (typeof body !== "string" || bytesToHex(sha256(utf8ToBytes(body))) !== request.bodySha256) {
    return "a body that was not signed";
  }
  try {
    return { sender, receiver, method, target, nonceNs, body: JSON.parse(body) as unknown };
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
        said(request, vote["at"], saysVote(request, vote)),
      );
      if (broken !== undefined) return at(task.id, broken);
    }
    for (const [i, completion] of task.completions.entries()) {
      if (completion.source === "validator") continue;
      const says = (request: Proven): Untrue => said(request, completion["at"], saysCompletion(request, completion));
      const broken = checkAnswer(proven, completion["proof"], `completions[${i}]`, completion.by, receiver, says);
      if (broken !== undefined) return at(task.id, broken);
    }
  }
  const broken = checkEligible(interval, proven, log.validator);
  if (broken !== undefined) return at(null, broken);
  if (interval.seed === undefined) return undefined;
  const missing = missingVote(interval, tasks, voteRequests(tasks, proven), (vote) => provenBy(proven, vote)?.nonceNs);
  if (missing === undefined) return at(null, checkSpare(interval, tasks, proven.length));
  const { task, voter, found } = missing;
  return at(task, { field: "votes", expected: `the vote that ${voter} signed last`, found });
}

const provenBy = (proven: readonly (Proven | string)[], { proof }: JsonObject): Proven | undefined => {
  const request = typeof proof === "number" ? proven[proof] : undefined;
  return typeof request === "string" ? undefined : request;
};

/** The requests that votes of these tasks rest on, each once. */
function voteRequests(tasks: readonly Task[], proven: readonly (Proven | string)[]): Iterable<VoteRequest> {
  const requests = new Map<Proven, VoteRequest>();
  for (const vote of tasks.flatMap(({ votes }): readonly Vote[] => votes)) {
    const request = provenBy(proven, vote);
    if (request === undefined || requests.has(request)) continue;
    const many = votesRequestSchema.safeParse(request.body);
    const assignments = many.success ? many.data.votes.map(({ assignment }) => assignment) : [];
    const { sender, nonceNs } = request;
    requests.set(request, { sender, nonceNs, at: vote.at, assignments });
  }
  return requests.values();
}

/** A settled interval keeps only the requests that something in it rests on; a spare one tells that something is gone. */
function checkSpare(interval: Interval, tasks: readonly Task[], proofs: number): Broken {
  const { rounds } = interval as { readonly rounds?: unknown };
  const eligible = (Array.isArray(rounds) ? rounds : []).flatMap((round: unknown): unknown[] => {
    const miners: unknown = isJsonObject(round) ? round["eligible"] : undefined;
    return Array.isArray(miners) ? miners : [];
  });
  const answers = tasks.flatMap(({ votes, completions }): readonly JsonObject[] => [...votes, ...completions]);
  const used = new Set([...answers, ...eligible.filter(isJsonObject)].map((answer) => answer["proof"]));
  for (let place = 0; place < proofs; place++) {
    if (!used.has(place)) return { field: `proofs[${place}]`, expected: "an answer that rests on it", found: "none" };
  }
  return undefined;
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
      const says = (request: Proven): Untrue => said(request, undefined, saysCheckIn(request, miner));
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
  says: (request: Proven) => Untrue,
): Broken {
  const request = typeof place === "number" ? proven[place] : undefined;
  if (request === undefined) return { field, expected: `a request signed by ${sender}`, found: "no proof" };
  if (typeof request === "string") return { field, expected: `a request signed by ${sender}`, found: request };
  if (request.sender !== sender)
    return { field, expected: `a request signed by ${sender}`, found: `one by ${request.sender}` };
  if (receiver !== undefined && request.receiver !== receiver) {
    return { field, expected: `a request to ${receiver}`, found: `one to ${request.receiver}` };
  }
  const untrue = says(request);
  return untrue === undefined ? undefined : { field, ...untrue };
}

/** What a request does not say although the log has it; undefined if it does. */
type Untrue = { readonly expected: string; readonly found: string } | undefined;

/** Whether an answer is what its request says, and was taken at about the time at which that was signed. */
function said({ nonceNs }: Proven, at: unknown, content: boolean): Untrue {
  if (!content) return { expected: "what its sender signed", found: "something else" };
  const signedMs = Number(nonceNs / 1_000_000n);
  if (typeof at !== "string" || Math.abs(Date.parse(at) - signedMs) <= NONCE_SPAN_MS) return undefined;
  return { expected: `a time within a minute of ${new Date(signedMs).toISOString()}`, found: at };
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
