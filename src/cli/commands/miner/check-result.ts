/** One thing that was tried. */
export interface CheckResult {
  readonly id: string;
  readonly status: "ok" | "warn" | "fail" | "skip";
  readonly message: string;
  readonly hint: string | null;
}
