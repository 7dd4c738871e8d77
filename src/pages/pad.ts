import type { PageFile } from "../base/ports.ts";

/** Outputs up to this size all look alike; from there on sizes shown double. */
const LEAST_BYTES = 4_096;
const MOST_BYTES = 262_144;
/** Up to this size both outputs of a task are shown at one size; past it a long one would make every reader pay. */
const LEVEL_BYTES = 32_768;

const encoder = new TextEncoder();

/** All contents together, in UTF-8 bytes. */
export const bytesOf = (files: readonly PageFile[]): number =>
  files.reduce((sum, { content }) => sum + encoder.encode(content).length, 0);

/** The sizes that outputs can be shown at: 4 KiB and its doubles up to 256 KiB; what is larger stays as it is. */
function bucketOf(bytes: number): number {
  let size = LEAST_BYTES;
  while (size < bytes && size < MOST_BYTES) size *= 2;
  return Math.max(size, bytes);
}

/**
 * The sizes to which the outputs of one task are padded before anybody sees them, so that how many bytes an output has
 * tells neither the validator's from a miner's, nor a damaged one from a whole one: one size for all of them up to
 * 32 KiB, beyond that each its own.
 *
 * @param bytes - The true sizes, in order.
 * @returns In the same order; never less than the true size.
 */
export function sizesShown(bytes: readonly number[]): number[] {
  const level = bytes.map(bucketOf).reduce((most, size) => (size <= LEVEL_BYTES ? Math.max(most, size) : most), 0);
  return bytes.map((size) => Math.max(level, bucketOf(size)));
}

/**
 * Fills an output up to a size with spaces and a line's end after its first page (or first file): of HTML, styles,
 * scripts, JSON and text the end is where space means nothing.
 *
 * @param bytes - As {@link sizesShown} has it; an output that is larger stays as it is.
 */
export function padFiles(files: readonly PageFile[], bytes: number): PageFile[] {
  const missing = bytes - bytesOf(files);
  const at = Math.max(
    0,
    files.findIndex(({ name }) => /\.html?$/i.test(name)),
  );
  if (missing <= 0) return [...files];
  return files.map((file, place) =>
    place === at ? { ...file, content: `${file.content}${" ".repeat(missing - 1)}\n` } : file,
  );
}
