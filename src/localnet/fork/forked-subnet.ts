/** Alpha (TAO on root) of a coldkey on a hotkey. Accounts are 0x-hex of public keys. */
export interface ForkedStake {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly rao: bigint;
}

/** A subnet of another chain at one block: everything that makes it go on here as it would have there. */
export interface ForkedSubnet {
  readonly endpoint: string;
  readonly netuid: number;
  /** Height of the block that was read; the copy goes on after it, so that ages and limits stay what they are. */
  readonly block: number;
  readonly neurons: number;
  /** Storage key → value of this chain's layout, hex without 0x. */
  readonly entries: readonly (readonly [key: string, value: string])[];
  readonly stakes: readonly ForkedStake[];
  readonly balances: readonly { readonly account: string; readonly freeRao: bigint }[];
  /** Hotkeys and who owns them. */
  readonly owners: readonly { readonly hotkey: string; readonly coldkey: string }[];
  /** `Pallet.Item` of values that have another shape there, so that they keep their defaults here. */
  readonly leftOut: readonly string[];
}
