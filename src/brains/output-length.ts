import type { PageFile } from "../base/ports.ts";

/**
 * How long an output is, in characters, each run of white space counted once: validators fill outputs up with spaces to
 * one size, so that their bytes tell nothing.
 */
export const outputLength = (files: readonly PageFile[]): number =>
  files.reduce((sum, { content }) => sum + content.replace(/\s+/g, " ").trim().length, 0);
