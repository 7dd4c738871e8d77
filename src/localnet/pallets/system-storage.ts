import { StorageItem } from "../engine/storage-item.ts";

export interface AccountInfo {
  readonly nonce: number;
  readonly consumers: number;
  readonly providers: number;
  readonly sufficients: number;
  readonly data: AccountData;
}
/** Amounts in rao. */
export interface AccountData {
  readonly free: bigint;
  readonly reserved: bigint;
  readonly frozen: bigint;
  readonly flags: bigint;
}

/** Accounts and hashes are 0x-hex of 32 bytes. */
export const Account = new StorageItem<[account: string], AccountInfo>("System", "Account");
export const BlockHash = new StorageItem<[block: number], string>("System", "BlockHash");
export const ParentHash = new StorageItem<[], string>("System", "ParentHash");
export const BlockNumber = new StorageItem<[], number>("System", "Number");
export const Events = new StorageItem<[], readonly unknown[]>("System", "Events");
export const EventCount = new StorageItem<[], number>("System", "EventCount");
export const LastRuntimeUpgrade = new StorageItem<[], { spec_version: number; spec_name: string } | undefined>(
  "System",
  "LastRuntimeUpgrade",
);
export const Now = new StorageItem<[], bigint>("Timestamp", "Now");
export const TotalBalances = new StorageItem<[], bigint>("Balances", "TotalIssuance");
export const SudoKey = new StorageItem<[], string | undefined>("Sudo", "Key");
