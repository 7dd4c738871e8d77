import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hotkey, toHotkey } from "../base/ids.ts";
import type { CryptoType, Signer } from "../base/ports.ts";
import { decodeSs58, encodeSs58 } from "../base/ss58.ts";
import { verifySignature } from "./signature.ts";

/** How old a nonce may be, in nanoseconds, both ends inclusive. @see bittensor 11.3.0 http_auth.py */
export const MAX_AGE_NS = 10_000_000_000n;
/** How far ahead of the receiver's clock a nonce may be. */
export const MAX_SKEW_NS = 2_000_000_000n;

export type AuthFailureCode =
  | "auth-malformed"
  | "auth-wrong-receiver"
  | "auth-stale"
  | "auth-bad-signature"
  | "auth-replayed";

/** A request that does not prove who sent it. Carries a refusal code of the wire, not an exit code. */
export class AuthFailure extends Error {
  readonly code: AuthFailureCode;
  constructor(code: AuthFailureCode, message: string) {
    super(message);
    this.name = "AuthFailure";
    this.code = code;
  }
}

/** A request as it stands on the wire. */
export interface RawRequest {
  readonly method: string;
  /** Path and query exactly as sent, percent-encoding included. */
  readonly target: string;
  readonly body: Uint8Array;
}

export interface SignedHeaders {
  readonly "X-Bittensor-Version": "1";
  readonly "X-Bittensor-Hotkey": string;
  readonly "X-Bittensor-Receiver": string;
  readonly "X-Bittensor-Nonce": string;
  readonly "X-Bittensor-Crypto"?: "ed25519";
  readonly "X-Bittensor-Signature": string;
}

/** Who sent a request, proven. The payload and signature are kept with an answer as its proof for auditors. */
export interface Authenticated {
  readonly hotkey: Hotkey;
  readonly cryptoType: CryptoType;
  /** Nanoseconds since the Unix epoch; decides which of two answers is newer. */
  readonly nonceNs: bigint;
  /** The eight signed lines. */
  readonly payload: string;
  /** 0x and 128 hex digits. */
  readonly signature: string;
}

/** The eight lines that `btauth/1` signs: UTF-8, joined by \n, none at the end. */
export function authPayload(fields: {
  scheme: CryptoType;
  request: RawRequest;
  nonce: string;
  sender: string;
  receiver: string;
}): string {
  const { scheme, request, nonce, sender, receiver } = fields;
  const bodyHash = bytesToHex(sha256(request.body));
  return ["btauth/1", scheme, request.method.toUpperCase(), request.target, bodyHash, nonce, sender, receiver].join(
    "\n",
  );
}

/**
 * Signs a request for one receiver.
 *
 * @param nonceNs - Unix nanoseconds, a new one for every try.
 * @see bittensor 11.3.0 http_auth.py `sign`; `X-Bittensor-Crypto` is left out for sr25519.
 */
export function signRequest(request: RawRequest, signer: Signer, receiver: Hotkey, nonceNs: bigint): SignedHeaders {
  const nonce = nonceNs.toString();
  const payload = authPayload({ scheme: signer.cryptoType, request, nonce, sender: signer.address, receiver });
  return {
    "X-Bittensor-Version": "1",
    "X-Bittensor-Hotkey": signer.address,
    "X-Bittensor-Receiver": receiver,
    "X-Bittensor-Nonce": nonce,
    ...(signer.cryptoType === "ed25519" ? { "X-Bittensor-Crypto": "ed25519" as const } : {}),
    "X-Bittensor-Signature": `0x${bytesToHex(signer.sign(utf8ToBytes(payload)))}`,
  };
}

const FIELDS = ["version", "hotkey", "receiver", "nonce", "crypto", "signature"] as const;
type Field = (typeof FIELDS)[number];

/** Collects the `X-Bittensor-*` headers; a repeated one is malformed, since two readers could choose differently. */
function authHeaders(rawHeaders: readonly string[]): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {};
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    const field = FIELDS.find((candidate) => name === `x-bittensor-${candidate}`);
    if (field === undefined) continue;
    if (found[field] !== undefined)
      throw new AuthFailure("auth-malformed", `the header X-Bittensor-${field} is repeated`);
    found[field] = rawHeaders[i + 1] ?? "";
  }
  return found;
}

