import { eraDeath } from "../runtime/era.ts";
import { fromHex } from "../scale/bytes.ts";
import { checkNonceAndFee } from "./apply-extrinsic.ts";
import { type Authorship, type Extrinsic, signingPayload } from "./extrinsic.ts";
import { Refusal } from "./invalid-transaction.ts";
import { verifySignature } from "./signatures.ts";
import type { ReadableState } from "./state.ts";

/** The chain that an extrinsic has to be signed for. */
export interface SignedFor {
  readonly genesisHash: string;
  /** Hash of a block of the chain, as far back as it remembers. */
  readonly hashOf: (block: number) => string | undefined;
  /** Number of its newest block. */
  readonly current: number;
}

/** Who signed it, once era, nonce, fee and signature are right. @throws InvalidTransaction */
export function verifyExtrinsic(extrinsic: Extrinsic, state: ReadableState, chain: SignedFor): Authorship {
  const { author } = extrinsic;
  if (author === undefined) throw Refusal.call();
  if (author.metadataHashWanted) throw Refusal.badProof();
  if (eraDeath(author.era, chain.current) <= chain.current) throw Refusal.ancientBirthBlock();
  const payload = signingPayload(extrinsic, author, chain);
  if (payload === undefined) throw Refusal.ancientBirthBlock();
  checkNonceAndFee(state, extrinsic, author);
  if (!verifySignature(author.scheme, fromHex(author.who), payload, author.signature)) throw Refusal.badProof();
  return author;
}
