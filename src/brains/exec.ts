import type { z } from "zod";
import type { PageFile } from "../base/ports.ts";
import { askBothOrders } from "./ask-both-orders.ts";
import type { OneVerdict } from "./both-orders.ts";
import { type Brain, type BrainCall, BrainError } from "./brain.ts";
import { splitCommand } from "./command-line.ts";
import { EXEC_VERSION, type ExecRequest, execFilesSchema, execJudgementSchema } from "./exec-messages.ts";
import { judgeRecord } from "./judge-record.ts";
import { runCommand } from "./run-command.ts";

export interface ExecOptions {
  /** At most this long for one answer, however far the deadline is. */
  readonly timeoutMs?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onStderr?: (line: string) => void;
}

/**
 * Any program as a brain: one JSON object on its standard input, one on its standard output, exit code 0. It is started
 * anew for each question and never through a shell; a pair is shown in both orders.
 *
 * @param command - Program and arguments, with quotes where words have spaces.
 */
export function execBrain(command: string, options: ExecOptions = {}): Brain {
  const [program, ...args] = splitCommand(command);
  const timeoutMs = options.timeoutMs ?? 300_000;
  const record = judgeRecord();

  async function ask<T extends z.ZodType>(
    request: (timeLeftMs: number) => ExecRequest,
    schema: T,
    call: BrainCall,
  ): Promise<z.infer<T>> {
    const timeLeftMs = Math.max(0, Math.min(timeoutMs, Math.floor(call.deadlineMs - Date.now())));
    const output = await runCommand({
      program,
      args,
      input: `${JSON.stringify(request(timeLeftMs))}\n`,
      timeoutMs: timeLeftMs,
      signal: call.signal,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.onStderr === undefined ? {} : { onStderr: options.onStderr }),
    });
    return readAnswer(program, output, schema);
  }

  const common = (call: BrainCall) => ({
    v: EXEC_VERSION,
    taskType: call.taskType ?? "page",
    ...(call.seed === undefined ? {} : { seed: call.seed }),
  });
  async function judgeOnce(
    prompt: string,
    first: readonly PageFile[],
    second: readonly PageFile[],
    call: BrainCall,
  ): Promise<OneVerdict> {
    const answer = await ask(
      (timeLeftMs) => ({
        ...common(call),
        v: EXEC_VERSION,
        do: "judge",
        prompt,
        outputs: [
          { label: "A", files: first.map(({ name, content }) => ({ name, content })) },
          { label: "B", files: second.map(({ name, content }) => ({ name, content })) },
        ],
        timeLeftMs,
      }),
      execJudgementSchema,
      call,
    );
    return {
      choice: answer.choice === "A" ? "first" : answer.choice === "B" ? "second" : "abstain",
      confidence: answer.choice === "abstain" ? 0 : (answer.confidence ?? 0.5),
      reason: answer.reason ?? "The program gave no reason.",
    };
  }
  return {
    spec: `exec:${command}`,
    roles: ["generator", "discriminator"],
    generate: async (prompt, call) =>
      (
        await ask(
          (timeLeftMs) => ({ ...common(call), v: EXEC_VERSION, do: "generate", prompt, timeLeftMs }),
          execFilesSchema,
          call,
        )
      ).files,
    judge: askBothOrders(judgeOnce, record),
    report: record.report,
  };
}

function readAnswer<T extends z.ZodType>(program: string, output: string, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    const shown = output.trim() === "" ? "nothing" : "something else";
    throw new BrainError(`"${program}" printed ${shown}, not one JSON object.`, {
      code: "brains.exec-not-json",
      hint: "Logs belong on standard error.",
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BrainError(
    `"${program}" answered in a wrong form: ${issue?.path.join(".") || "its object"}: ${issue?.message ?? "unexpected"}.`,
    {
      code: "brains.exec-bad-answer",
      hint: "Its form is in schemas/brain-files.json and schemas/brain-judgement.json.",
    },
  );
}
