/** What a part of an audit came to: `skipped` where the log has nothing to check it by. */
export type Verdict = "ok" | "differs" | "skipped";

/** The first place where a log says something else than what follows from it. */
export interface AuditDifference {
  readonly check: "draws" | "votes" | "scores";
  readonly interval: number | null;
  readonly task: string | null;
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

export interface CheckResult {
  readonly verdict: Verdict;
  readonly difference: AuditDifference | null;
}

/** Something that whoever runs the subnet should look at; a reason to exit with 3. */
export interface Finding {
  /** Stable: `audit.kebab-case`. */
  readonly code: string;
  /** A hotkey, several, or `interval N`. */
  readonly subject: string | readonly string[];
  readonly evidence: Readonly<Record<string, unknown>>;
}
