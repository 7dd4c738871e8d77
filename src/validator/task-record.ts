import type { Completion, Task, Vote } from "../mechanism/task-log.ts";
import type { CompletionRecord } from "../store/answers.ts";
import type { TaskRecord } from "../store/tasks.ts";
import type { ValidatorStore } from "../store/validator-store.ts";
import { playedAs } from "./played-as.ts";

export interface RecordOptions {
  readonly validator: string;
  /** Place of a request in its interval's `proofs`; absent: proofs are left out. */
  readonly proofIndex?: ReadonlyMap<number, number>;
  /** Completions with their files. */
  readonly files?: boolean;
  /** End of a stage that has not come yet, for open tasks. */
  readonly plannedEndMs?: number;
}

const instant = (ms: number): string => new Date(ms).toISOString();

/**
 * A stored task as the log has it. Settlement scores exactly these objects, so that a replay of the log cannot come to
 * another result.
 */
export function taskRecord(store: ValidatorStore, task: TaskRecord, options: RecordOptions): Task {
  const { draw } = task;
  const { kind, negative } = playedAs(task);
  const proof = (request: number | null): { proof?: number } => {
    const place = request === null ? undefined : options.proofIndex?.get(request);
    return place === undefined ? {} : { proof: place };
  };
  const heads = store.answers.completionHeads(task.id);
  const files = options.files === true ? new Map(store.answers.completions(task.id).map((c) => [c.id, c])) : undefined;
  const completions = heads.map((head): Completion => {
    const assignment = draw.generators.find(({ hotkey }) => hotkey === head.hotkey)?.assignment;
    return {
      id: head.id,
      by: head.hotkey,
      source: head.source,
      at: instant(head.atMs),
      ...(assignment === undefined || head.source === "validator" ? {} : { assignment }),
      sha256: head.sha256,
      ...(head.shownSha256 === null ? {} : { shownSha256: head.shownSha256 }),
      ...shownFiles(files?.get(head.id)),
      ...proof(head.request),
    };
  });
  const assignmentOf = new Map(draw.voters.map((voter) => [voter.hotkey, voter.assignment]));
  const votes = store.answers.votes(task.id).map((vote): Vote => {
    const assignment = assignmentOf.get(vote.voter);
    return {
      voter: vote.voter,
      completion: vote.completion,
      at: instant(vote.atMs),
      choice: vote.choice,
      ...(assignment === undefined ? {} : { assignment }),
      ...proof(vote.request),
    };
  });
  const endMs = task.expiresAtMs ?? Math.max(options.plannedEndMs ?? 0, task.createdAtMs);
  return {
    id: task.id,
    interval: task.interval,
    round: task.round,
    index: draw.index,
    kind,
    taskType: draw.taskType,
    createdAt: instant(task.createdAtMs),
    ...(task.votingOpensAtMs === null ? {} : { votingOpensAt: instant(task.votingOpensAtMs) }),
    expiresAt: instant(endMs),
    validator: options.validator,
    generators: draw.generators.map(({ hotkey }) => hotkey),
    completions,
    ...(negative === null ? {} : { negative }),
    ...(draw.method === null ? {} : { method: draw.method }),
    ...(draw.decoy === null ? {} : { decoy: draw.decoy }),
    discriminators: draw.voters.map(({ hotkey }) => hotkey),
    votes,
    prompt: task.prompt,
    ...(task.preparation === null ? {} : { preparation: task.preparation }),
    ...(task.commitment === null ? {} : { commitment: task.commitment }),
    ...(task.voidReason === null ? {} : { voidReason: task.voidReason }),
  };
}

function shownFiles(completion: CompletionRecord | undefined): Partial<Pick<CompletionRecord, "files" | "shown">> {
  if (completion === undefined) return {};
  return { files: completion.files, ...(completion.shown === null ? {} : { shown: completion.shown }) };
}
