import { decodeExtrinsic, toCall } from "../engine/extrinsic.ts";
import { callWeight, feeOf, lengthFeeRao, weightFeeRao } from "../engine/fees.ts";
import { Account } from "../pallets/system-storage.ts";
import { metadataOf } from "../runtime/metadata.ts";
import type { Runtime, RuntimeCall } from "../runtime/runtime.ts";
import { apiVersions, SPEC_NAME, SPEC_VERSION, TRANSACTION_VERSION } from "../runtime/version.ts";
import { ByteWriter, concatBytes } from "../scale/bytes.ts";
import type { ApiHandlers } from "./runtime-apis.ts";

/** Names of the methods below; metadata lists what is here and nothing else. */
export const CORE_API_METHODS = [
  "Core_version",
  "Metadata_metadata",
  "Metadata_metadata_at_version",
  "Metadata_metadata_versions",
  "AccountNonceApi_account_nonce",
  "TransactionPaymentApi_query_info",
  "TransactionPaymentApi_query_fee_details",
  "TransactionPaymentApi_query_weight_to_fee",
  "TransactionPaymentApi_query_length_to_fee",
  "TransactionPaymentCallApi_query_call_info",
  "TransactionPaymentCallApi_query_call_fee_details",
] as const;

const infoOf = (call: RuntimeCall, bytes: number): unknown => {
  const { refTime, proofSize } = callWeight(call);
  return {
    weight: { ref_time: refTime, proof_size: proofSize },
    class: { type: "Normal" },
    partial_fee: feeOf(call, bytes).total,
  };
};

const detailsOf = (call: RuntimeCall, bytes: number): unknown => {
  const { base, length, weight, total } = feeOf(call, bytes);
  return {
    inclusion_fee: total === 0n ? undefined : { base_fee: base, len_fee: length, adjusted_weight_fee: weight },
    tip: 0n,
  };
};

/** The APIs every Substrate client begins with. */
export function coreApis(runtime: Runtime): ApiHandlers {
  // An extrinsic travels inside the arguments without its length; decoding wants it in front.
  const callOf = (uxt: unknown): RuntimeCall => {
    const bytes = uxt as Uint8Array;
    const length = new ByteWriter();
    length.compact(bytes.length);
    return decodeExtrinsic(runtime, concatBytes(length.finish(), bytes)).call;
  };
  const handlers: Record<(typeof CORE_API_METHODS)[number], ApiHandlers[string]> = {
    Core_version: () => ({
      spec_name: SPEC_NAME,
      impl_name: SPEC_NAME,
      authoring_version: 1,
      spec_version: SPEC_VERSION,
      impl_version: 1,
      apis: apiVersions(runtime.apis),
      transaction_version: TRANSACTION_VERSION,
      system_version: 1,
    }),
    Metadata_metadata: () => metadataOf(runtime, 14),
    Metadata_metadata_at_version: (_, [version]) =>
      version === 14 || version === 15 ? metadataOf(runtime, version) : undefined,
    Metadata_metadata_versions: () => [14, 15],
    AccountNonceApi_account_nonce: (block, [account]) => Account.get(block.tree, account as string).nonce,
    TransactionPaymentApi_query_info: (_, [uxt, length]) => infoOf(callOf(uxt), length as number),
    TransactionPaymentApi_query_fee_details: (_, [uxt, length]) => detailsOf(callOf(uxt), length as number),
    TransactionPaymentApi_query_weight_to_fee: (_, [weight]) => weightFeeRao((weight as { ref_time: bigint }).ref_time),
    TransactionPaymentApi_query_length_to_fee: (_, [length]) => lengthFeeRao(length as number),
    TransactionPaymentCallApi_query_call_info: (_, [call, length]) => infoOf(toCall(call), length as number),
    TransactionPaymentCallApi_query_call_fee_details: (_, [call, length]) => detailsOf(toCall(call), length as number),
  };
  return handlers;
}
