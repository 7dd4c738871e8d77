import type { Netuid } from "../../../base/ids.ts";

export const PLAYERS = ["miner", "validator", "agent-owner", "designer"] as const;
export type Player = (typeof PLAYERS)[number];

export const SAVE_PLACES = ["project", "user", "none"] as const;
export type SavePlace = (typeof SAVE_PLACES)[number];

/** Everything that `init` needs to know before it changes anything; each is a flag, and a question at a terminal. */
export interface Answers {
  readonly as: Player;
  readonly network: string;
  readonly wallet: string;
  readonly hotkey: string;
  readonly netuid: Netuid;
  /** The most that a slot may cost; undefined: do not register. */
  readonly maxCostTao: string | undefined;
  readonly brain: string | undefined;
  readonly judge: string | undefined;
  readonly budget: string | undefined;
  readonly validators: readonly string[];
  readonly preset: string | undefined;
  readonly listen: string | undefined;
  readonly publicUrl: string | undefined;
  readonly handle: string | undefined;
  readonly save: SavePlace;
  readonly start: boolean;
}

/** What is there already: on the disk and on the chain. */
export interface Scene {
  readonly walletExists: boolean;
  readonly hotkeyExists: boolean;
  /** A development chain, where money, blocks and subnets can be made at will. */
  readonly development: boolean;
  readonly subnetExists: boolean;
  readonly registered: boolean;
  readonly permit: boolean;
  /** What the coldkey can spend; 0 if it does not exist yet. */
  readonly freeTao: number;
  readonly slotTao: number;
  readonly subnetTao: number;
  readonly tempo: number;
}
