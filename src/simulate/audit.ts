import { setImmediate } from "node:timers/promises";
import { seededRandom } from "../base/random.ts";
import { verifyDraws } from "../mechanism/draws-verify.ts";
import type { Task, TaskLog } from "../mechanism/task-log.ts";
import { pairAgreements } from "../ratings/agreement.ts";
import { upperTail } from "../ratings/binomial.ts";
import { type CrowdModel, fitCrowd } from "../ratings/crowd-model.ts";
import { findGroups, GROUP_FALSE_ALARM_RATE, type SuspectGroup, worldsFor } from "../ratings/group-test.ts";
import { type DuelVotes, type VoteTable, voteTable } from "../ratings/vote-table.ts";
import { IdenticalOutputs } from "./audit-content.ts";
import { checkReceipts, type Receipts } from "./audit-receipts.ts";
import { checkScores } from "./audit-scores.ts";
import type { AuditDifference, CheckResult, Finding, Verdict } from "./audit-types.ts";
import { type VoterRecord, VoterTallies, voterFindings } from "./audit-voters.ts";
import { checkVotes } from "./audit-votes.ts";
import { validVotes } from "./valid-votes.ts";

/** Votes are called copied from this share of agreement and this many common duels on, where chance is ruled out. */
const COPIED_SHARE = 0.99;
const COPIED_TASKS = 30;
const COPIED_FALSE_ALARM_RATE = 0.01;
/** Milliseconds of work between two looks at the event loop. */
const SLICE_MS = 20;

/** How often one voter agreed with another on duels that both judged. */
export interface Agreement {
  readonly with: string;
  readonly tasks: number;
  readonly agree: number;
  /** Agreements of two honest voters of their accuracies. */
  readonly expected: number;
  readonly z: number;
}

export interface AuditedVoter extends VoterRecord {
  /** Estimated share of duels in which the voter saw the better output; null without a duel. */
  readonly accuracy: number | null;
  /** With every other voter, the most surprising first. */
  readonly agreement: readonly Agreement[];
}

/** What `audit` answers. */
export interface Audit {
  readonly verified: { readonly draws: Verdict; readonly votes: Verdict; readonly scores: Verdict };
  readonly firstDifference: AuditDifference | null;
  readonly voters: readonly AuditedVoter[];
  /** Groups of voters and how they were tested. */
  readonly groups: readonly SuspectGroup[];
  readonly groupTest: { readonly falseAlarmRate: number; readonly simulatedLogs: number; readonly duels: number };
  readonly findings: readonly Finding[];
}

export interface AuditOptions {
  readonly receipts?: Receipts;
  /** What a comparison with the chain found. */
  readonly chain?: readonly Finding[];
  readonly signal?: AbortSignal;
  /** What is being done now, in words. */
  readonly onStage?: (stage: string) => void;
}

/**
 * Audits a log: is it what follows from its seeds and signatures, and do its votes look like those of people who judge
 * for themselves? All statistics together raise a false alarm in fewer than 5 of 100 honest logs.
 *
 * @param log - Valid by the format's rules.
 */
export async function auditLog(log: TaskLog, options: AuditOptions = {}): Promise<Audit> {
  const stage = (name: string): void => options.onStage?.(name);
  stage("draws");
  const draws = drawsOf(log);
  stage("signatures");
  const votes = await drained(checkVotes(log), options.signal);
  stage("scores");
  const scores = checkScores(log);
  stage("votes");
  const tallies = new VoterTallies();
  const outputs = new IdenticalOutputs();
  for (const task of log.tasks) {
    tallies.add(task);
    outputs.add(task);
  }
  const records = tallies.records();
  const table = voteTable(log.tasks.flatMap(duelOf));
  const model = fitCrowd(table);
  stage("groups");
  const worlds = worldsFor(table.voter.length);
  const { groups, worlds: simulated } = await drained(findGroups(table, seededRandom("audit"), worlds), options.signal);
  const { voters, copied } = withAgreement(records, table, model);
  const checks: [string, CheckResult][] = [
    ["draws", draws],
    ["votes", votes],
    ["scores", scores],
  ];
  const findings: Finding[] = [
    ...checks.flatMap(([name, { difference }]) => (difference === null ? [] : [differenceFinding(name, difference)])),
    ...missingIntervals(log),
    ...(options.chain ?? []),
    ...(options.receipts === undefined ? [] : checkReceipts(log, options.receipts.answers)),
    ...groups.map(groupFinding),
    ...copied,
    ...voterFindings(records),
    ...outputs.findings(),
  ];
  return {
    verified: { draws: draws.verdict, votes: votes.verdict, scores: scores.verdict },
    firstDifference: draws.difference ?? votes.difference ?? scores.difference,
    voters,
    groups,
    groupTest: { falseAlarmRate: GROUP_FALSE_ALARM_RATE, simulatedLogs: simulated, duels: table.firstAuthor.length },
    findings,
  };
}

