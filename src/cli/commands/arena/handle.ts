import { UsageError } from "../../../base/errors.ts";

/** The name of an X account, with or without its `@`. @returns As typed, without `@`. @throws UsageError `usage.handle`. */
export function parseHandle(text: string): string {
  const match = /^@?([A-Za-z0-9_]{1,15})$/.exec(text.trim());
  if (match?.[1] !== undefined) return match[1];
  throw new UsageError(`"${text}" is no name of an X account.`, {
    code: "usage.handle",
    hint: "For example: --handle @my_agent (up to 15 letters, digits and _)",
  });
}

/** A post by its id or its address on X. @returns The id. @throws UsageError `usage.post`. */
export function parsePost(text: string): string {
  const trimmed = text.trim();
  const match =
    /^(?:https?:\/\/)?(?:[a-z]+\.)?(?:x|twitter)\.com\/(?:[A-Za-z0-9_]+|i(?:\/web)?)\/status(?:es)?\/([0-9]{1,20})(?:[/?#].*)?$/i.exec(
      trimmed,
    );
  const id = /^[0-9]{1,20}$/.test(trimmed) ? trimmed : match?.[1];
  if (id !== undefined) return id;
  throw new UsageError(`"${text}" names no post.`, {
    code: "usage.post",
    hint: "For example: --post https://x.com/my_agent/status/1234567890123456789, or the number alone",
  });
}
