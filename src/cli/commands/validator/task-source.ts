import { resolve } from "node:path";
import { UsageError } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";
import type { StartFlags } from "./start-flags.ts";

/** How long a model may take for one baseline. */
const BASELINE_MS = 10 * 60_000;

/**
 * Where the tasks come from: the builder of pages, or prompts of one's own with a baseline that can follow them.
 *
 * @throws UsageError `usage.baseline`; ColosseumError `validator.prompts-unreadable` (14), `validator.no-prompts` (12).
 */
export async function taskSource(ctx: Context, flags: StartFlags) {
  const { taskSources } = await import("../../../validator/task-sources.ts");
  const prompts = flags.prompts === undefined ? undefined : await readPrompts(resolve(ctx.io.cwd, flags.prompts));
  if (prompts !== undefined && (flags.baseline === undefined || flags.baseline.startsWith("fixtures"))) {
    throw new UsageError("The fixture builder cannot follow prompts of your own.", {
      code: "usage.baseline",
      hint: "Name a baseline that can: --baseline openai:MODEL or --baseline exec:./agent.sh",
    });
  }
  const { makeBrain } = await import("../miner/make-brain.ts");
  const brain = flags.baseline === undefined ? undefined : await makeBrain(ctx, flags.baseline);
  const { createPageRunner } = await import("../../../sandbox/runner.ts");
  const inspector = flags.proveDamage ? createPageRunner() : undefined;
  if (inspector !== undefined) ctx.defer(() => inspector.close());
  return taskSources(flags.taskTypes ?? ["page"], {
    ...(prompts === undefined ? {} : { prompts }),
    ...(inspector === undefined ? {} : { inspector }),
    ...(brain === undefined
      ? {}
      : {
          baseline: (prompt, seed, taskType, signal) =>
            brain.generate(prompt, {
              signal: signal ?? ctx.signal,
              deadlineMs: ctx.clock.nowMs() + BASELINE_MS,
              seed,
              taskType,
            }),
        }),
  });
}

async function readPrompts(path: string): Promise<string[]> {
  const { readFile } = await import("node:fs/promises");
  const { ColosseumError, ExitCode, messageOf } = await import("../../../base/errors.ts");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ColosseumError(`Cannot read the prompts ${path}: ${messageOf(error)}.`, {
      code: "validator.prompts-unreadable",
      exitCode: ExitCode.io,
      hint: "Give a text file with one prompt a line.",
      cause: error,
    });
  }
  const prompts = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (prompts.length === 0) {
    throw new ColosseumError(`There is no prompt in ${path}.`, {
      code: "validator.no-prompts",
      exitCode: ExitCode.invalid,
      hint: "Write one prompt a line.",
    });
  }
  return prompts;
}
