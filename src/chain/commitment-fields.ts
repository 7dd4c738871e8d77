import { type Plain, plainBytes, plainList, plainRecord } from "./plain.ts";
import type { Runtime } from "./runtime.ts";

/** What a validator writes before its URL. */
const URL_MARK = "colosseum/1 ";
/** Fields of up to this many bytes have a variant each; longer ones are `BigRaw`. */
const LONGEST_RAW = 128;

/** The URL that a commitment `colosseum/1 URL` publishes; undefined where it is none or no http(s) URL. */
export function publishedUrl(commitment: string): string | undefined {
  // Several fields may be published together, one on a line.
  const line = commitment.split("\n").find((part) => part.startsWith(URL_MARK));
  if (line === undefined) return undefined;
  const text = line.slice(URL_MARK.length).trim();
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

/** The commitment text that publishes a URL. */
export const urlCommitment = (url: string): string => `${URL_MARK}${url}`;

/** One field of `set_commitment` holding these bytes. */
export function rawField(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const hex = `0x${Buffer.from(bytes).toString("hex")}`;
  return bytes.length <= LONGEST_RAW ? { [`Raw${bytes.length}`]: hex } : { BigRaw: hex };
}

/** The fields of a decoded CommitmentInfo, joined by newlines; undefined where one holds no plain bytes or no UTF-8. */
export function fieldsText(info: Plain): string | undefined {
  const parts: string[] = [];
  for (const field of plainList(plainRecord(info, "a commitment")["fields"], "a commitment's fields")) {
    if (typeof field === "string") continue;
    const [kind = "", value] = Object.entries(plainRecord(field, "a commitment field"))[0] ?? [];
    if (!/^(raw\d+|bigRaw)$/.test(kind)) return undefined;
    try {
      parts.push(new TextDecoder("utf-8", { fatal: true }).decode(plainBytes(value, "a commitment field")));
    } catch {
      return undefined;
    }
  }
  return parts.length === 0 ? undefined : parts.join("\n");
}

/** The text inside a commitment's bytes, whether they are a whole registration record or only its info. */
export function commitmentText(runtime: Runtime, hex: string): string | undefined {
  for (const type of ["PalletCommitmentsRegistration", "PalletCommitmentsCommitmentInfo"]) {
    try {
      const value = plainRecord(runtime.decode(type, hex, "a commitment"), "a commitment");
      return fieldsText(value["info"] ?? value);
    } catch {
      // Not this shape: the next one is tried.
    }
  }
  return undefined;
}
