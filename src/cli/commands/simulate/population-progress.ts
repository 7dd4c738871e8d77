import { showDuration } from "../../../base/units.ts";
import type { Context } from "../../context.ts";

const SHOW_AFTER_MS = 1_000;
const EVERY_MS = 200;

/** A line on a terminal's stderr once a run takes longer than a second: how far, how long still. */
export function populationProgress(ctx: Context): {
  readonly update: (done: number, total: number) => void;
  readonly end: () => void;
} {
  const live = ctx.io.stderr.isTTY === true && !ctx.flags.json && !ctx.flags.quiet;
  const startedMs = ctx.clock.nowMs();
  let shownMs: number | undefined;
  return {
    update: (done, total) => {
      const nowMs = ctx.clock.nowMs();
      const elapsedMs = nowMs - startedMs;
      if (!live || elapsedMs < SHOW_AFTER_MS || nowMs - (shownMs ?? 0) < EVERY_MS) return;
      shownMs = nowMs;
      const left = (elapsedMs * (total - done)) / Math.max(1, done);
      const share = Math.floor((done / total) * 100);
      ctx.io.stderr.write(`\r\u001b[KPlaying ${share} %, ${showDuration(left)} left`);
    },
    end: () => {
      if (shownMs !== undefined) ctx.io.stderr.write("\r\u001b[K");
    },
  };
}
