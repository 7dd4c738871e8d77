import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Hotkey } from "../base/ids.ts";
import type { CryptoType, Signer } from "../base/ports.ts";
import { decodeSs58 } from "../base/ss58.ts";
import { verifySignature } from "./signature.ts";

export interface ReceiptHeaders {
  readonly "X-TW-Resp-Version": "1";
  readonly "X-TW-Resp-Hotkey": string;
  readonly "X-TW-Resp-Crypto"?: "ed25519";
  readonly "X-TW-Resp-Signature": string;
}

/** What a receipt binds together: which request, from whom, answered by whom, with what. */
export interface ReceiptFields {
  readonly requestNonce: string;
  readonly sender: string;
  readonly responder: string;
  readonly status: number;
  readonly body: Uint8Array;
}

/** A receipt as a miner keeps it, enough for `audit --receipts` on any machine. */
export interface Receipt {
  readonly requestNonce: string;
  readonly sender: string;
  readonly responder: string;
  readonly status: number;
  /** The response body, as text. */
  readonly body: string;
  readonly crypto: CryptoType;
  readonly signature: string;
}

/** The seven lines of `twresp/1`. @see facts: taowire's response signature, X-TW-Resp-* headers. */
const receiptPayload = (scheme: CryptoType, fields: ReceiptFields): Uint8Array =>
  utf8ToBytes(
    [
      "twresp/1",
      scheme,
      fields.requestNonce,
      fields.sender,
      fields.responder,
      String(fields.status),
      bytesToHex(sha256(fields.body)),
    ].join("\n"),
  );

/** Signs a response, so that its receiver can prove later what it was told. */
export function signReceipt(fields: Omit<ReceiptFields, "responder">, signer: Signer): ReceiptHeaders {
  const payload = receiptPayload(signer.cryptoType, { ...fields, responder: signer.address });
  return {
    "X-TW-Resp-Version": "1",
    "X-TW-Resp-Hotkey": signer.address,
    ...(signer.cryptoType === "ed25519" ? { "X-TW-Resp-Crypto": "ed25519" as const } : {}),
    "X-TW-Resp-Signature": `0x${bytesToHex(signer.sign(payload))}`,
  };
}

/** Whether a kept receipt is really a signed statement of its responder. */
export function verifyReceipt(receipt: Receipt, responder: Hotkey): boolean {
  const publicKey = decodeSs58(receipt.responder);
  if (receipt.responder !== responder || publicKey === undefined) return false;
  if (!/^0x[0-9a-fA-F]{128}$/.test(receipt.signature)) return false;
  const payload = receiptPayload(receipt.crypto, { ...receipt, body: utf8ToBytes(receipt.body) });
  return verifySignature(receipt.crypto, publicKey, payload, hexToBytes(receipt.signature.slice(2)));
}
