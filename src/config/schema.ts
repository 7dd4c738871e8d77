/**
 * Every setting a flag, an environment variable or a file can give. Plain data, so that start-up pays nothing for it;
 * flags, files, `config list` and the docs are made from this one table.
 */
export interface Setting {
  readonly key: SettingKey;
  /** Environment variables in order of precedence; `COLOSSEUM_*` before `BT_*`. */
  readonly env: readonly string[];
  readonly default: string | undefined;
  readonly summary: string;
}

export type SettingKey = "network" | "netuid" | "wallet" | "hotkey" | "walletPath" | "validator";

export const SETTINGS: readonly Setting[] = [
  {
    key: "network",
    env: ["COLOSSEUM_NETWORK", "BT_NETWORK", "BT_CHAIN_ENDPOINT"],
    default: "local",
    summary: "finney, test, local, or endpoints ws://… separated by commas",
  },
  { key: "netuid", env: ["COLOSSEUM_NETUID"], default: undefined, summary: "the subnet" },
  {
    key: "wallet",
    env: ["COLOSSEUM_WALLET", "BT_WALLET", "BT_WALLET_NAME"],
    default: "default",
    summary: "the wallet (coldkey) by name",
  },
  {
    key: "hotkey",
    env: ["COLOSSEUM_WALLET_HOTKEY", "BT_WALLET_HOTKEY"],
    default: "default",
    summary: "the hotkey of that wallet by name",
  },
  {
    key: "walletPath",
    env: ["COLOSSEUM_WALLET_PATH", "BT_WALLET_PATH"],
    default: undefined,
    summary: "folder of wallets (~/.bittensor/wallets)",
  },
  {
    key: "validator",
    env: ["COLOSSEUM_VALIDATOR"],
    default: undefined,
    summary: "where a miner finds validators, URLs separated by commas (unset: as the chain names them)",
  },
];
