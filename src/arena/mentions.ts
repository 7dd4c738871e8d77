import type { Post } from "./posts.ts";

/** An account named in a post: by id where the source says so, else by its name in lower case with a leading `@`. */
export type MentionKey = string;

const HANDLE = /@([A-Za-z0-9_]{1,15})/g;

const NOBODY: ReadonlySet<MentionKey> = new Set();

/** The key of a handle, with or without its `@`. */
export const handleKey = (handle: string): MentionKey => `@${handle.replace(/^@/, "").toLowerCase()}`;

/**
 * Who a post names, each account once: from the list that the source made, else from `@names` in the text.
 *
 * @returns Account ids or handle keys; empty for a post that names nobody.
 */
export function mentionsIn(post: Post): ReadonlySet<MentionKey> {
  const listed = Array.isArray(post.mentions) && post.mentions.length > 0;
  if (!listed && (Array.isArray(post.mentions) || typeof post.text !== "string" || !post.text.includes("@")))
    return NOBODY;
  const keys = new Set<MentionKey>();
  if (Array.isArray(post.mentions)) {
    for (const item of post.mentions as readonly unknown[]) {
      if (typeof item === "string") keys.add(handleKey(item));
      if (typeof item !== "object" || item === null) continue;
      const mention = item as Readonly<Record<string, unknown>>;
      const id = mention["ID"] ?? mention["id"];
      const name = mention["Username"] ?? mention["username"];
      if (typeof id === "string" && id !== "") keys.add(id);
      else if (typeof name === "string" && name !== "") keys.add(handleKey(name));
    }
    return keys;
  }
  for (const match of String(post.text).matchAll(HANDLE)) keys.add(handleKey(match[1] ?? ""));
  return keys;
}
