import type { Post } from "./posts.ts";

/** An account named in a post: by id where the source says so, else by its name in lower case with a leading `@`. */
export type MentionKey = string;

const HANDLE = /@([A-Za-z0-9_]{1,15})/g;

const NOBODY: readonly MentionKey[] = [];

/** The key of a handle, with or without its `@`. */
export const handleKey = (handle: string): MentionKey => `@${handle.replace(/^@/, "").toLowerCase()}`;

/**
 * Who a post names, each account once: from the list that the source made, else from `@names` in the text.
 *
 * @returns Account ids or handle keys in the order of naming; empty for a post that names nobody.
 */
export function mentionsIn(post: Post): readonly MentionKey[] {
  const { mentions, text } = post;
  if (Array.isArray(mentions)) return mentions.length === 0 ? NOBODY : listed(mentions);
  if (typeof text !== "string" || !text.includes("@")) return NOBODY;
  return [...new Set(text.match(HANDLE)?.map(handleKey) ?? NOBODY)];
}

function listed(mentions: readonly unknown[]): readonly MentionKey[] {
  const keys: MentionKey[] = [];
  for (const mention of mentions) {
    const key = keyOf(mention);
    // A post names few; a set would cost more than it saves.
    if (key !== undefined && !keys.includes(key)) keys.push(key);
  }
  return keys;
}

function keyOf(item: unknown): MentionKey | undefined {
  if (typeof item === "string") return handleKey(item);
  if (typeof item !== "object" || item === null) return undefined;
  const mention = item as Readonly<Record<string, unknown>>;
  const id = mention["ID"] ?? mention["id"];
  if (typeof id === "string" && id !== "") return id;
  const name = mention["Username"] ?? mention["username"];
  return typeof name === "string" && name !== "" ? handleKey(name) : undefined;
}
