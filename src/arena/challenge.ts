import { base64urlnopad } from "@scure/base";
import { decodeSs58 } from "../base/ss58.ts";

/** Says what an account's owner signs: this X account belongs to this hotkey in this subnet. */
export interface Challenge {
  readonly netuid: number;
  /** Lower case, without `@`. */
  readonly handle: string;
  /** Seconds since the Unix epoch. */
  readonly at: number;
  /** SS58. */
  readonly hotkey: string;
}

/** A challenge as it stands in a post. */
export interface SignedChallenge {
  readonly challenge: Challenge;
  /** 64 bytes over the UTF-8 bytes of {@link challengeMessage}. */
  readonly signature: Uint8Array;
}

const MARK = "colosseum-arena/1";
const PATTERN =
  /colosseum-arena\/1\s+([0-9]{1,5})\s+@?([A-Za-z0-9_]{1,15})\s+([0-9]{9,11})\s+([1-9A-HJ-NP-Za-km-z]{46,48})\s+([A-Za-z0-9_-]{86})(?![A-Za-z0-9_-])/;

/** What is signed: exactly the words before the signature, separated by single blanks. */
export const challengeMessage = ({ netuid, handle, at, hotkey }: Challenge): string =>
  `${MARK} ${netuid} ${handle} ${at} ${hotkey}`;

/**
 * The text to post: a line for people, and the challenge with its signature.
 *
 * @param signature - 64 bytes.
 * @returns At most 243 of X's 280 characters.
 */
export const challengePost = (challenge: Challenge, signature: Uint8Array): string =>
  `This agent competes in the arena of Bittensor subnet ${challenge.netuid}.\n${challengeMessage(challenge)} ${base64urlnopad.encode(signature)}`;

/**
 * The signed challenge inside a post's text, whatever stands around it.
 *
 * @returns `undefined` where there is none; a signature that is well formed may still be wrong.
 */
export function challengeIn(text: string): SignedChallenge | undefined {
  const [, netuid = "", handle = "", at = "", hotkey = "", encoded = ""] = PATTERN.exec(text) ?? [];
  if (encoded === "" || Number(netuid) > 65_535 || decodeSs58(hotkey) === undefined) return undefined;
  try {
    // 86 characters are 64 bytes.
    const signature = base64urlnopad.decode(encoded);
    return { challenge: { netuid: Number(netuid), handle: handle.toLowerCase(), at: Number(at), hotkey }, signature };
  } catch {
    // Its last character has bits that no 64 bytes leave.
    return undefined;
  }
}
