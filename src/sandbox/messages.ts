import type { PageFile, PageRun } from "../base/ports.ts";
import type { PageCheck } from "../pages/checks.ts";

/** What the parent asks of the child, one JSON line each. */
export interface PageRequest {
  readonly files: readonly PageFile[];
  readonly checks: readonly PageCheck[];
  /** Without checks the page is observed: loaded, filled in, clicked through. */
  readonly observe: boolean;
}

/** What the child answers, one JSON line each. Everything in it may have been forged by the page: data, not facts. */
export interface PageReply {
  readonly run: PageRun;
  readonly passed: readonly boolean[];
}
