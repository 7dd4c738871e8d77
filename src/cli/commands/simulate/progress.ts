import { showDuration } from "../../../base/units.ts";
import type { ReplayProgress } from "../../../simulate/replay-options.ts";
import type { Context } from "../../context.ts";

/** A shorter wait needs no progress. */
const QUIET_MS = 1_000;
const REDRAW_MS = 100;
const BAR = 20;

export interface ProgressLine {
  readonly update: (progress: ReplayProgress) => void;
  /** Wipes the line; call before anything else is written. */
  readonly clear: () => void;
}

/** A line on stderr with bar, rate and time left; only on a terminal, and only once it takes longer than a second. */
export function progressLine(ctx: Context): ProgressLine {
  const { stderr } = ctx.io;
  if (stderr.isTTY !== true || ctx.flags.json || ctx.flags.quiet) {
    return { update: () => undefined, clear: () => undefined };
  }
  const startedMs = ctx.clock.nowMs();
  let drawnMs = startedMs;
  let drawn = false;
  return {
    update: (progress) => {
      const nowMs = ctx.clock.nowMs();
      if (nowMs - startedMs < QUIET_MS || nowMs - drawnMs < REDRAW_MS) return;
      drawnMs = nowMs;
      drawn = true;
      stderr.write(`\r\u001b[2K${drawProgress(progress, nowMs - startedMs).slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (drawn) stderr.write("\r\u001b[2K");
      drawn = false;
    },
  };
}

/** One line: bar and percent where the size is known, tasks, rate, time left. */
export function drawProgress({ bytes, size, tasks }: ReplayProgress, elapsedMs: number): string {
  const rate = (bytes / 1e6 / Math.max(1, elapsedMs)) * 1_000;
  const counted = `${tasks.toLocaleString("en-US")} tasks, ${rate.toFixed(0)} MB/s`;
  if (size === undefined || size === 0) return `${(bytes / 1e6).toFixed(0)} MB, ${counted}`;
  const part = Math.min(1, bytes / size);
  const full = Math.round(part * BAR);
  const left = part === 0 ? "" : `, ${showDuration((elapsedMs / part) * (1 - part))} left`;
  return `${"█".repeat(full)}${"░".repeat(BAR - full)} ${Math.floor(part * 100)} %, ${counted}${left}`;
}
