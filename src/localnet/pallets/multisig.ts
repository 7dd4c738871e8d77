import { type DispatchError, ensure, moduleError } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../engine/execution.ts";
import { toCall } from "../engine/extrinsic.ts";
import { callWeight } from "../engine/fees.ts";
import { schema } from "../engine/schema.ts";
import { StorageItem } from "../engine/storage-item.ts";
import { toHex } from "../scale/bytes.ts";
import { blake2_256 } from "../scale/hashers.ts";
import { reserve, unreserve } from "./accounts.ts";

const P = "Multisig";
/** Constants of spec 461, rao and signatories. */
const DEPOSIT_BASE_RAO = 132_000_000n;
const DEPOSIT_FACTOR_RAO = 32_000_000n;
const MAX_SIGNATORIES = 100;

interface Timepoint {
  readonly height: number;
  /** Place of the extrinsic in its block. */
  readonly index: number;
}
interface Operation {
  readonly when: Timepoint;
  readonly deposit: bigint;
  readonly depositor: string;
  readonly approvals: readonly string[];
}
const Multisigs = new StorageItem<[account: string, callHash: Uint8Array], Operation | undefined>(P, "Multisigs");

const need = (condition: boolean, name: string): void => ensure(condition, P, name);

const timepointOf = ({ blockNumber, phase }: Execution): Timepoint => ({
  height: blockNumber,
  index: phase.type === "ApplyExtrinsic" ? phase.value : 0,
});
const sameTime = (a: Timepoint, b: Timepoint): boolean => a.height === b.height && a.index === b.index;

/** The account that several sign for: a hash of who they are, in order, and how many it takes. */
const multisigAccount = (signatories: readonly string[], threshold: number): string =>
  toHex(
    blake2_256(
      schema.encode("([u8; 16], Vec<AccountId32>, u16)", [
        Buffer.from("modlpy/utilisuba", "ascii"),
        signatories,
        threshold,
      ]),
    ),
  );

/** Everybody in order, the sender among them. @throws DispatchError with the first reason, in the pallet's order. */
function allSignatories(who: string, others: readonly string[], threshold: number): string[] {
  need(threshold !== 0 && others.length > 0, "TooFewSignatories");
  need(others.length < MAX_SIGNATORIES, "TooManySignatories");
  others.forEach((other, i) => {
    const before = others[i - 1];
    need(before === undefined || before < other, "SignatoriesOutOfOrder");
    need(other !== who, "SenderInSignatories");
  });
  return [...others, who].sort();
}

const resultOf = (failure: DispatchError | undefined): unknown =>
  failure === undefined ? { type: "Ok" } : { type: "Err", value: failure.error };

interface Approval {
  readonly threshold: number;
  readonly other_signatories: readonly string[];
  readonly maybe_timepoint: Timepoint | undefined;
  readonly max_weight: { readonly ref_time: bigint; readonly proof_size: bigint };
}

/** Performs a call that has its approvals, in the name of all. */
function perform(
  execution: Execution,
  who: string,
  account: string,
  call: unknown,
  args: Approval,
  operation: Operation,
): void {
  const weight = callWeight(toCall(call));
  const { ref_time, proof_size } = args.max_weight;
  need(ref_time >= weight.refTime && proof_size >= weight.proofSize, "MaxWeightTooLow");
  const callHash = blake2_256(schema.encode("RuntimeCall", call));
  Multisigs.remove(execution.state, account, callHash);
  unreserve(execution, operation.depositor, operation.deposit);
  const failure = execution.dispatch({ type: "signed", who: account }, toCall(call));
  execution.emit(P, "MultisigExecuted", {
    approving: who,
    timepoint: operation.when,
    multisig: account,
    call_hash: callHash,
    result: resultOf(failure),
  });
}

