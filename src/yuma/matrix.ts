import type { SparseRow } from "./epoch-types.ts";
import { div } from "./fixed.ts";

/**
 * Validators × neurons in Q32, rows kept only for uids that have entries. 0 stands for "no entry": the runtime drops
 * cells that become 0, and treats missing ones as 0, in every step but one (see {@link Weights}).
 */
export interface Matrix {
  /** The uids that have a row, ascending. */
  readonly uids: readonly number[];
  /** Number of columns, one per neuron. */
  readonly n: number;
  /** Row-major cells, `uids.length × n`. */
  readonly cells: Float64Array;
}

/** Weights after the masks. An explicit zero is an entry to liquid alpha when bonds take unclipped weights. */
export interface Weights extends Matrix {
  /** 1 where an entry is stored, zeros included. */
  readonly entries: Uint8Array;
}

/** An empty matrix with a row for each of these uids. */
export const zeroMatrix = (uids: readonly number[], n: number): Matrix => ({
  uids,
  n,
  cells: new Float64Array(uids.length * n),
});

/** Divides each cell by its column's sum; columns that sum to 0 stay. Returns a new matrix. */
export function columnNormalised(matrix: Matrix): Matrix {
  const { n, cells } = matrix;
  const sums = new Float64Array(n);
  for (let at = 0; at < cells.length; at++) {
    const column = at % n;
    sums[column] = (sums[column] as number) + (cells[at] as number);
  }
  const normal = new Float64Array(cells.length);
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as number;
    if (cell !== 0) normal[at] = div(cell, sums[at % n] as number);
  }
  return { uids: matrix.uids, n, cells: normal };
}

/** Divides each cell by its column's maximum; empty columns stay. Returns a new matrix. */
export function columnMaxUpscaled(matrix: Matrix): Matrix {
  const { n, cells } = matrix;
  const tops = new Float64Array(n);
  for (let at = 0; at < cells.length; at++) tops[at % n] = Math.max(tops[at % n] as number, cells[at] as number);
  const scaled = cells.map((cell, at) => (cell === 0 ? 0 : div(cell, tops[at % n] as number)));
  return { uids: matrix.uids, n, cells: scaled };
}

/**
 * Stored rows → cells.
 *
 * @param uids - The rows to take, ascending; other rows are left out.
 * @param scale - u16 → Q32.
 * @param keep - Whether an entry of this row and column survives; entries beyond n never do.
 */
export function fromRows(
  rows: readonly SparseRow[],
  uids: readonly number[],
  n: number,
  scale: (value: number) => number,
  keep: (row: number, column: number) => boolean,
): Weights {
  const cells = new Float64Array(uids.length * n);
  const entries = new Uint8Array(uids.length * n);
  uids.forEach((uid, index) => {
    for (const [column, value] of rows[uid] ?? []) {
      if (column >= n || !keep(uid, column)) continue;
      cells[index * n + column] = scale(value);
      entries[index * n + column] = 1;
    }
  });
  return { uids, n, cells, entries };
}
