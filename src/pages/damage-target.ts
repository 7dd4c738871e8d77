import type { HtmlDocument } from "./parse.ts";
import type { Splice } from "./splice.ts";

/** A page as the kinds of damage see it. Offsets are into `html`. */
export interface DamageTarget {
  readonly html: string;
  readonly document: HtmlDocument;
  readonly scripts: readonly { readonly source: string; readonly at: number; readonly tree: object }[];
}

/** One way to damage a page: edits that belong together. */
export type Candidate = readonly Splice[];
