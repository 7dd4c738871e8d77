import type { Execution } from "./engine/execution.ts";
import type { State } from "./engine/state.ts";
import { setFree } from "./pallets/accounts.ts";
import { beaconConfiguration } from "./pallets/beacon-key.ts";
import { BeaconConfig } from "./pallets/drand-storage.ts";
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
}

/** The state before block 1: money for the named accounts, a sudo key, the root network. */
export const genesis =
  (options: GenesisOptions) =>
  (execution: Execution): void => {
    const { state } = execution;
    LastRuntimeUpgrade.set(state, [], { spec_version: SPEC_VERSION, spec_name: SPEC_NAME });
    for (const { account, freeRao } of options.accounts) setFree(execution, account, freeRao);
    SudoKey.set(state, [], options.sudo);
    BeaconConfig.set(state, [], beaconConfiguration());
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