/** Runs a computation to its end in slices, so that Ctrl-C is heard. */
async function drained<T>(work: Generator<undefined, T>, signal: AbortSignal | undefined): Promise<T> {
  let sliceEnds = Date.now() + SLICE_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (Date.now() < sliceEnds) continue;
    await setImmediate();
    signal?.throwIfAborted();
    sliceEnds = Date.now() + SLICE_MS;
  }
}

function drawsOf(log: TaskLog): CheckResult {
  const { verdict, firstDifference } = verifyDraws(log);
  if (firstDifference === null) return { verdict, difference: null };
  const { interval, round, task, field, expected, found } = firstDifference;
  const where = round === null ? field : `rounds[${round}].${field}`;
  return { verdict, difference: { check: "draws", interval, task, field: where, expected, found } };
}

/** A duel's votes as the statistics want them; traps and synthetic tasks say less about whom somebody favours. */
function duelOf(task: Task): DuelVotes[] {
  const [first, second, third] = task.completions;
  if (task.kind !== "duel" || first?.source !== "miner" || second?.source !== "miner" || third !== undefined) return [];
  const votes = validVotes(task).flatMap(({ voter, completion }) =>
    completion === null ? [] : [{ voter, choice: completion.id === first.id ? (0 as const) : (1 as const) }],
  );
  return [{ authors: [first.by, second.by], votes }];
}

function withAgreement(
  records: readonly VoterRecord[],
  table: VoteTable,
  model: CrowdModel,
): { voters: AuditedVoter[]; copied: Finding[] } {
  const pairs = pairAgreements(table, model);
  const nameOf = (place: number): string => table.people[place] ?? "";
  const byVoter = new Map<string, Agreement[]>(records.map(({ hotkey }) => [hotkey, []]));
  const copied: Finding[] = [];
  for (const { a, b, tasks, agree, expected, z } of pairs) {
    byVoter.get(nameOf(a))?.push({ with: nameOf(b), tasks, agree, expected, z });
    byVoter.get(nameOf(b))?.push({ with: nameOf(a), tasks, agree, expected, z });
    if (tasks < COPIED_TASKS || agree < COPIED_SHARE * tasks) continue;
    const p = upperTail(agree, tasks, expected / tasks);
    if (p >= COPIED_FALSE_ALARM_RATE / pairs.length) continue;
    copied.push({
      code: "audit.copied-votes",
      subject: [nameOf(a), nameOf(b)],
      evidence: { tasks, agree, expected, p },
    });
  }
  const placeOf = new Map(table.people.map((name, place) => [name, place]));
  const voters = records.map((record) => {
    const agreement = (byVoter.get(record.hotkey) ?? []).sort((x, y) => y.z - x.z || (x.with < y.with ? -1 : 1));
    const place = agreement.length === 0 ? undefined : placeOf.get(record.hotkey);
    return { ...record, accuracy: place === undefined ? null : (model.accuracy[place] ?? null), agreement };
  });
  return { voters, copied };
}

/** Intervals between the log's first and last that it does not have: a validator exports one, or all of them. */
function missingIntervals({ intervals = [] }: TaskLog): Finding[] {
  const revealed = intervals.filter(({ seed }) => seed !== undefined).map(({ n }) => n);
  const listed = [...revealed].sort((a, b) => a - b);
  return listed.flatMap((n, place) => {
    const before = listed[place - 1];
    if (before === undefined || n - before <= 1) return [];
    const [first, last] = [before + 1, n - 1];
    const subject = first === last ? `interval ${first}` : `intervals ${first} to ${last}`;
    return [{ code: "audit.interval-missing", subject, evidence: { before, after: n } }];
  });
}

const differenceFinding = (check: string, { interval, ...evidence }: AuditDifference): Finding => ({
  code: `audit.${check}-differ`,
  subject: interval === null ? "log" : `interval ${interval}`,
  evidence,
});

const groupFinding = ({ members, excess, votes, p }: SuspectGroup): Finding => ({
  code: "audit.mutual-votes",
  subject: members,
  evidence: { excess, votes, p },
});
