import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { PageFile } from "../base/ports.ts";
import type { Label, Role } from "../protocol/messages.ts";
import type { JudgeReport } from "./judge-report.ts";
import type { ModelUse } from "./model-use.ts";

/** What a judge says about a pair. */
export interface Judgement {
  readonly choice: Label | "abstain";
  /** 0 (a guess) … 1 (sure); 0 with an abstention. */
  readonly confidence: number;
  /** One plain sentence, safe for a log, not for a terminal (it may quote a page). */
  readonly reason: string;
  /** Whether both orders gave the same answer; absent where a judge cannot depend on the order. */
  readonly consistent?: boolean;
}

/** What a brain may use for one answer. */
export interface BrainCall {
  readonly signal: AbortSignal;
  /** Milliseconds since the Unix epoch after which an answer is worth nothing. */
  readonly deadlineMs: number;
  /** Makes built-in brains repeatable; two calls with equal seed and input answer alike. */
  readonly seed?: string;
  readonly taskType?: string;
}

/** Something that can play: a program, a model, a rule. Refusals are {@link BrainError}s. */
export interface Brain {
  /** How it was asked for, without secrets: `heuristic`, `openai:MODEL`, … */
  readonly spec: string;
  readonly roles: readonly Role[];
  /** One set of files for a prompt. */
  generate(prompt: string, call: BrainCall): Promise<readonly PageFile[]>;
  /** Which of two outputs fits the prompt better. Never throws for a bad page; abstains where it cannot tell. */
  judge(prompt: string, a: readonly PageFile[], b: readonly PageFile[], call: BrainCall): Promise<Judgement>;
  /** How it judged in this session, where it is asked in both orders. */
  report?(): JudgeReport;
  /** What a model was asked and what it cost in this session. */
  use?(): ModelUse;
  close?(): Promise<void>;
}

/** A brain that did not answer: its program failed, its budget is used up, its answer was no answer. */
export class BrainError extends ColosseumError {
  constructor(message: string, fields: { code: string; hint?: string; exitCode?: ExitCode; cause?: unknown }) {
    super(message, { exitCode: ExitCode.invalid, ...fields });
  }
}

/** A role that this kind of brain does not have. */
export const cannot = (spec: string, role: Role): BrainError =>
  new BrainError(`The brain "${spec}" cannot be a ${role}.`, {
    code: "brains.wrong-role",
    exitCode: ExitCode.usage,
    hint: role === "generator" ? "Give one that can: --brain fixtures:0.8" : "Give one that can: --judge heuristic",
  });
