import type { ListBoundary } from "./list-boundary.ts";

/** Small enough to stay in a core's cache between being read and being scanned. */
export const SLICE_BYTES = 1 << 20;

/**
 * Part of a file of which anybody may read any slice, in any order: plain data, for a message to a worker. Which
 * records a slice holds is found without looking at the one before: those that begin in it. In JSON Lines that is
 * certain; in a list the boundary between two tasks is guessed by its bytes, and the guess was right if the tasks of
 * each slice, read one after the other, end exactly where the next slice found its first one.
 */
export interface SlicePlan {
  /** Open for as long as anybody reads. */
  readonly fd: number;
  /** A record begins here. */
  readonly from: number;
  /** The file ends here. */
  readonly to: number;
  /** Bytes of a slice. */
  readonly size: number;
  /** Undefined for JSON Lines. */
  readonly boundary: ListBoundary | undefined;
}

/** Where the first slice would begin: slices are cut at multiples of their size. */
const origin = (plan: SlicePlan): number => plan.from - (plan.from % plan.size);

export const sliceCount = (plan: SlicePlan): number => Math.ceil((plan.to - origin(plan)) / plan.size);

/** Where a slice begins, and where the next one does. */
export function sliceAt(plan: SlicePlan, index: number): { readonly from: number; readonly to: number } {
  const from = origin(plan) + index * plan.size;
  return { from: Math.max(plan.from, from), to: Math.min(plan.to, from + plan.size) };
}
