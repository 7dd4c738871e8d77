import { UsageError } from "../base/errors.ts";

/**
 * Where a validator is reached: http(s), without user, password, query and fragment.
 *
 * @returns The address without trailing slashes.
 * @throws UsageError `usage.validator-url` on anything else.
 */
export function parseValidatorUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare =
    url !== undefined && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !isBare || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${text}" is not the URL of a validator.`, {
      code: "usage.validator-url",
      hint: "For example: --validator http://127.0.0.1:8091",
    });
  }
  return url.href.replace(/\/+$/, "");
}
