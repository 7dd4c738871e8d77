import type { Hotkey } from "../base/ids.ts";

/** A validator that asks for miners, as the chain or a flag names it. */
export interface ValidatorAddress {
  /** `http://…` or `https://…`, without a path. */
  readonly url: string;
  /** The hotkey that must answer there; unknown where only a URL was given. */
  readonly hotkey?: Hotkey;
  /** What the chain says it stakes; unknown where only a URL was given. */
  readonly stakeRao?: bigint;
}

/** Finds the validators of a subnet. Made from `chain`; asked again from time to time. */
export interface ValidatorDirectory {
  find(signal?: AbortSignal): Promise<readonly ValidatorAddress[]>;
}
