import type { RuntimeCall } from "../runtime/runtime.ts";
import { toCall } from "./extrinsic.ts";

/** BlockWeights.per_class.normal.base_extrinsic.ref_time of spec 461. */
const BASE_WEIGHT = 108_157_000n;
/** Weight of a call that was not measured: that of a transfer on spec 461, which was. */
const DEFAULT_WEIGHT = 224_051_000n;
const DEFAULT_PROOF_SIZE = 7_791n;

export interface CallWeight {
  readonly refTime: bigint;
  readonly proofSize: bigint;
}

export const callWeight = (_call: RuntimeCall): CallWeight => ({
  refTime: DEFAULT_WEIGHT,
  proofSize: DEFAULT_PROOF_SIZE,
});

/**
 * Calls that cost nothing: what miners and validators must be able to do with an empty hotkey. What a coldkey signs pays.
 *
 * @see subtensor macros/dispatches.rs, `Pays::No` (spec 425, 14bc6f9).
 */
const FREE: ReadonlySet<string> = new Set([
  "Commitments.set_commitment",
  ...[
    "set_weights",
    "set_mechanism_weights",
    "batch_set_weights",
    "commit_weights",
    "commit_mechanism_weights",
    "batch_commit_weights",
    "reveal_weights",
    "reveal_mechanism_weights",
    "batch_reveal_weights",
    "commit_crv3_mechanism_weights",
    "commit_timelocked_weights",
    "commit_timelocked_mechanism_weights",
    "serve_axon",
    "serve_axon_tls",
    "serve_prometheus",
    "decrease_take",
    "increase_take",
    "associate_evm_key",
  ].map((call) => `SubtensorModule.${call}`),
]);

/** A proxied call costs what it would cost by itself. */
export const isFree = (call: RuntimeCall): boolean =>
  call.pallet === "Proxy" && call.name === "proxy"
    ? isFree(toCall(call.args["call"]))
    : FREE.has(`${call.pallet}.${call.name}`) || (call.pallet === "Sudo" && call.name.startsWith("sudo"));

/** Rao for `bytes` of extrinsic: one each. */
export const lengthFeeRao = (bytes: number): bigint => BigInt(bytes);
/** Rao for computation: half a rao per 1000 of reference time. */
export const weightFeeRao = (refTime: bigint): bigint => refTime / 2_000n;

/** The parts of a fee in rao; all 0 for free calls. A transfer of 147 bytes costs about 166 250 rao, as on spec 461. */
export function feeOf(
  call: RuntimeCall,
  bytes: number,
): { base: bigint; length: bigint; weight: bigint; total: bigint } {
  if (isFree(call)) return { base: 0n, length: 0n, weight: 0n, total: 0n };
  const base = weightFeeRao(BASE_WEIGHT);
  const weight = weightFeeRao(callWeight(call).refTime);
  const length = lengthFeeRao(bytes);
  return { base, length, weight, total: base + length + weight };
}
