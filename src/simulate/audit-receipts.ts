import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Hotkey, toHotkey } from "../base/ids.ts";
import type { Task, TaskLog } from "../mechanism/task-log.ts";
import { verifyProof } from "../protocol/auth.ts";
import { acceptedSchema, votesResponseSchema } from "../protocol/messages.ts";
import { type Receipt, verifyReceipt } from "../protocol/receipts.ts";
import type { Finding } from "./audit-types.ts";
import { fileError } from "./log-error.ts";

const receiptSchema = z.object({
  requestNonce: z.string().regex(/^[0-9]{1,20}$/),
  sender: z.string(),
  responder: z.string(),
  status: z.int(),
  body: z.string(),
  crypto: z.enum(["sr25519", "ed25519"]),
  signature: z.string(),
});

/** One answer that a validator acknowledged with its signature. */
export interface ReceivedAnswer {
  readonly sender: string;
  readonly responder: string;
  readonly assignment: string;
  /** Of a vote the choice, of a completion its content hash. */
  readonly said: string;
  readonly isVote: boolean;
  readonly acceptedAt: string;
  readonly nonce: bigint;
}

/** What a folder of receipts came to. */
export interface Receipts {
  readonly answers: readonly ReceivedAnswer[];
  /** Lines that are no receipt, or whose signature is not the validator's. */
  readonly invalid: number;
  /** Receipts of other validators. */
  readonly foreign: number;
}

/**
 * Reads a folder of receipts as a miner keeps them: `*.jsonl`, one receipt a line.
 *
 * @param validator - The hotkey that must have signed them.
 * @throws ColosseumError `input.*` (14) if the folder cannot be read.
 */
export async function readReceipts(dir: string, validator: string): Promise<Receipts> {
  const answers: ReceivedAnswer[] = [];
  let [invalid, foreign] = [0, 0];
  for (const text of await receiptFiles(dir)) {
    for (const line of text.split("\n")) {
      if (line.trim() === "") continue;
      const receipt = parseReceipt(line);
      if (receipt === undefined) invalid++;
      else if (receipt.responder !== validator) foreign++;
      else if (!verifyReceipt(receipt, toHotkey(validator) as Hotkey)) invalid++;
      else answers.push(...answersOf(receipt));
    }
  }
  return { answers, invalid, foreign };
}

async function receiptFiles(dir: string): Promise<string[]> {
  try {
    const names = (await readdir(dir)).filter((name) => name.endsWith(".jsonl")).sort();
    return await Promise.all(names.map((name) => readFile(join(dir, name), "utf8")));
  } catch (error) {
    throw fileError(dir, error);
  }
}

function parseReceipt(line: string): Receipt | undefined {
  try {
    const parsed = receiptSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The answers that a response acknowledges; refusals and other responses acknowledge none. */
function answersOf(receipt: Receipt): ReceivedAnswer[] {
  if (receipt.status !== 200) return [];
  let body: unknown;
  try {
    body = JSON.parse(receipt.body);
  } catch {
    return [];
  }
  const one = acceptedSchema.safeParse(body);
  const many = votesResponseSchema.safeParse(body);
  const accepted = one.success
    ? [one.data]
    : many.success
      ? many.data.results.flatMap((result) => ("acceptedAt" in result ? [result] : []))
      : [];
  return accepted.flatMap(({ assignment, acceptedAt, choice, sha256 }) => {
    const said = choice ?? sha256;
    if (said === undefined) return [];
    const { sender, responder } = receipt;
    const isVote = choice !== undefined;
    return [{ sender, responder, assignment, said, isVote, acceptedAt, nonce: BigInt(receipt.requestNonce) }];
  });
}

/**
 * Looks in the log for every acknowledged answer: one that is missing was left out, one that differs, or was taken at
 * another time, was changed.
 * Only the newest receipt of an assignment counts, and only where its time falls into an interval of the log. A miner
 * whose acknowledgement was lost on the way holds no receipt for its last word: where the log proves a newer request of
 * its own, that one counts.
 */
export function checkReceipts(log: TaskLog, answers: readonly ReceivedAnswer[]): Finding[] {
  const newest = new Map<string, ReceivedAnswer>();
  for (const answer of answers) {
    const key = `${answer.sender} ${answer.assignment}`;
    const known = newest.get(key);
    if (known === undefined || known.nonce < answer.nonce) newest.set(key, answer);
  }
  const logged = loggedAnswers(log.tasks);
  const findings: Finding[] = [];
  for (const [key, answer] of newest) {
    const { sender, assignment, said, acceptedAt } = answer;
    const found = logged.get(key);
    const isSame = found?.said === said && (found.at === undefined || Date.parse(found.at) === Date.parse(acceptedAt));
    if (isSame || (found === undefined && !isCovered(log, acceptedAt))) continue;
    const evidence = { assignment, acceptedAt, receipt: said };
    if (found === undefined) findings.push({ code: "audit.left-out", subject: sender, evidence });
    else if (!isNewer(log, found, answer))
      findings.push({
        code: "audit.changed-answer",
        subject: sender,
        evidence: { ...evidence, log: found.said, ...(found.at === undefined ? {} : { loggedAt: found.at }) },
      });
  }
  return findings;
}

/** An answer as the log has it, and where its proof stands. */
interface LoggedAnswer {
  readonly said: string;
  /** When it was taken, as the log has it. */
  readonly at: string | undefined;
  readonly interval: number | undefined;
  readonly proof: unknown;
}

function loggedAnswers(tasks: readonly Task[]): Map<string, LoggedAnswer> {
  const logged = new Map<string, LoggedAnswer>();
  for (const { interval, votes, completions } of tasks) {
    for (const vote of votes) {
      const answer = { said: String(vote["choice"]), at: vote.at, interval, proof: vote["proof"] };
      logged.set(`${vote.voter} ${String(vote["assignment"])}`, answer);
    }
    for (const completion of completions) {
      const { sha256, at, proof } = completion as { sha256?: unknown; at?: unknown; proof?: unknown };
      const answer = { said: String(sha256), at: typeof at === "string" ? at : undefined, interval, proof };
      logged.set(`${completion.by} ${String(completion["assignment"])}`, answer);
    }
  }
  return logged;
}

/** Whether the log's answer rests on a request that its sender signed after the acknowledged one. */
function isNewer(log: TaskLog, { interval, proof }: LoggedAnswer, acknowledged: ReceivedAnswer): boolean {
  const proofs = log.intervals?.find(({ n }) => n === interval)?.["proofs"];
  const kept: unknown = Array.isArray(proofs) && typeof proof === "number" ? proofs[proof] : undefined;
  const { payload, signature } = Object(kept) as { payload?: unknown; signature?: unknown };
  if (typeof payload !== "string" || typeof signature !== "string") return false;
  const request = verifyProof({ payload, signature });
  return request?.sender === acknowledged.sender && request.nonceNs > acknowledged.nonce;
}

/** Whether an instant lies within a closed interval of the log. */
function isCovered(log: TaskLog, at: string): boolean {
  const ms = Date.parse(at);
  return (log.intervals ?? []).some((interval) => {
    const { openedAt, closedAt } = interval as { openedAt?: unknown; closedAt?: unknown };
    if (typeof openedAt !== "string" || typeof closedAt !== "string") return false;
    return Date.parse(openedAt) <= ms && ms <= Date.parse(closedAt);
  });
}
