import type { ColosseumError } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

/** What `--skip-invalid` left out is said aloud. */
export function warnOfInvalid(
  ctx: Context,
  { invalid, firstInvalid }: { readonly invalid: number; readonly firstInvalid: ColosseumError | null },
): void {
  if (invalid === 0 || firstInvalid === null) return;
  const left = invalid === 1 ? "1 task was" : `${invalid} tasks were`;
  const first = firstInvalid.message;
  ctx.out.warn({ code: "invalid-skipped", message: `${left} left out as invalid. The first: ${first}` });
}
