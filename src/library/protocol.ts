/**
 * `colosseum/protocol`: what a miner of your own has to say and to sign, and how to check what it was answered. The
 * messages themselves are JSON Schemas in the package's `schemas/`.
 *
 * ```ts
 * import { signRequest } from "colosseum/protocol";
 *
 * const body = new TextEncoder().encode('{"choice":"A"}');
 * const request = { method: "PUT", target: `/v1/assignments/${id}/vote`, body };
 * await fetch(new URL(request.target, validatorUrl), {
 *   method: request.method,
 *   body,
 *   headers: { ...signRequest(request, signer, validatorHotkey, BigInt(Date.now()) * 1_000_000n) },
 * });
 * ```
 *
 * @packageDocumentation
 */
export type { Hotkey } from "../base/ids.ts";
export { parseHotkey } from "../base/ids.ts";
export type { CryptoType, PageFile, Signer } from "../base/ports.ts";
export { decodeSs58, encodeSs58 } from "../base/ss58.ts";
export {
  type Authenticated,
  AuthFailure,
  type AuthFailureCode,
  authPayload,
  MAX_AGE_NS,
  MAX_SKEW_NS,
  type RawRequest,
  type SignedHeaders,
  signRequest,
  verifyProof,
  verifyRequest,
} from "../protocol/auth.ts";
export { contentHash } from "../protocol/content-hash.ts";
export { FILE_NAME, LIMITS, type Limits } from "../protocol/limits.ts";
export {
  type Receipt,
  type ReceiptFields,
  type ReceiptHeaders,
  signReceipt,
  verifyReceipt,
} from "../protocol/receipts.ts";
export { ReplayGuard } from "../protocol/replay-guard.ts";
