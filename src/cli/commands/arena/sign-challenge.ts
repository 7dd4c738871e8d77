import type { Netuid } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";

/** A text to post that proves whose account it is. */
export interface RegistrationText {
  readonly netuid: number;
  readonly handle: string;
  readonly hotkey: string;
  /** When it was signed. */
  readonly at: string;
  readonly text: string;
  /** As X counts it. */
  readonly length: number;
  /** What X allows. */
  readonly most: number;
  /** What the hotkey signed, and its signature as 0x hex: enough for `wallet verify`. */
  readonly message: string;
  readonly signature: string;
}

/** Signs that an account belongs to a hotkey, now. */
export async function signChallenge(
  signer: Signer,
  netuid: Netuid,
  handle: string,
  nowMs: number,
): Promise<RegistrationText> {
  const { challengeMessage, challengePost } = await import("../../../arena/challenge.ts");
  const { MOST_POST_CHARACTERS, postLength } = await import("../../../arena/post-length.ts");
  const at = Math.floor(nowMs / 1_000);
  const challenge = { netuid, handle: handle.toLowerCase(), at, hotkey: signer.address };
  const message = challengeMessage(challenge);
  const signature = signer.sign(new TextEncoder().encode(message));
  const text = challengePost(challenge, signature);
  return {
    netuid,
    handle,
    hotkey: signer.address,
    at: new Date(at * 1_000).toISOString().replace(".000Z", "Z"),
    text,
    length: postLength(text),
    most: MOST_POST_CHARACTERS,
    message,
    signature: `0x${Buffer.from(signature).toString("hex")}`,
  };
}
