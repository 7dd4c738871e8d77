import { resolve } from "node:path";
import type { RecordSink } from "../../../arena/posts.ts";
import { showDuration } from "../../../base/units.ts";
import { readPosts } from "../../../feeds/files.ts";
import { findPostFiles } from "../../../feeds/files-find.ts";
import type { Context } from "../../context.ts";

/** Progress is worth a line once reading takes this long. */
const SHOW_AFTER_MS = 1_000;

/** Feeds every post below some paths to a sink, in order, with progress on a terminal's stderr. */
export async function readPostFiles(
  ctx: Context,
  paths: readonly string[],
  exclude: readonly string[],
  sink: RecordSink,
): Promise<{ readonly files: number }> {
  const here = (path: string): string => resolve(ctx.io.cwd, path);
  const found = await findPostFiles(paths.map(here), exclude.map(here));
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  const live = ctx.io.stderr.isTTY === true && !ctx.flags.json && !ctx.flags.quiet;
  const startedMs = ctx.clock.nowMs();
  let done = 0;
  let shownMs = startedMs;
  const onBytes = (bytes: number): void => {
    done += bytes;
    const nowMs = ctx.clock.nowMs();
    if (!live || nowMs - startedMs < SHOW_AFTER_MS || nowMs - shownMs < SHOW_AFTER_MS / 4) return;
    shownMs = nowMs;
    const share = Math.min(1, done / Math.max(1, total));
    const left = share > 0 ? ((nowMs - startedMs) * (1 - share)) / share : 0;
    ctx.io.stderr.write(`\r\u001b[KReading posts ${Math.floor(share * 100)} %, ${showDuration(left)} left`);
  };
  let files = 0;
  const passedOver: string[] = [];
  for (const file of found) {
    const outcome = await readPosts(file, sink, { signal: ctx.signal, onBytes });
    if (outcome === "posts") files++;
    else passedOver.push(file.path);
  }
  if (shownMs !== startedMs) ctx.io.stderr.write("\r\u001b[K");
  for (const path of passedOver) ctx.out.status(`Passed over ${path}: it holds no posts.`);
  if (files === 0) ctx.out.warn({ code: "arena.no-posts", message: `No posts found in ${paths.join(", ")}.` });
  return { files };
}
