import type { Execution } from "./engine/execution.ts";
import { setFree } from "./pallets/accounts.ts";
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
  };
