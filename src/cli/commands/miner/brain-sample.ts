import { seededRandom } from "../../../base/random.ts";
import { showDuration } from "../../../base/units.ts";
import type { Brain } from "../../../brains/brain.ts";
import type { Context } from "../../context.ts";
import type { CheckResult } from "./check-result.ts";

/** How long a sample may take: real tasks give minutes to hours. */
export const SAMPLE_MS = 180_000;
type Tried = Omit<CheckResult, "id">;

async function sampleTask() {
  const { drawTask } = await import("../../../pages/task.ts");
  const { promptFor } = await import("../../../pages/prompt.ts");
  const task = drawTask(seededRandom("sample"));
  return { task, prompt: promptFor(task, "sample") };
}
const callFor = (ctx: Context) => ({
  signal: ctx.signal,
  deadlineMs: ctx.clock.nowMs() + SAMPLE_MS,
  seed: "sample",
  taskType: "page",
});

/** Asks a generator for one page and looks at what comes. */
export async function sampleGenerate(ctx: Context, brain: Brain): Promise<Tried> {
  const { filesSchema } = await import("../../../protocol/messages.ts");
  const { prompt } = await sampleTask();
  const startedMs = ctx.clock.nowMs();
  const files = await brain.generate(prompt, callFor(ctx));
  const took = showDuration(ctx.clock.nowMs() - startedMs);
  const parsed = filesSchema.safeParse(files);
  if (!parsed.success) {
    return {
      status: "fail",
      message: `Its files cannot be submitted: ${parsed.error.issues[0]?.message ?? "malformed"}.`,
      hint: "At most 16 files, 256 KiB together.",
    };
  }
  if (!parsed.data.some(({ name }) => name.toLowerCase() === "index.html")) {
    return {
      status: "warn",
      message: `It answered in ${took}, but without an index.html.`,
      hint: "Page tasks want one index.html.",
    };
  }
  return { status: "ok", message: `${brain.spec} made a page in ${took}.`, hint: null };
}

/** Shows a judge a right page and a broken one, in both orders. */
export async function sampleJudge(ctx: Context, judge: Brain): Promise<Tried> {
  const { buildPage } = await import("../../../pages/build.ts");
  const { task, prompt } = await sampleTask();
  const good = buildPage(task, 1, seededRandom("good"));
  const bad = buildPage(task, 0, seededRandom("bad"));
  const startedMs = ctx.clock.nowMs();
  const one = await judge.judge(prompt, good, bad, callFor(ctx));
  const other = await judge.judge(prompt, bad, good, callFor(ctx));
  const took = showDuration((ctx.clock.nowMs() - startedMs) / 2);
  if (one.choice === "A" && other.choice === "B")
    return { status: "ok", message: `${judge.spec} finds the right page in both orders, in ${took}.`, hint: null };
  if (one.choice === "abstain" && other.choice === "abstain") {
    // Asked twice with the order turned, a judge that looks at the place contradicts itself: that is no vote.
    if (one.consistent === false || other.consistent === false) {
      return {
        status: "warn",
        message: `${judge.spec} turned its verdict with the order of an easy pair, which counts as no vote: it looks at the place, not at the page.`,
        hint: "No vote earns nothing; try another judge.",
      };
    }
    return {
      status: "warn",
      message: `${judge.spec} abstains on a pair that is easy${one.reason === "" ? "." : `: ${one.reason}`}`,
      hint: "An abstention earns nothing; try another judge.",
    };
  }
  const turned = one.choice === other.choice;
  return {
    status: turned ? "warn" : "fail",
    message: turned
      ? `${judge.spec} chose ${one.choice} in both orders: it looks at the place, not at the page.`
      : `${judge.spec} preferred the broken page of an easy pair.`,
    hint: "Traps will cost it; try another judge.",
  };
}
