import { type Era, eraBirth, eraCodec } from "../runtime/era.ts";
import type { Runtime, RuntimeCall } from "../runtime/runtime.ts";
import { SPEC_VERSION, TRANSACTION_VERSION } from "../runtime/version.ts";
import { ByteReader, ByteWriter, concatBytes, DecodeError, fromHex, toHex } from "../scale/bytes.ts";
import type { Tagged } from "../scale/codec.ts";
import { blake2_256 } from "../scale/hashers.ts";
import type { SignatureScheme } from "./signatures.ts";

/** Format 4; the top bit says that it is signed. */
const SIGNED = 0x84;
const BARE = 0x04;

/** The signed part of an extrinsic. */
export interface Authorship {
  /** Account, 0x-hex of 32 bytes. */
  readonly who: string;
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
  readonly era: Era;
  readonly nonce: number;
  readonly tipRao: bigint;
  /** The bytes of the extensions as sent. */
  readonly extra: Uint8Array;
  readonly metadataHashWanted: boolean;
}

export interface Extrinsic {
  /** With the length in front, as it travels and stands in blocks. */
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly call: RuntimeCall;
  readonly callBytes: Uint8Array;
  readonly author: Authorship | undefined;
}

/** Unwraps the two enums around a call. */
export function toCall(tagged: unknown): RuntimeCall {
  const outer = tagged as Tagged;
  const inner = outer.value as Tagged;
  return { pallet: outer.type, name: inner.type, args: (inner.value ?? {}) as Readonly<Record<string, unknown>> };
}

/** @throws DecodeError if the bytes are no extrinsic of this chain. */
export function decodeExtrinsic(runtime: Runtime, bytes: Uint8Array): Extrinsic {
  const reader = new ByteReader(bytes);
  const length = reader.compact();
  if (length !== BigInt(reader.left)) throw new DecodeError("the length in front is not the length that follows");
  const version = reader.u8();
  if (version !== SIGNED && version !== BARE) throw new DecodeError(`extrinsic version ${version & 0x7f} is not 4`);
  const author = version === SIGNED ? readAuthorship(runtime, reader, bytes) : undefined;
  const callBytes = bytes.subarray(bytes.length - reader.left);
  const call = toCall(runtime.codec("RuntimeCall").decode(reader));
  reader.end();
  return { bytes, hash: toHex(blake2_256(bytes)), call, callBytes, author };
}

function readAuthorship(runtime: Runtime, reader: ByteReader, bytes: Uint8Array): Authorship {
  const address = runtime.codec("MultiAddress").decode(reader) as Tagged;
  if (address.type !== "Id") throw new DecodeError("only account ids may sign");
  const signature = runtime.codec("MultiSignature").decode(reader) as Tagged;
  const from = bytes.length - reader.left;
  const era = eraCodec.decode(reader) as Era;
  const nonce = runtime.codec("Compact<u32>").decode(reader) as number;
  const tipRao = runtime.codec("Compact<u64>").decode(reader) as bigint;
  const mode = reader.u8();
  if (mode > 1) throw new DecodeError("the metadata mode is 0 or 1");
  return {
    who: address.value as string,
    scheme: signature.type as SignatureScheme,
    signature: signature.value as Uint8Array,
    era,
    nonce,
    tipRao,
    extra: bytes.slice(from, bytes.length - reader.left),
    metadataHashWanted: mode === 1,
  };
}

/** What the author signed; longer than 256 bytes it is hashed first. */
export function signingPayload(
  extrinsic: { readonly callBytes: Uint8Array },
  author: Pick<Authorship, "extra" | "era">,
  chain: {
    readonly genesisHash: string;
    readonly hashOf: (block: number) => string | undefined;
    readonly current: number;
  },
): Uint8Array | undefined {
  const birth = chain.hashOf(eraBirth(author.era, chain.current));
  if (birth === undefined) return undefined;
  const implicit = new ByteWriter();
  implicit.u32(SPEC_VERSION);
  implicit.u32(TRANSACTION_VERSION);
  implicit.raw(fromHex(chain.genesisHash));
  implicit.raw(fromHex(author.era.type === "Immortal" ? chain.genesisHash : birth));
  implicit.u8(0);
  const payload = concatBytes(extrinsic.callBytes, author.extra, implicit.finish());
  return payload.length > 256 ? blake2_256(payload) : payload;
}

/** An extrinsic that nobody signs: the block author's own. */
export function bareExtrinsic(runtime: Runtime, call: Tagged): Uint8Array {
  const body = new ByteWriter();
  body.u8(BARE);
  runtime.codec("RuntimeCall").encode(body, call);
  const writer = new ByteWriter();
  writer.prefixed(body.finish());
  return writer.finish();
}