/**
 * Proves who sent a request: shape → receiver → freshness → signature. Replay is the caller's next step, because only
 * nonces under a right signature may be remembered (`replay-guard.ts`).
 *
 * Strict where the SDK is lenient: receiver always required; nonce of 1–20 ASCII digits, no sign, space or underscore;
 * signature with 0x; scheme `ed25519` spelled out or the header absent; canonical prefix-42 sender; no `<Bytes>`.
 *
 * @param rawHeaders - Names and values alternating, as Node's `rawHeaders`.
 * @param receiver - Our own hotkey. @param nowNs - Our clock.
 * @throws {@link AuthFailure}
 */
export function verifyRequest(
  request: RawRequest,
  rawHeaders: readonly string[],
  receiver: Hotkey,
  nowNs: bigint,
): Authenticated {
  const headers = authHeaders(rawHeaders);
  if (headers.version !== "1") throw new AuthFailure("auth-malformed", "X-Bittensor-Version is missing or is not 1");
  const scheme = schemeOf(headers.crypto);
  const publicKey = decodeSs58(headers.hotkey ?? "");
  if (headers.hotkey === undefined || publicKey === undefined || encodeSs58(publicKey) !== headers.hotkey) {
    throw new AuthFailure("auth-malformed", "X-Bittensor-Hotkey is missing or is no SS58 address with prefix 42");
  }
  if (headers.nonce === undefined || !/^(?:0|[1-9][0-9]{0,19})$/.test(headers.nonce)) {
    throw new AuthFailure("auth-malformed", "X-Bittensor-Nonce is missing or is not 1 to 20 digits");
  }
  if (headers.signature === undefined || !/^0x[0-9a-fA-F]{128}$/.test(headers.signature)) {
    throw new AuthFailure("auth-malformed", "X-Bittensor-Signature is missing or is not 0x and 128 hex digits");
  }
  if (headers.receiver !== receiver) {
    throw new AuthFailure("auth-wrong-receiver", `X-Bittensor-Receiver must be ${receiver}`);
  }
  const nonceNs = BigInt(headers.nonce);
  if (nowNs - nonceNs > MAX_AGE_NS) throw new AuthFailure("auth-stale", "the nonce is more than 10 s old");
  if (nonceNs - nowNs > MAX_SKEW_NS) throw new AuthFailure("auth-stale", "the nonce is more than 2 s in the future");
  const payload = authPayload({ scheme, request, nonce: headers.nonce, sender: headers.hotkey, receiver });
  if (!verifySignature(scheme, publicKey, utf8ToBytes(payload), hexToBytes(headers.signature.slice(2)))) {
    throw new AuthFailure("auth-bad-signature", "the signature is not one of this hotkey over this request");
  }
  return { hotkey: toHotkey(headers.hotkey), cryptoType: scheme, nonceNs, payload, signature: headers.signature };
}

function schemeOf(header: string | undefined): CryptoType {
  if (header === undefined) return "sr25519";
  if (header === "ed25519") return "ed25519";
  throw new AuthFailure("auth-malformed", "X-Bittensor-Crypto is ed25519 or absent (sr25519)");
}

/**
 * Checks a stored proof again, long after: the payload's sender signed it for this receiver. Freshness is not looked at.
 *
 * @returns Method, target, body hash and nonce of the proven request, or undefined if it proves nothing.
 */
export function verifyProof(proof: {
  payload: string;
  signature: string;
}):
  | { sender: Hotkey; receiver: Hotkey; method: string; target: string; bodySha256: string; nonceNs: bigint }
  | undefined {
  const lines = proof.payload.split("\n");
  const [version, scheme, method = "", target = "", bodySha256 = "", nonce = "", sender = "", receiver = ""] = lines;
  const publicKey = decodeSs58(sender);
  if (lines.length !== 8 || version !== "btauth/1" || publicKey === undefined) return undefined;
  if ((scheme !== "sr25519" && scheme !== "ed25519") || !/^[0-9]{1,20}$/.test(nonce)) return undefined;
  if (!/^0x[0-9a-fA-F]{128}$/.test(proof.signature)) return undefined;
  if (!verifySignature(scheme, publicKey, utf8ToBytes(proof.payload), hexToBytes(proof.signature.slice(2))))
    return undefined;
  return { sender: toHotkey(sender), receiver: toHotkey(receiver), method, target, bodySha256, nonceNs: BigInt(nonce) };
}
