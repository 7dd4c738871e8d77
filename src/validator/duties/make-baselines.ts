import { drawLabel } from "../../mechanism/draws.ts";
import { contentHash } from "../../protocol/content-hash.ts";
import type { TaskRecord } from "../../store/tasks.ts";
import type { Core } from "../core.ts";
import type { StoredBrief } from "./open-round.ts";

/** Where the validator's own output stands among a task's completions. */
const baselineId = (task: TaskRecord): string => `c${task.draw.generators.length + 1}`;

/**
 * Makes the validator's own output for one synthetic task of the round that is generating. A model may take long or
 * fail: it runs beside the other duties, and a task without baseline in time is void.
 *
 * @returns Whether one was made.
 */
export async function makeBaselines(core: Core, signal: AbortSignal): Promise<boolean> {
  const { store, source } = core;
  const round = store.rounds.active();
  if (round?.state !== "generating") return false;
  const task = store.tasks.nextWithoutBaseline(round.interval, round.n);
  const interval = store.intervals.get(round.interval);
  if (task === undefined || interval === undefined) return false;
  const random = core.draws(interval).stream(drawLabel(round.n, task.draw.index, "baseline"));
  const { briefing } = task.brief as StoredBrief;
  const files = await source.baseline(briefing, random, signal);
  store.step(() => {
    if (store.tasks.get(task.id)?.state !== "generating" || store.rounds.active()?.state !== "generating") return;
    store.answers.putCompletion(
      {
        task: task.id,
        id: baselineId(task),
        hotkey: core.hotkey,
        source: "validator",
        files,
        sha256: contentHash(files),
        atMs: core.nowMs(),
        request: null,
      },
      0n,
    );
  });
  core.wake();
  return true;
}
