import type { Header } from "./header.ts";
import type { StateTree } from "./state-tree.ts";

/** A block that was made, and the state after it. */
export interface Block {
  readonly header: Header;
  readonly hash: string;
  readonly timestampMs: number;
  /** Length-prefixed, the timestamp first. */
  readonly extrinsics: readonly Uint8Array[];
  readonly tree: StateTree;
  /** Keys whose value changed, with the new value (undefined: removed). */
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
}
