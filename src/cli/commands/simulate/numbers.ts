import { UsageError } from "../../../base/errors.ts";

/** A parser of a share or probability for `flag`. @throws UsageError unless a decimal number from 0 to 1. */
export const fraction =
  (flag: string) =>
  (text: string): number => {
    const value = /^([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(text) ? Number(text) : Number.NaN;
    if (value >= 0 && value <= 1) return value;
    throw new UsageError(`${flag} must be a number from 0 to 1, not "${text}".`, {
      code: "usage.share",
      hint: `For example: ${flag} 0.2`,
    });
  };
