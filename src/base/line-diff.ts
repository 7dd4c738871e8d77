/** One line of a comparison. */
export interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** Longer texts are compared up to here; the rest is marked as replaced. */
const MAX_LINES = 600;

/** What leads from one list of lines to another: a shortest edit by longest common subsequence, removals first. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const a = before.slice(0, MAX_LINES);
  const b = after.slice(0, MAX_LINES);
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ mark: " ", text: a[i] ?? "" });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      lines.push({ mark: "-", text: a[i++] ?? "" });
    else lines.push({ mark: "+", text: b[j++] ?? "" });
  }
  for (const text of before.slice(MAX_LINES)) lines.push({ mark: "-", text });
  for (const text of after.slice(MAX_LINES)) lines.push({ mark: "+", text });
  return lines;
}
