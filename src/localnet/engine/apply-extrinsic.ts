import { debit, freeRao } from "../pallets/accounts.ts";
import { feePayer } from "../pallets/proxy.ts";
import { Account } from "../pallets/system-storage.ts";
import { type DispatchError, moduleError } from "./dispatch-error.ts";
import type { Execution } from "./execution.ts";
import type { Authorship, Extrinsic } from "./extrinsic.ts";
import { callWeight, feeOf, isFree } from "./fees.ts";
import { Refusal } from "./invalid-transaction.ts";
import type { ReadableState } from "./state.ts";

/** @throws InvalidTransaction if the nonce is used up or the fee cannot be paid. */
export function checkNonceAndFee(state: ReadableState, extrinsic: Extrinsic, author: Authorship): void {
  const { nonce } = Account.get(state, author.who);
  if (author.nonce < nonce) throw Refusal.stale();
  const fee = feeOf(extrinsic.call, extrinsic.bytes.length).total + author.tipRao;
  if (fee > 0n && freeRao(state, feePayer(state, author.who, extrinsic.call)) < fee) throw Refusal.payment();
}

const dispatchInfo = (extrinsic: Extrinsic, paysFee: boolean): unknown => {
  const { refTime, proofSize } = callWeight(extrinsic.call);
  return {
    weight: { ref_time: refTime, proof_size: proofSize },
    class: { type: "Normal" },
    pays_fee: { type: paysFee ? "Yes" : "No" },
  };
};

/**
 * Executes a signed extrinsic that the pool accepted: fee, nonce, call, and ExtrinsicSuccess or ExtrinsicFailed last.
 * A failed call leaves the fee and the nonce behind and nothing else.
 *
 * @returns The call's failure, if it failed.
 */
export function applySigned(execution: Execution, extrinsic: Extrinsic, author: Authorship): DispatchError | undefined {
  const { state } = execution;
  const { who, tipRao } = author;
  const before = Account.get(state, who);
  Account.set(state, [who], { ...before, nonce: before.nonce + 1 });
  const feeRao = feeOf(extrinsic.call, extrinsic.bytes.length).total + tipRao;
  const payer = feePayer(state, who, extrinsic.call);
  if (feeRao > 0n) {
    debit(execution, payer, feeRao, { keepAlive: false, burned: true });
    execution.emit("Balances", "Withdraw", { who: payer, amount: feeRao });
  }
  execution.paysNothing = isFree(extrinsic.call);
  const failure = execution.dispatch({ type: "signed", who }, extrinsic.call);
  if (feeRao > 0n)
    execution.emit("TransactionPayment", "TransactionFeePaid", { who: payer, actual_fee: feeRao, tip: tipRao });
  const info = dispatchInfo(extrinsic, !execution.paysNothing);
  if (failure === undefined) execution.emit("System", "ExtrinsicSuccess", { dispatch_info: info });
  else execution.emit("System", "ExtrinsicFailed", { dispatch_error: failure.error, dispatch_info: info });
  return failure;
}

/** A call that may not be made: it has no handler (only clients that ignore the metadata can send one), or its proxy may not. */
export const filtered = (): DispatchError => moduleError("System", "CallFiltered");
