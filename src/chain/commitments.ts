import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { fieldsText, publishedUrl, rawField, urlCommitment } from "./commitment-fields.ts";
import { plainNumber, plainRecord, plainText } from "./plain.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

const PALLET = "Commitments";

/** What a hotkey published in a subnet. */
export interface Commitment {
  readonly hotkey: string;
  /** Its fields as text, one on a line. */
  readonly text: string;
  /** When. */
  readonly block: number;
}

/**
 * Publishes lines of text, one field each; replaces what this hotkey published in this subnet before.
 *
 * @param lines - At most three on the chains seen; each up to 128 bytes (longer ones where the chain has BigRaw).
 */
export function publishCommitment(
  client: ChainClient,
  signer: Signer,
  netuid: Netuid,
  lines: readonly string[],
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const fields = lines.map((line) => rawField(Buffer.from(line, "utf8")));
  const call = { pallet: PALLET, name: "set_commitment", args: { netuid, info: { fields } } };
  return submit(client, call, signer, { ...options, about: { netuid, hotkey: signer.address, ...options.about } });
}

/**
 * What one hotkey published; undefined where it published nothing that is text.
 *
 * @param at - Hash of the block as of which; absent: the newest.
 */
export async function fetchCommitment(
  client: ChainClient,
  netuid: Netuid,
  hotkey: string,
  at?: string,
): Promise<Commitment | undefined> {
  const value = await client.storage(PALLET, "CommitmentOf", [netuid, hotkey], at);
  if (value === null) return undefined;
  const record = plainRecord(value, "a commitment");
  const text = fieldsText(record["info"] ?? null);
  return text === undefined ? undefined : { hotkey, text, block: plainNumber(record["block"], "a commitment's block") };
}

/** All text commitments of a subnet. */
export async function fetchCommitments(client: ChainClient, netuid: Netuid): Promise<Commitment[]> {
  const found: Commitment[] = [];
  for (const { args, value } of await client.entries(PALLET, "CommitmentOf", [netuid])) {
    const record = plainRecord(value, "a commitment");
    const text = fieldsText(record["info"] ?? null);
    if (text === undefined) continue;
    const hotkey = plainText(args[1], "a hotkey");
    found.push({ hotkey, text, block: plainNumber(record["block"], "a commitment's block") });
  }
  return found;
}

/**
 * Publishes where a validator is reached, keeping the other lines it published (the anchor of its seeds).
 *
 * @throws ColosseumError `chain.not-a-url` for anything but an http(s) URL.
 */
export async function publishUrl(client: ChainClient, signer: Signer, netuid: Netuid, url: string): Promise<Inclusion> {
  const line = urlCommitment(url);
  if (publishedUrl(line) === undefined) {
    throw new ColosseumError(`"${url}" is not an http:// or https:// URL.`, {
      code: "chain.not-a-url",
      exitCode: ExitCode.usage,
      hint: "For example: --public-url https://arena.example.org",
    });
  }
  return await replaceLine(client, signer, netuid, publishedUrl, line);
}

/** What a seed anchor begins with. */
const ANCHOR_MARK = "colosseum-seeds/1 ";
const isAnchor = (line: string): boolean => line.startsWith(ANCHOR_MARK);

/** Publishes the end of a validator's hash chain of seeds (0x hex) before its first use, keeping its URL. */
export function publishAnchor(client: ChainClient, signer: Signer, netuid: Netuid, anchor: string): Promise<Inclusion> {
  return replaceLine(client, signer, netuid, isAnchor, `${ANCHOR_MARK}${anchor}`);
}

/** The end of a hash chain of seeds that a commitment's text publishes (0x hex). */
export function anchorIn(text: string): string | undefined {
  return text.split("\n").find(isAnchor)?.slice(ANCHOR_MARK.length).trim();
}

/** What the line begins with by which an agent's owner says where its proof is posted. */
const ARENA_MARK = "colosseum-arena/1 ";
const isArenaPost = (line: string): boolean => line.startsWith(ARENA_MARK);

/** Publishes the id of the post that proves whose account it is, keeping the other lines; validators find it there. */
export function publishArenaPost(
  client: ChainClient,
  signer: Signer,
  netuid: Netuid,
  postId: string,
): Promise<Inclusion> {
  return replaceLine(client, signer, netuid, isArenaPost, `${ARENA_MARK}${postId}`);
}

/** The id of the post that a commitment's text names as proof of an account: digits, at most 20. */
export function arenaPostIn(text: string): string | undefined {
  const id = text.split("\n").find(isArenaPost)?.slice(ARENA_MARK.length).trim();
  return id !== undefined && /^[0-9]{1,20}$/.test(id) ? id : undefined;
}

/** The replacement under way of each connection. */
const replacing = new WeakMap<ChainClient, Promise<unknown>>();

/** One at a time: two that read before either has written would leave only the later one's line. */
function replaceLine(...what: Parameters<typeof replaceNow>): Promise<Inclusion> {
  const [client] = what;
  const mine = (replacing.get(client) ?? Promise.resolve()).then(() => replaceNow(...what));
  replacing.set(
    client,
    mine.catch(() => undefined),
  );
  return mine;
}

async function replaceNow(
  client: ChainClient,
  signer: Signer,
  netuid: Netuid,
  isOld: (line: string) => unknown,
  line: string,
): Promise<Inclusion> {
  const before = (await fetchCommitment(client, netuid, signer.address))?.text.split("\n") ?? [];
  const kept = before.filter((other) => other !== "" && !isOld(other));
  return await publishCommitment(client, signer, netuid, [...kept, line]);
}
