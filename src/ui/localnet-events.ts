import type { NeuronLine } from "./watch-events.ts";

export interface BlockLine {
  readonly number: number;
  readonly hash: string;
  /** Those that somebody signed. */
  readonly extrinsics: number;
  readonly failed: number;
  readonly events: number;
}

/** A signed extrinsic in a block, and what came of it. */
export interface ExtrinsicLine {
  readonly block: number;
  readonly signer: string;
  /** The call and its arguments, short. */
  readonly call: string;
  /** The error's name; null where it succeeded. */
  readonly error: string | null;
}

export interface EventLine {
  readonly block: number;
  readonly text: string;
}

/** Facts that the embedded chain's screen is drawn from; its plain lines and its JSON are other readers of the same. */
export type LocalnetEvent =
  | { readonly type: "tick"; readonly atMs: number }
  | {
      readonly type: "block";
      readonly atMs: number;
      readonly block: BlockLine;
      readonly extrinsics: readonly ExtrinsicLine[];
      readonly events: readonly EventLine[];
    }
  /** The chain went back, or became another one: what was shown of later blocks is no longer true. */
  | { readonly type: "replaced"; readonly atMs: number; readonly block: BlockLine }
  | {
      readonly type: "neurons";
      /** All subnets but root, ascending. */
      readonly netuids: readonly number[];
      /** The one that is shown; undefined where there is none. */
      readonly netuid: number | undefined;
      readonly maxUids: number;
      readonly neurons: readonly NeuronLine[];
    }
  | { readonly type: "note"; readonly atMs: number; readonly text: string };
