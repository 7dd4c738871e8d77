import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Binds the validator to prompt and baseline before anybody votes, without showing either.
 *
 * @param salt - Drawn for the task (`R/I/salt`): only the revealed seed tells it.
 * @param prompt - What voters read.
 * @param baseline - Content hash (hex) of the validator's own output; null where it has none.
 * @returns sha256, in hex, over the JSON array of salt (hex), prompt and baseline.
 * @see docs/validator.md
 */
export const taskCommitment = (salt: Uint8Array, prompt: string, baseline: string | null): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify([bytesToHex(salt), prompt, baseline]))));
