import { showDuration } from "../base/units.ts";
import type { Context } from "./context.ts";

const TICK_MS = 1_000;

/**
 * Says what takes a while: one line on stderr, at a terminal with the time that has passed, gone once it is done. Silent with
 * `--json` and `--quiet`.
 */
export async function withProgress<T>(ctx: Context, text: string, work: () => Promise<T>): Promise<T> {
  if (ctx.flags.json || ctx.flags.quiet || ctx.io.stderr.isTTY !== true) {
    ctx.out.status(`${text}…`);
    return work();
  }
  const from = ctx.clock.nowMs();
  const draw = (): void => {
    ctx.io.stderr.write(
      `\r\u001b[K${text}… ${showDuration(Math.floor((ctx.clock.nowMs() - from) / TICK_MS) * TICK_MS)}`,
    );
  };
  draw();
  const timer = setInterval(draw, TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    ctx.io.stderr.write("\r\u001b[K");
  }
}
