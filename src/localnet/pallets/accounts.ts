import { ensure, moduleError, tokenError } from "../engine/dispatch-error.ts";
import type { Execution } from "../engine/execution.ts";
import type { ReadableState, State } from "../engine/state.ts";
import type { Tagged } from "../scale/codec.ts";
import { Account, type AccountInfo, TotalBalances } from "./system-storage.ts";

/** Below this an account does not exist (Balances.ExistentialDeposit, rao). */
export const EXISTENTIAL_DEPOSIT_RAO = 500n;

export const freeRao = (state: ReadableState, account: string): bigint => Account.get(state, account).data.free;

/** What an account may spend: all, or all but the existential deposit. */
export function spendableRao(state: ReadableState, account: string, keepAlive: boolean): bigint {
  const { free, frozen } = Account.get(state, account).data;
  const kept = keepAlive && EXISTENTIAL_DEPOSIT_RAO > frozen ? EXISTENTIAL_DEPOSIT_RAO : frozen;
  return free > kept ? free - kept : 0n;
}

const withFree = (info: AccountInfo, free: bigint): AccountInfo => ({ ...info, data: { ...info.data, free } });

const addIssuance = (state: State, rao: bigint): void => TotalBalances.update(state, [], (total) => total + rao);

/** Adds money to an account, creating it; newly made money unless `from` somebody. */
export function credit(execution: Execution, account: string, rao: bigint, options: { minted: boolean }): void {
  if (rao === 0n) return;
  const { state } = execution;
  const info = Account.get(state, account);
  const free = info.data.free + rao;
  if (info.providers === 0) {
    if (free < EXISTENTIAL_DEPOSIT_RAO) throw tokenError("BelowMinimum");
    Account.set(state, [account], withFree({ ...info, providers: 1 }, free));
    execution.emit("System", "NewAccount", { account });
    execution.emit("Balances", "Endowed", { account, free_balance: free });
  } else {
    Account.set(state, [account], withFree(info, free));
  }
  if (options.minted) addIssuance(state, rao);
}

/**
 * Takes money out of an account; it leaves circulation unless the caller credits it elsewhere.
 *
 * @throws DispatchError Token.FundsUnavailable if there is not enough, Token.NotExpendable if `keepAlive` would be broken.
 */
export function debit(
  execution: Execution,
  account: string,
  rao: bigint,
  options: { keepAlive: boolean; burned: boolean },
): void {
  if (rao === 0n) return;
  const { state } = execution;
  const info = Account.get(state, account);
  if (info.data.free - info.data.frozen < rao) throw tokenError("FundsUnavailable");
  const left = info.data.free - rao;
  if (left < EXISTENTIAL_DEPOSIT_RAO && options.keepAlive) throw tokenError("NotExpendable");
  if (options.burned) addIssuance(state, -rao);
  if (left >= EXISTENTIAL_DEPOSIT_RAO || info.data.reserved > 0n) {
    Account.set(state, [account], withFree(info, left));
    return;
  }
  // Dust is lost with the account; its nonce stays, so that old extrinsics cannot be replayed.
  Account.set(state, [account], withFree({ ...info, providers: 0 }, 0n));
  if (left > 0n) {
    addIssuance(state, -left);
    execution.emit("Balances", "DustLost", { account, amount: left });
  }
  execution.emit("System", "KilledAccount", { account });
}

/** Holds money back as a deposit. @throws DispatchError Balances.InsufficientBalance */
export function reserve(execution: Execution, account: string, rao: bigint): void {
  if (rao === 0n) return;
  const info = Account.get(execution.state, account);
  ensure(spendableRao(execution.state, account, true) >= rao, "Balances", "InsufficientBalance");
  const data = { ...info.data, free: info.data.free - rao, reserved: info.data.reserved + rao };
  Account.set(execution.state, [account], { ...info, data });
  execution.emit("Balances", "Reserved", { who: account, amount: rao });
}

/** Gives a deposit back, as far as it is there. */
export function unreserve(execution: Execution, account: string, rao: bigint): void {
  const info = Account.get(execution.state, account);
  const amount = rao < info.data.reserved ? rao : info.data.reserved;
  if (amount === 0n) return;
  const data = { ...info.data, free: info.data.free + amount, reserved: info.data.reserved - amount };
  Account.set(execution.state, [account], { ...info, data });
  execution.emit("Balances", "Unreserved", { who: account, amount });
}

/** @throws DispatchError as {@link debit} and {@link credit} do. */
export function transfer(execution: Execution, from: string, to: string, rao: bigint, keepAlive: boolean): void {
  if (from !== to) {
    debit(execution, from, rao, { keepAlive, burned: false });
    credit(execution, to, rao, { minted: false });
  } else if (spendableRao(execution.state, from, keepAlive) < rao) {
    throw tokenError("FundsUnavailable");
  }
  execution.emit("Balances", "Transfer", { from, to, amount: rao });
}

/** Sets an account's free balance outright (root, faucet, genesis). */
export function setFree(execution: Execution, account: string, rao: bigint): void {
  const free = rao < EXISTENTIAL_DEPOSIT_RAO ? 0n : rao;
  const before = freeRao(execution.state, account);
  if (free > before) credit(execution, account, free - before, { minted: true });
  else debit(execution, account, before - free, { keepAlive: false, burned: true });
}

/** The account of an address. @throws DispatchError Balances… CannotLookup-like failure if it is no account id. */
export function lookup(address: unknown): string {
  const tagged = address as Tagged;
  if (tagged.type === "Id") return tagged.value as string;
  if (tagged.type === "Address32" && tagged.value instanceof Uint8Array)
    return `0x${Buffer.from(tagged.value).toString("hex")}`;
  throw moduleError("Balances", "DeadAccount");
}
