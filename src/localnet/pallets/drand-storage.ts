import { StorageItem } from "../engine/storage-item.ts";

export interface BeaconConfiguration {
  readonly public_key: Uint8Array;
  /** Seconds between rounds. */
  readonly period: number;
  /** Unix seconds of round 1. */
  readonly genesis_time: number;
  readonly hash: Uint8Array;
  readonly group_hash: Uint8Array;
  readonly scheme_id: Uint8Array;
  readonly metadata: { readonly beacon_id: Uint8Array };
}
export interface Pulse {
  readonly round: bigint;
  readonly randomness: Uint8Array;
  readonly signature: Uint8Array;
}
export const BeaconConfig = new StorageItem<[], BeaconConfiguration>("Drand", "BeaconConfig");
export const Pulses = new StorageItem<[round: bigint], Pulse | undefined>("Drand", "Pulses");
export const LastStoredRound = new StorageItem<[], bigint>("Drand", "LastStoredRound");
export const OldestStoredRound = new StorageItem<[], bigint>("Drand", "OldestStoredRound");
