import { resolve } from "node:path";
import type { Command } from "commander";
import type { Formula } from "../../../arena/formula.ts";
import type { Registry } from "../../../arena/registry.ts";
import { UsageError } from "../../../base/errors.ts";
import type { ArenaStore } from "../../../store/arena-store.ts";
import type { Context } from "../../context.ts";
import { scopeOf } from "./stored-registry.ts";

/** How posts become scores, as flags say it. */
export interface ScoringFlags {
  readonly formula: string;
  readonly registry?: string;
  readonly window?: string;
  readonly at?: string;
  readonly set?: readonly string[];
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds the flags that choose a formula, its numbers, who competes and which posts count. */
export const withScoringFlags = (command: Command, end: "the newest post" | "now"): Command =>
  command
    .option("--formula <name>", "colosseum or masa-v1", "colosseum")
    .option("--registry <file>", "who competes: CSV user_id,uid[,…] or JSON (default: the accounts in the store)")
    .option("--window <time>", "posts of the last 7d, 36h … or all (default: 7d; masa-v1: all)")
    .option("--at <time>", `end of the window, RFC 3339 (default: ${end})`)
    .option("--set <key=value>", "change a number of the formula; repeatable", collect);

export interface ChosenScoring {
  readonly formula: Formula;
  readonly settings: readonly string[];
  /** As typed, or the formula's own. */
  readonly window: string;
  readonly windowSeconds: number;
  /** Seconds since the Unix epoch; undefined where no flag says it. */
  readonly at: number | undefined;
}

/** What the flags choose. @throws UsageError */
export async function chosenScoring(flags: ScoringFlags): Promise<ChosenScoring> {
  const { formulaNamed } = await import("../../../arena/formula.ts");
  const { applySettings } = await import("../../../arena/settings.ts");
  const { parseWindow } = await import("../../../arena/window.ts");
  const formula = formulaNamed(flags.formula);
  const settings = flags.set ?? [];
  applySettings(formula.settings, settings);
  const window = flags.window ?? formula.window;
  return { formula, settings, window, windowSeconds: parseWindow(window), at: parseAt(flags.at) };
}

function parseAt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new UsageError(`"${text}" is not a time.`, {
      code: "usage.time",
      hint: "Write RFC 3339, for example 2026-01-31T12:00:00Z",
    });
  }
  return ms / 1_000;
}

/**
 * Who competes: a file, else the accounts in the store, else everybody who posted (undefined, with a warning).
 *
 * @param store - Undefined where posts are read from files only.
 */
export async function chosenRegistry(
  ctx: Context,
  path: string | undefined,
  store: ArenaStore | undefined,
): Promise<Registry | undefined> {
  if (path !== undefined) return await registryFile(ctx, path);
  const scope = store === undefined ? undefined : scopeOf(ctx, store);
  if (store !== undefined && scope !== undefined) {
    const { registryOf } = await import("../../../social/scoring.ts");
    return registryOf(store.accounts.all(scope));
  }
  ctx.out.warn({
    code: "arena.no-registry",
    message: "No --registry: every author counts as an agent without a uid.",
  });
  return undefined;
}

async function registryFile(ctx: Context, path: string): Promise<Registry> {
  const { readRegistry } = await import("../../../feeds/files-registry.ts");
  const registry = await readRegistry(resolve(ctx.io.cwd, path));
  if (registry.conflicts.length > 0) {
    ctx.out.warn({
      code: "arena.registry-conflict",
      message: `The registry names ${registry.conflicts.length} account(s) with two uids (${registry.conflicts[0]} first); the later line counts.`,
    });
  }
  return registry;
}
