import type { PageFile } from "../base/ports.ts";
import { type Random, shuffled } from "../base/random.ts";
import { buildPage } from "../pages/build.ts";
import type { PageInspector } from "../pages/checks.ts";
import { DAMAGE_KINDS, damage } from "../pages/damage.ts";
import { reprint } from "../pages/edit.ts";
import { checksOf } from "../pages/known-checks.ts";
import { augmentPrompt, promptFor } from "../pages/prompt.ts";
import { drawTask, type PageTask } from "../pages/task.ts";
import type { Briefing, TaskSource } from "./ports.ts";

/** What a page task's briefing holds: a task of the bank, or a prompt of the operator's own. */
type PageBrief = { readonly task: PageTask } | { readonly prompt: string };

export interface PageSourceOptions {
  /** Prompts of one's own instead of the bank's; not empty. */
  readonly prompts?: readonly string[];
  /** Makes the validator's own output; the fixture builder at its best without it (which only knows the bank). */
  readonly baseline?: (prompt: string, seed: string, signal?: AbortSignal) => Promise<readonly PageFile[]>;
  /** Proves that a damage can be felt; without it the first damage that is possible is taken. */
  readonly inspector?: PageInspector;
}

const wordingOf = (random: Random): string => `${random.uint32()}-${random.uint32()}`;

/** Tasks that ask for one web page. */
export function pageSource(options: PageSourceOptions = {}): TaskSource {
  const word = (brief: PageBrief, random: Random): string =>
    "task" in brief ? promptFor(brief.task, wordingOf(random)) : brief.prompt;
  const briefOf = (briefing: Briefing): PageBrief => briefing.data as PageBrief;
  return {
    taskTypes: ["page"],
    create: (taskType, random) => {
      const { prompts } = options;
      const own = prompts?.[random.uint32() % prompts.length];
      const data: PageBrief = own === undefined ? { task: drawTask(random) } : { prompt: own };
      return { taskType, data };
    },
    word: (briefing, random) => word(briefOf(briefing), random),
    augment: (briefing, random) => {
      const brief = briefOf(briefing);
      if (!("task" in brief)) return undefined;
      const { prompt, changed } = augmentPrompt(brief.task, wordingOf(random), random);
      return { prompt, what: changed };
    },
    baseline: async (briefing, random, signal) => {
      const brief = briefOf(briefing);
      if (options.baseline !== undefined) return options.baseline(word(brief, random), wordingOf(random), signal);
      if ("task" in brief) return buildPage(brief.task, 1, random);
      throw new RangeError("a prompt of one's own needs a baseline of one's own");
    },
    reprint: (briefing, files, random) => {
      const brief = briefOf(briefing);
      // Names that any wording of the task may use must keep their meaning for a judge that looks for them.
      return reprint(files, random, "task" in brief ? promptFor(brief.task, 0) : brief.prompt);
    },
    damage: async (briefing, files, random, signal) => {
      const brief = briefOf(briefing);
      const checks = "task" in brief ? checksOf(brief.task) : [];
      const { inspector } = options;
      const before = inspector === undefined ? undefined : await inspector.inspect(files, checks, signal);
      for (const kind of shuffled(random, DAMAGE_KINDS)) {
        const damaged = damage(files, kind, random);
        if (damaged === undefined) continue;
        if (inspector === undefined || before === undefined) return { files: damaged.files, what: damaged.kind };
        const after = await inspector.inspect(damaged.files, checks, signal);
        const lost = before.passed.some((passed, place) => passed && after.passed[place] !== true);
        const differs = JSON.stringify(before.run.observations) !== JSON.stringify(after.run.observations);
        if (lost || differs || (before.run.ok && !after.run.ok)) return { files: damaged.files, what: damaged.kind };
      }
      return undefined;
    },
  };
}
