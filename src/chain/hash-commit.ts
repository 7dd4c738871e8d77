import type { Hotkey, MechId, Netuid } from "../base/ids.ts";

/** What must be kept between a hash commit and its reveal. */
export interface HashCommit {
  readonly netuid: Netuid;
  readonly mechid: MechId;
  readonly hotkey: Hotkey;
  readonly hash: string;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  /** Decimal text. */
  readonly versionKey: string;
  /** Index of the epoch in which it may be revealed, and only in it, as far as was known when it was signed. */
  readonly revealEpoch: number;
  readonly firstRevealBlock: number;
}