/** The first, a further, or the last approval of a call that may be known by its hash alone. */
function approve(execution: Execution, origin: Origin, args: Approval, callHash: Uint8Array, call?: unknown): void {
  const { state } = execution;
  const who = ensureSigned(origin);
  need(args.threshold >= 2, "MinimumThreshold");
  const signatories = allSignatories(who, args.other_signatories, args.threshold);
  const account = multisigAccount(signatories, args.threshold);
  const operation = Multisigs.get(state, account, callHash);
  if (operation === undefined) {
    need(args.maybe_timepoint === undefined, "UnexpectedTimepoint");
    const deposit = DEPOSIT_BASE_RAO + DEPOSIT_FACTOR_RAO * BigInt(args.threshold);
    reserve(execution, who, deposit);
    const first: Operation = { when: timepointOf(execution), deposit, depositor: who, approvals: [who] };
    Multisigs.set(state, [account, callHash], first);
    execution.emit(P, "NewMultisig", { approving: who, multisig: account, call_hash: callHash });
    return;
  }
  if (args.maybe_timepoint === undefined) throw moduleError(P, "NoTimepoint");
  need(sameTime(operation.when, args.maybe_timepoint), "WrongTimepoint");
  const isNew = !operation.approvals.includes(who) && operation.approvals.length < args.threshold;
  const count = operation.approvals.length + (isNew ? 1 : 0);
  if (call !== undefined && count >= args.threshold) {
    perform(execution, who, account, call, args, operation);
    return;
  }
  need(isNew, "AlreadyApproved");
  const approvals = [...operation.approvals, who].sort();
  Multisigs.set(state, [account, callHash], { ...operation, approvals });
  execution.emit(P, "MultisigApproval", {
    approving: who,
    timepoint: operation.when,
    multisig: account,
    call_hash: callHash,
  });
}

/** The sender's own open operation. @throws DispatchError NotFound, NotOwner. */
function ownOperation(
  execution: Execution,
  who: string,
  args: { threshold: number; other_signatories: readonly string[]; call_hash: Uint8Array },
): { account: string; operation: Operation } {
  need(args.threshold >= 2, "MinimumThreshold");
  const account = multisigAccount(allSignatories(who, args.other_signatories, args.threshold), args.threshold);
  const operation = Multisigs.get(execution.state, account, args.call_hash);
  if (operation === undefined) throw moduleError(P, "NotFound");
  return { account, operation };
}

interface HashArgs {
  readonly threshold: number;
  readonly other_signatories: readonly string[];
  readonly call_hash: Uint8Array;
}

export const multisigCalls: CallHandlers = {
  as_multi_threshold_1: (
    execution: Execution,
    origin: Origin,
    { other_signatories, call }: { other_signatories: readonly string[]; call: unknown },
  ) => {
    const who = multisigAccount(allSignatories(ensureSigned(origin), other_signatories, 1), 1);
    const failure = execution.dispatch({ type: "signed", who }, toCall(call));
    if (failure !== undefined) throw failure;
  },
  as_multi: (execution: Execution, origin: Origin, args: Approval & { call: unknown }) =>
    approve(execution, origin, args, blake2_256(schema.encode("RuntimeCall", args.call)), args.call),
  approve_as_multi: (execution: Execution, origin: Origin, args: Approval & HashArgs) =>
    approve(execution, origin, args, args.call_hash),
  cancel_as_multi: (execution: Execution, origin: Origin, args: HashArgs & { timepoint: Timepoint }) => {
    const who = ensureSigned(origin);
    const { account, operation } = ownOperation(execution, who, args);
    need(operation.depositor === who, "NotOwner");
    need(sameTime(operation.when, args.timepoint), "WrongTimepoint");
    unreserve(execution, who, operation.deposit);
    Multisigs.remove(execution.state, account, args.call_hash);
    execution.emit(P, "MultisigCancelled", {
      cancelling: who,
      timepoint: args.timepoint,
      multisig: account,
      call_hash: args.call_hash,
    });
  },
  /** Deposits never change here, so there is never anything to adjust. */
  poke_deposit: (execution: Execution, origin: Origin, args: HashArgs) => {
    const who = ensureSigned(origin);
    need(ownOperation(execution, who, args).operation.depositor === who, "NotOwner");
  },
};
