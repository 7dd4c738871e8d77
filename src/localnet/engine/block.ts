import type { Header } from "./header.ts";
import type { StateTree } from "./state-tree.ts";

/** A block as it is remembered. */
export interface StoredBlock {
  readonly header: Header;
  readonly hash: string;
  readonly timestampMs: number;
  /** Length-prefixed, the timestamp first. */
  readonly extrinsics: readonly Uint8Array[];
  /** The state after it; undefined where it is not kept any more. */
  readonly tree: StateTree | undefined;
}

/** A block whose state is at hand. */
export interface Block extends StoredBlock {
  readonly tree: StateTree;
}

/** Keys whose value a block changed, with the new value (undefined: removed). */
export type Changes = ReadonlyMap<string, Uint8Array | undefined>;
