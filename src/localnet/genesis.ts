import type { Execution } from "./engine/execution.ts";
import type { State } from "./engine/state.ts";
import { setFree } from "./pallets/accounts.ts";
import { beaconConfiguration } from "./pallets/beacon-key.ts";
import { BeaconConfig } from "./pallets/drand-storage.ts";
import { CurrentKey, NextKey, PendingKey } from "./pallets/mev-shield.ts";
import { shieldPublicKey } from "./pallets/shield-key.ts";
import {
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  NetworkRateLimit,
  NetworksAdded,
  ROOT_NETUID,
  SubtokenEnabled,
  Tempo,
  TokenSymbol,
  TotalNetworks,
} from "./pallets/subtensor/storage.ts";
import { LastRuntimeUpgrade, SudoKey } from "./pallets/system-storage.ts";
import { SPEC_NAME, SPEC_VERSION } from "./runtime/version.ts";

export interface GenesisAccount {
  /** 0x-hex of the public key. */
  readonly account: string;
  readonly freeRao: bigint;
}

export interface GenesisOptions {
  readonly accounts: readonly GenesisAccount[];
  /** 0x-hex; who may use Sudo. */
  readonly sudo: string;
  /** What stands in place of a runtime's code: names what this chain can do. */
  readonly code?: Uint8Array;
}

/** Substrate's key of the runtime's code, `:code`. */
const CODE_KEY = Buffer.from(":code", "ascii").toString("hex");

/** The state before block 1: money for the named accounts, a sudo key, the root network. */
export const genesis =
  (options: GenesisOptions) =>
  (execution: Execution): void => {
    const { state } = execution;
    if (options.code !== undefined) state.set(CODE_KEY, options.code);
    LastRuntimeUpgrade.set(state, [], { spec_version: SPEC_VERSION, spec_name: SPEC_NAME });
    for (const { account, freeRao } of options.accounts) setFree(execution, account, freeRao);
    SudoKey.set(state, [], options.sudo);
    BeaconConfig.set(state, [], beaconConfiguration());
    for (const key of [CurrentKey, PendingKey, NextKey]) key.set(state, [], shieldPublicKey());
    // A subnet every day would be no development chain; sudo can set the real limit.
    NetworkRateLimit.set(state, [], 0n);
    rootNetwork(state);
  };

/** Subnet 0: where TAO is staked as TAO. It runs no epochs. */
function rootNetwork(state: State): void {
  NetworksAdded.set(state, [ROOT_NETUID], true);
  TotalNetworks.set(state, [], 1);
  Tempo.set(state, [ROOT_NETUID], 0);
  MaxAllowedUids.set(state, [ROOT_NETUID], 64);
  MaxAllowedValidators.set(state, [ROOT_NETUID], 64);
  MinAllowedWeights.set(state, [ROOT_NETUID], 0);
  SubtokenEnabled.set(state, [ROOT_NETUID], true);
  TokenSymbol.set(state, [ROOT_NETUID], Buffer.from("Τ", "utf8"));
}
