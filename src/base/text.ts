/**
 * Control characters (C0, C1, DEL), line separators, direction marks and overrides, and what is drawn as nothing: soft
 * hyphens, spaces without width, fillers, tags. Joiners are not among them: scripts and emoji need them.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Makes text from a stranger safe for a terminal: what moves the cursor, turns the direction or cannot be seen becomes a
 * visible escape. Tabs and newlines too, unless `multiline`.
 */
export function escapeControl(text: string, options: { multiline?: boolean } = {}): string {
  const kept = options.multiline === true ? "\n\t" : "";
  return text.replace(UNSAFE, (char) =>
    kept.includes(char) ? char : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** Cuts to `width` characters (code points) with an ellipsis; `width` ≥ 1. */
export function truncate(text: string, width: number): string {
  const points = [...text];
  return points.length <= width ? text : `${points.slice(0, Math.max(0, width - 1)).join("")}…`;
}

/** An address for a table: first six characters, an ellipsis, the last four. */
export const shortAddress = (address: string): string =>
  address.length <= 14 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`;

/** Orders names as people do: coldkey2 before coldkey10; equal numbers by code unit, so that the order is total. */
export function compareNatural(a: string, b: string): number {
  const split = (text: string): string[] => text.split(/([0-9]+)/);
  const left = split(a);
  const right = split(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? "";
    const y = right[i] ?? "";
    if (x === y) continue;
    const numeric = i % 2 === 1 ? Number(x) - Number(y) : 0;
    return numeric !== 0 ? numeric : compareText(x, y);
  }
  return left.length - right.length || compareText(a, b);
}

/** Orders by UTF-16 code unit, the same on every machine (localeCompare is not). */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The candidates nearest to a mistyped word, best first: at most `limit`, within a third of its length. */
export function closest(word: string, candidates: readonly string[], limit = 3): string[] {
  const most = Math.max(1, Math.ceil(word.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= most || (word.length > 2 && candidate.startsWith(word)))
    .sort((a, b) => a.distance - b.distance || compareText(a.candidate, b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      row.push(best);
    }
  }
  return at(a.length, b.length);
}
