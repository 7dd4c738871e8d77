import { cellWidth, fitCells } from "../base/cells.ts";
import { escapeControl } from "../base/text.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Columns with a higher number are dropped first where the terminal is too narrow; 0 (default) is never dropped. */
  readonly priority?: number;
  /** Never truncated below this many cells (default 6). */
  readonly min?: number;
}

const GAP = "  ";

/**
 * Draws a plain table that fits the width: drops columns by priority, then shortens the widest text.
 * Cells are escaped, so nothing that a peer wrote reaches the terminal raw.
 *
 * @param rows - One string per column, in the order of `columns`.
 * @returns Lines joined by \n, no trailing newline; the header only if there is no row.
 */
export function drawTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const safe = rows.map((row) => row.map((cell) => escapeControl(cell)));
  let kept = columns.map((_, index) => index);
  const natural = columns.map((column, index) =>
    Math.max(cellWidth(column.title), ...safe.map((row) => cellWidth(row[index] ?? ""))),
  );
  const total = (widths: readonly number[]): number =>
    kept.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + GAP.length * (kept.length - 1);
  const drop = (): number | undefined =>
    kept
      .filter((index) => (columns[index]?.priority ?? 0) > 0)
      .sort((a, b) => (columns[b]?.priority ?? 0) - (columns[a]?.priority ?? 0))[0];
  for (let worst = drop(); total(natural) > width && worst !== undefined; worst = drop()) {
    const gone = worst;
    kept = kept.filter((index) => index !== gone);
  }
  const widths = [...natural];
  while (total(widths) > width) {
    const widest = kept
      .filter((index) => (widths[index] ?? 0) > (columns[index]?.min ?? 6))
      .sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  const line = (cells: readonly string[]): string =>
    kept
      .map((index) => fitCells(cells[index] ?? "", Math.max(1, widths[index] ?? 1), columns[index]?.align))
      .join(GAP)
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...safe.map(line)].join("\n");
}
