import { UsageError } from "../base/errors.ts";

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Reads `0.15/0.60`: US dollars for a million tokens in and out. @throws UsageError `usage.price`. */
export function parsePrice(text: string): Price {
  const match = /^([0-9]+(?:\.[0-9]+)?)\/([0-9]+(?:\.[0-9]+)?)$/.exec(text.trim());
  if (match === null) {
    throw new UsageError(`"${text}" is not a price.`, {
      code: "usage.price",
      hint: "US dollars for a million tokens in and out: --price 0.15/0.60",
    });
  }
  return { input: Number(match[1]), output: Number(match[2]) };
}
