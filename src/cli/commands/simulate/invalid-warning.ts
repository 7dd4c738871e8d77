import type { Replay } from "../../../simulate/replay-options.ts";
import type { Context } from "../../context.ts";

/** What `--skip-invalid` left out is said aloud. */
export function warnOfInvalid(ctx: Context, replay: Replay): void {
  if (replay.invalid === 0 || replay.firstInvalid === null) return;
  const left = replay.invalid === 1 ? "1 task was" : `${replay.invalid} tasks were`;
  const first = replay.firstInvalid.message;
  ctx.out.warn({ code: "invalid-skipped", message: `${left} left out as invalid. The first: ${first}` });
}
