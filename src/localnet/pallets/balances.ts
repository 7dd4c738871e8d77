import { ensure, moduleError } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../engine/execution.ts";
import {
  debit,
  EXISTENTIAL_DEPOSIT_RAO,
  freeRao,
  lookup,
  setFree,
  spendableRao,
  transfer,
  unreserve,
} from "./accounts.ts";
import { TotalBalances } from "./system-storage.ts";

interface TransferArgs {
  readonly dest: unknown;
  readonly value: bigint;
}

export const balancesCalls: CallHandlers = {
  transfer_allow_death: (execution: Execution, origin: Origin, { dest, value }: TransferArgs) =>
    transfer(execution, ensureSigned(origin), lookup(dest), value, false),
  transfer_keep_alive: (execution: Execution, origin: Origin, { dest, value }: TransferArgs) =>
    transfer(execution, ensureSigned(origin), lookup(dest), value, true),
  transfer_all: (
    execution: Execution,
    origin: Origin,
    { dest, keep_alive }: { dest: unknown; keep_alive: boolean },
  ) => {
    const from = ensureSigned(origin);
    transfer(execution, from, lookup(dest), spendableRao(execution.state, from, keep_alive), keep_alive);
  },
  force_transfer: (
    execution: Execution,
    origin: Origin,
    { source, dest, value }: TransferArgs & { source: unknown },
  ) => {
    ensureRoot(origin);
    transfer(execution, lookup(source), lookup(dest), value, false);
  },
  force_set_balance: (execution: Execution, origin: Origin, { who, new_free }: { who: unknown; new_free: bigint }) => {
    ensureRoot(origin);
    const account = lookup(who);
    setFree(execution, account, new_free);
    execution.emit("Balances", "BalanceSet", { who: account, free: freeRao(execution.state, account) });
  },
  force_adjust_total_issuance: (
    execution: Execution,
    origin: Origin,
    { direction, delta }: { direction: { type: string }; delta: bigint },
  ) => {
    ensureRoot(origin);
    ensure(delta > 0n, "Balances", "DeltaZero");
    const old = TotalBalances.get(execution.state);
    const changed = direction.type === "Increase" ? old + delta : old - delta;
    if (changed < 0n) throw moduleError("Balances", "IssuanceDeactivated");
    TotalBalances.set(execution.state, [], changed);
    execution.emit("Balances", "TotalIssuanceForced", { old, new: changed });
  },
  burn: (execution: Execution, origin: Origin, { value, keep_alive }: { value: bigint; keep_alive: boolean }) => {
    const who = ensureSigned(origin);
    ensure(
      !keep_alive || freeRao(execution.state, who) - value >= EXISTENTIAL_DEPOSIT_RAO,
      "Balances",
      "Expendability",
    );
    debit(execution, who, value, { keepAlive: keep_alive, burned: true });
    execution.emit("Balances", "Burned", { who, amount: value });
  },
  force_unreserve: (execution: Execution, origin: Origin, { who, amount }: { who: unknown; amount: bigint }) => {
    ensureRoot(origin);
    unreserve(execution, lookup(who), amount);
  },
  upgrade_accounts: () => undefined,
};
