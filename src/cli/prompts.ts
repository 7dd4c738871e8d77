import { ColosseumError, ExitCode, UsageError } from "../base/errors.ts";
import type { Context } from "./context.ts";

/** Asked on stderr, so that stdout stays the result's. */
const streams = (ctx: Context) => ({ input: ctx.io.stdin, output: ctx.io.stderr, signal: ctx.signal });

/** A question that nobody can be asked: without a terminal, or with `--no-input`. The hint names the flag that answers it. */
export function unansweredError(question: string, code: string, hint: string): UsageError {
  return new UsageError(`${question} There is no terminal to ask at.`, { code, hint });
}

/** A prompt that was left with Ctrl-C or Ctrl-D ends the command like any Ctrl-C. */
async function asked<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /^(ExitPromptError|CancelPromptError|AbortPromptError)$/.test(error.name)) {
      if (signal.aborted) throw new DOMException("stopped while asking", "AbortError");
      throw new ColosseumError("The question was left unanswered; nothing was changed.", {
        code: "usage.unanswered",
        exitCode: ExitCode.interrupted,
        hint: "Run the command again, or answer by flag.",
      });
    }
    throw error;
  }
}

/**
 * Asks for something that must not be seen.
 *
 * @param missing - The usage error where nobody can be asked.
 */
export async function askSecret(ctx: Context, message: string, missing: () => UsageError): Promise<string> {
  if (!ctx.interactive) throw missing();
  const { password } = await import("@inquirer/prompts");
  return asked(password({ message, mask: "*" }, streams(ctx)), ctx.signal);
}

/** Asks for a new password twice; it may not be empty. */
export async function askNewPassword(ctx: Context, message: string, missing: () => UsageError): Promise<string> {
  for (;;) {
    const first = await askSecret(ctx, message, missing);
    if (first === "") {
      ctx.io.stderr.write("A password may not be empty.\n");
      continue;
    }
    if ((await askSecret(ctx, "The same password again", missing)) === first) return first;
    ctx.io.stderr.write("The two passwords differ; once more.\n");
  }
}

/**
 * Asks for a yes. `--yes` answers it.
 *
 * @param standard - What the Enter key alone says; yes only where nothing can be lost.
 * @throws UsageError `usage.confirm` naming `--yes` where nobody can be asked.
 */
export async function askConfirmation(ctx: Context, question: string, standard = false): Promise<boolean> {
  if (ctx.flags.yes) return true;
  if (!ctx.interactive) {
    throw unansweredError(question, "usage.confirm", "Add --yes to go ahead.");
  }
  const { confirm } = await import("@inquirer/prompts");
  return asked(confirm({ message: question, default: standard }, streams(ctx)), ctx.signal);
}

/** One thing to choose from. */
export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly description?: string;
}

/**
 * Asks to choose one of several.
 *
 * @param missing - The usage error where nobody can be asked.
 */
export async function askChoice<T>(
  ctx: Context,
  message: string,
  choices: readonly Choice<T>[],
  missing: () => UsageError,
): Promise<T> {
  if (!ctx.interactive) throw missing();
  const { select } = await import("@inquirer/prompts");
  return asked(select<T>({ message, choices: choices.map((choice) => ({ ...choice })) }, streams(ctx)), ctx.signal);
}

/**
 * Asks for a line of text until `check` accepts it.
 *
 * @param check - Turns the answer into what is wanted; its UsageError is shown and the question asked again.
 * @param missing - The usage error where nobody can be asked.
 * @param standard - What Enter alone answers.
 */
export async function askText<T>(
  ctx: Context,
  message: string,
  check: (text: string) => T,
  missing: () => UsageError,
  standard?: string,
): Promise<T> {
  if (!ctx.interactive) throw missing();
  const { input } = await import("@inquirer/prompts");
  const validate = (text: string): true | string => {
    try {
      check(text.trim());
      return true;
    } catch (error) {
      if (error instanceof UsageError) return `${error.message} ${error.hint ?? ""}`.trim();
      throw error;
    }
  };
  const given = standard === undefined ? {} : { default: standard };
  return check((await asked(input({ message, validate, ...given }, streams(ctx)), ctx.signal)).trim());
}
