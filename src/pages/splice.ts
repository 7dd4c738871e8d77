/** Replaces the text from `start` to `end` (UTF-16 offsets, end exclusive). */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies replacements that do not overlap, given in any order. */
export function applySplices(source: string, splices: readonly Splice[]): string {
  let out = "";
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    if (splice.start < at) continue;
    out += source.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return out + source.slice(at);
}
