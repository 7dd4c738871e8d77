import { type DispatchError, ensure } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin, ROOT } from "../engine/execution.ts";
import { toCall } from "../engine/extrinsic.ts";
import { lookup } from "./accounts.ts";
import { SudoKey } from "./system-storage.ts";

/** Utility.batched_calls_limit. */
const BATCH_LIMIT = 10_922;

interface BatchArgs {
  readonly calls: readonly unknown[];
}
interface CallArgs {
  readonly call: unknown;
}

const ensureBatch = (origin: Origin, calls: readonly unknown[]): void => {
  if (origin.type === "none") ensureSigned(origin);
  ensure(calls.length <= BATCH_LIMIT, "Utility", "TooManyCalls");
};

/** Result<(), DispatchError> as events carry it. */
const resultOf = (failure: DispatchError | undefined): unknown =>
  failure === undefined ? { type: "Ok" } : { type: "Err", value: failure.error };

export const utilityCalls: CallHandlers = {
  batch: (execution: Execution, origin: Origin, { calls }: BatchArgs) => {
    ensureBatch(origin, calls);
    for (const [index, call] of calls.entries()) {
      const failure = execution.dispatch(origin, toCall(call));
      if (failure !== undefined) {
        execution.emit("Utility", "BatchInterrupted", { index, error: failure.error });
        return;
      }
      execution.emit("Utility", "ItemCompleted");
    }
    execution.emit("Utility", "BatchCompleted");
  },
  batch_all: (execution: Execution, origin: Origin, { calls }: BatchArgs) => {
    ensureBatch(origin, calls);
    for (const call of calls) {
      const failure = execution.dispatch(origin, toCall(call));
      if (failure !== undefined) throw failure;
      execution.emit("Utility", "ItemCompleted");
    }
    execution.emit("Utility", "BatchCompleted");
  },
  force_batch: (execution: Execution, origin: Origin, { calls }: BatchArgs) => {
    ensureBatch(origin, calls);
    let failed = false;
    for (const call of calls) {
      const failure = execution.dispatch(origin, toCall(call));
      failed ||= failure !== undefined;
      if (failure === undefined) execution.emit("Utility", "ItemCompleted");
      else execution.emit("Utility", "ItemFailed", { error: failure.error });
    }
    execution.emit("Utility", failed ? "BatchCompletedWithErrors" : "BatchCompleted");
  },
  if_else: (execution: Execution, origin: Origin, { main, fallback }: { main: unknown; fallback: unknown }) => {
    const failure = execution.dispatch(origin, toCall(main));
    if (failure === undefined) return execution.emit("Utility", "IfElseMainSuccess");
    const second = execution.dispatch(origin, toCall(fallback));
    if (second !== undefined) throw second;
    execution.emit("Utility", "IfElseFallbackCalled", { main_error: failure.error });
  },
  with_weight: (execution: Execution, origin: Origin, { call }: CallArgs) => {
    ensureRoot(origin);
    const failure = execution.dispatch(origin, toCall(call));
    if (failure !== undefined) throw failure;
  },
};

const ensureSudo = (execution: Execution, origin: Origin): string => {
  const who = ensureSigned(origin);
  const key = SudoKey.get(execution.state);
  ensure(key !== undefined && key === who, "Sudo", "RequireSudo");
  execution.paysNothing = true;
  return who;
};

/** The extrinsic succeeds whatever the inner call does; `Sudid` tells which. */
const sudo = (execution: Execution, origin: Origin, { call }: CallArgs): void => {
  ensureSudo(execution, origin);
  const failure = execution.dispatch(ROOT, toCall(call));
  execution.emit("Sudo", "Sudid", { sudo_result: resultOf(failure) });
};

export const sudoCalls: CallHandlers = {
  sudo,
  sudo_unchecked_weight: sudo,
  sudo_as: (execution: Execution, origin: Origin, { who, call }: CallArgs & { who: unknown }) => {
    ensureSudo(execution, origin);
    const failure = execution.dispatch({ type: "signed", who: lookup(who) }, toCall(call));
    execution.emit("Sudo", "SudoAsDone", { sudo_result: resultOf(failure) });
  },
  set_key: (execution: Execution, origin: Origin, { new: address }: { new: unknown }) => {
    const old = ensureSudo(execution, origin);
    const key = lookup(address);
    SudoKey.set(execution.state, [], key);
    execution.emit("Sudo", "KeyChanged", { old, new: key });
  },
  remove_key: (execution: Execution, origin: Origin) => {
    ensureSudo(execution, origin);
    SudoKey.remove(execution.state);
    execution.emit("Sudo", "KeyRemoved");
  },
};
