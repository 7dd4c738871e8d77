import { join, resolve } from "node:path";
import { ExitCode, UsageError } from "../../../base/errors.ts";
import { escapeControl } from "../../../base/text.ts";
import { type Brain, BrainError } from "../../../brains/brain.ts";
import { type Budget, dailyBudget, parseBudget } from "../../../brains/budget.ts";
import { lazyBrain } from "../../../brains/lazy.ts";
import type { Price } from "../../../brains/price.ts";
import { parseBrainSpec, showBrainSpec } from "../../../brains/spec.ts";
import type { Context } from "../../context.ts";

/** What brains may cost. */
export interface BrainLimits {
  readonly budget?: Budget;
  readonly price?: Price;
}

/**
 * `--budget` and `--price`.
 *
 * @param memoryDir - A folder that remembers what today has cost; without it every start begins with the whole budget.
 * @throws UsageError `usage.budget`, `usage.price`.
 */
export async function openLimits(
  ctx: Context,
  flags: { readonly budget?: string; readonly price?: string },
  memoryDir?: string,
): Promise<BrainLimits> {
  const limit = flags.budget === undefined ? undefined : parseBudget(flags.budget);
  const memory =
    limit === undefined || memoryDir === undefined
      ? undefined
      : (await import("./budget-file.ts")).budgetFile(join(memoryDir, "budget.json"), limit.unit);
  return {
    ...(limit === undefined ? {} : { budget: dailyBudget(limit, ctx.clock, memory) }),
    ...(flags.price === undefined ? {} : { price: (await import("../../../brains/price.ts")).parsePrice(flags.price) }),
  };
}

/** Makes the brain that a spec names; what it opens is closed with the command. */
export async function makeBrain(ctx: Context, text: string, limits: BrainLimits = {}): Promise<Brain> {
  const spec = parseBrainSpec(text);
  switch (spec.kind) {
    case "fixtures": {
      const { quality } = spec;
      return lazyBrain({ spec: showBrainSpec(spec), roles: ["generator"] }, async () =>
        (await import("../../../brains/fixtures.ts")).fixturesBrain(quality),
      );
    }
    case "heuristic":
      return lazyBrain({ spec: "heuristic", roles: ["discriminator"] }, async () => {
        const { createPageRunner } = await import("../../../sandbox/runner.ts");
        const inspector = createPageRunner();
        ctx.defer(() => inspector.close());
        return (await import("../../../brains/heuristic.ts")).heuristicBrain({ inspector });
      });
    case "exec":
      await requireProgram(ctx.io.cwd, spec.command);
      return (await import("../../../brains/exec.ts")).execBrain(spec.command, {
        cwd: ctx.io.cwd,
        env: ctx.io.env,
        onStderr: (line) => ctx.out.status(`brain: ${escapeControl(line)}`),
      });
    case "openai":
      return (await import("../../../brains/openai.ts")).openaiBrain({
        model: spec.model,
        env: ctx.io.env,
        ...(limits.budget === undefined ? {} : { budget: limits.budget }),
        ...(limits.price === undefined ? {} : { price: limits.price }),
      });
    case "human":
      throw new UsageError("A person does not play in the background.", {
        code: "usage.brain",
        hint: "Use: colosseum vote",
      });
  }
}

/**
 * A program named by its path is looked for at the start, not at the first task; one of the PATH is left to the system.
 *
 * @throws BrainError `brains.exec-not-found` (14).
 */
async function requireProgram(cwd: string, command: string): Promise<void> {
  const { splitCommand } = await import("../../../brains/command-line.ts");
  const [program] = splitCommand(command);
  if (!program.includes("/")) return;
  const { access, constants } = await import("node:fs/promises");
  const path = resolve(cwd, program);
  const why = await access(path, constants.X_OK).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => (code === "EACCES" ? "it may not be executed" : "there is no such program"),
  );
  if (why === undefined) return;
  throw new BrainError(`Cannot start the brain "${program}": ${why}.`, {
    code: "brains.exec-not-found",
    exitCode: ExitCode.io,
    hint: "Check the path, and that it is executable: chmod +x FILE",
  });
}

/** @throws UsageError `usage.brain-role` if a brain does not have this role. */
export function requireRole(brain: Brain, role: "generator" | "discriminator"): Brain {
  if (brain.roles.includes(role)) return brain;
  throw new UsageError(`The brain "${brain.spec}" cannot be a ${role}.`, {
    code: "usage.brain-role",
    hint:
      role === "generator" ? "For example: --brain fixtures:0.8 --judge heuristic" : "For example: --judge heuristic",
  });
}

/** What `--brain`, `--judge` and `--role` come to. */
export interface ChosenBrains {
  readonly roles: readonly ("generator" | "discriminator")[];
  readonly brain?: Brain;
  readonly judge?: Brain;
}

export interface BrainFlags {
  readonly role?: readonly ("generator" | "discriminator")[];
  readonly brain?: string;
  readonly judge?: string;
}

/** Without `--brain` the fixture builder generates; without `--judge` the generator's own brain judges if it can, else the heuristic. */
export async function chooseBrains(ctx: Context, flags: BrainFlags, limits: BrainLimits = {}): Promise<ChosenBrains> {
  const roles = flags.role ?? (["generator", "discriminator"] as const);
  const forBrain = flags.brain ?? "fixtures:1";
  const both = /^(openai|exec):/.test(forBrain);
  const forJudge = flags.judge ?? (both ? forBrain : "heuristic");
  const brain = roles.includes("generator") ? await makeBrain(ctx, forBrain, limits) : undefined;
  const judge = !roles.includes("discriminator")
    ? undefined
    : forJudge === forBrain && brain !== undefined
      ? brain
      : await makeBrain(ctx, forJudge, limits);
  for (const [chosen, role] of [
    [brain, "generator"],
    [judge, "discriminator"],
  ] as const) {
    if (chosen !== undefined) requireRole(chosen, role);
  }
  return { roles, ...(brain === undefined ? {} : { brain }), ...(judge === undefined ? {} : { judge }) };
}
