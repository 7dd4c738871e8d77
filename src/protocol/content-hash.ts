import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { PageFile } from "../base/ports.ts";

/**
 * The identity of a set of files: sha256, lower-case hex, of the JSON array `[[name, content], …]` sorted by name
 * (code units), in UTF-8. Names are distinct, so the order is total.
 */
export function contentHash(files: readonly PageFile[]): string {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(sorted.map(({ name, content }) => [name, content])))));
}
