import type { Command } from "commander";
import { parseDurationMs } from "../../../base/units.ts";
import type { VerifyRules } from "../../../social/verify.ts";

/** What proofs must satisfy beside the checks that always apply. */
export interface RuleFlags {
  readonly maxAge?: number;
  readonly requireAutomation?: boolean;
  readonly minAccountAge?: number;
}

/** Adds the flags of optional checks. */
export const withRuleFlags = (command: Command): Command =>
  command
    .option("--max-age <time>", "how long after signing the text may be posted (default 1d)", parseDurationMs)
    .option("--require-automation", "the account must say that it is automated")
    .option("--min-account-age <time>", "the account must be so old, for example 30d", parseDurationMs);

/** The rules that flags name; the rest is as usual. */
export async function verifyRules(flags: RuleFlags, hotkey?: string): Promise<VerifyRules> {
  const { DEFAULT_VERIFY_RULES } = await import("../../../social/verify.ts");
  return {
    ...DEFAULT_VERIFY_RULES,
    ...(flags.maxAge === undefined ? {} : { maxAgeSeconds: flags.maxAge / 1_000 }),
    ...(flags.requireAutomation === undefined ? {} : { requireAutomation: flags.requireAutomation }),
    ...(flags.minAccountAge === undefined ? {} : { minAccountAgeSeconds: flags.minAccountAge / 1_000 }),
    hotkey,
  };
}
