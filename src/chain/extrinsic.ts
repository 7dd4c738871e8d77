import { blake2b } from "@noble/hashes/blake2.js";
import type { Call } from "@polkadot/types/interfaces";
import type { Signer } from "../base/ports.ts";
import { bytesToHex } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** Payloads longer than this are signed by their hash. @see sp_runtime::generic::UncheckedExtrinsic */
const LONGEST_SIGNED_RAW = 256;
/** First byte of a MultiSignature. */
const SCHEME = { ed25519: 0, sr25519: 1 } as const;

/** Blocks during which a transaction may be included; v11's default. A power of two. */
export const ERA_BLOCKS = 128;

export interface SigningFacts {
  readonly nonce: number;
  /** 0x hex of block 0. */
  readonly genesis: string;
  /** Where the era begins; absent: the transaction never expires. */
  readonly birth?: { readonly number: number; readonly hash: string; readonly period?: number };
  readonly tipRao?: bigint;
}

/** A signed transaction, ready to be sent. */
export interface SignedExtrinsic {
  /** 0x hex with its length prefix. */
  readonly hex: string;
  /** blake2b-256 of these bytes: its name on the chain. */
  readonly hash: string;
  readonly nonce: number;
  /** The block after which it can no longer be included. */
  readonly expiresAfter: number | undefined;
}

interface Payload {
  readonly payload: object;
  readonly bytes: Uint8Array;
}

/** The bytes that a signature covers, by the chain's own list of transaction extensions. */
export function signingPayload(runtime: Runtime, call: Call, facts: SigningFacts): Payload {
  const { birth } = facts;
  const era =
    birth === undefined
      ? "0x00"
      : runtime.registry
          .createTypeUnsafe("ExtrinsicEra", [{ current: birth.number, period: birth.period ?? ERA_BLOCKS }])
          .toHex();
  const payload = {
    method: call.toHex(),
    era,
    nonce: facts.nonce,
    tip: facts.tipRao ?? 0n,
    specVersion: runtime.specVersion,
    transactionVersion: runtime.transactionVersion,
    genesisHash: facts.genesis,
    blockHash: birth?.hash ?? facts.genesis,
    // CheckMetadataHash: disabled.
    mode: 0,
    metadataHash: null,
  };
  const encoded = runtime.registry.createTypeUnsafe("ExtrinsicPayload", [payload, { version: 4 }]);
  return { payload, bytes: (encoded as { toU8a(options: { method: boolean }): Uint8Array }).toU8a({ method: true }) };
}

/** Signs a call into an extrinsic of version 4. */
export function signExtrinsic(runtime: Runtime, call: Call, signer: Signer, facts: SigningFacts): SignedExtrinsic {
  const { payload, bytes } = signingPayload(runtime, call, facts);
  const message = bytes.length > LONGEST_SIGNED_RAW ? blake2b(bytes, { dkLen: 32 }) : bytes;
  const signature = new Uint8Array(65);
  signature[0] = SCHEME[signer.cryptoType];
  signature.set(signer.sign(message), 1);
  const hex = assembleExtrinsic(runtime, call, signer.address, signature, payload);
  return {
    hex,
    hash: extrinsicHash(hex),
    nonce: facts.nonce,
    expiresAfter: facts.birth === undefined ? undefined : facts.birth.number + (facts.birth.period ?? ERA_BLOCKS),
  };
}

/** Puts call, signer and a 65-byte MultiSignature together. */
export function assembleExtrinsic(
  runtime: Runtime,
  call: Call,
  address: string,
  signature: Uint8Array,
  payload: object,
): string {
  const extrinsic = runtime.registry.createTypeUnsafe("Extrinsic", [call, { version: 4 }]) as unknown as {
    addSignature(address: string, signature: Uint8Array, payload: object): { toHex(): string };
  };
  return extrinsic.addSignature(address, signature, payload).toHex();
}

/** blake2b-256 of an extrinsic's bytes. */
export const extrinsicHash = (hex: string): string =>
  bytesToHex(blake2b(new Uint8Array(Buffer.from(hex.slice(2), "hex")), { dkLen: 32 }));
