import type { PageFile } from "../base/ports.ts";
import type { Random } from "../base/random.ts";
import { buildPage } from "../pages/build.ts";
import type { PageInspector } from "../pages/checks.ts";
import { damage, damageOrder } from "../pages/damage.ts";
import { reprint } from "../pages/edit.ts";
import { checksOf } from "../pages/known-checks.ts";
import { augmentPrompt, promptFor } from "../pages/prompt.ts";
import { drawTask, type PageTask } from "../pages/task.ts";
import type { Briefing, TaskSource } from "./ports.ts";

/** What a page task's briefing holds: a task of the bank, or a prompt of the operator's own. */
type PageBrief = { readonly task: PageTask } | { readonly prompt: string };

/** What a source of tasks is made from, whatever their type. */
export interface SourceOptions {
  /** Prompts of one's own instead of the bank's; not empty. */
  readonly prompts?: readonly string[];
  /** Makes the validator's own output; the fixture builder at its best without it (which only knows the bank). */
  readonly baseline?: (
    prompt: string,
    seed: string,
    taskType: string,
    signal?: AbortSignal,
  ) => Promise<readonly PageFile[]>;
  /** Proves that a damage can be felt; without it the first damage that is possible is taken. */
  readonly inspector?: PageInspector;
}

/** How many places of each kind of damage are tried until one can be felt. */
const PLACES_TRIED = 3;

const countOf = (passed: readonly boolean[]): number => passed.filter(Boolean).length;
const wordingOf = (random: Random): string => `${random.uint32()}-${random.uint32()}`;

/** Tasks that ask for one web page. */
export function pageSource(options: SourceOptions = {}): TaskSource {
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
      if (options.baseline !== undefined)
        return options.baseline(word(brief, random), wordingOf(random), "page", signal);
      if ("task" in brief) return buildPage(brief.task, 1, random);
      throw new RangeError("a prompt of one's own needs a baseline of one's own");
    },
    reprint: (briefing, files, random) => {
      const brief = briefOf(briefing);
      // Names that any wording of the task may use must keep their meaning for a judge that looks for them.
      return reprint(files, random, "task" in brief ? promptFor(brief.task, 0) : brief.prompt);
    },
    check: async (briefing, files, signal) => {
      const brief = briefOf(briefing);
      const checks = "task" in brief ? checksOf(brief.task) : [];
      if (checks.length === 0 || options.inspector === undefined) return undefined;
      const { passed } = await options.inspector.inspect(files, checks, signal);
      return { passed: countOf(passed), of: checks.length };
    },
    damage: async (briefing, files, random, below, signal) => {
      const brief = briefOf(briefing);
      const checks = "task" in brief ? checksOf(brief.task) : [];
      const { inspector } = options;
      const before = inspector === undefined ? undefined : await inspector.inspect(files, checks, signal);
      // A kind may have several places in a page, and not each can be felt: every kind gets more than one chance.
      const tries = inspector === undefined ? 1 : PLACES_TRIED;
      for (const kind of Array.from({ length: tries }, () => damageOrder(random)).flat()) {
        const damaged = damage(files, kind, random);
        if (damaged === undefined) continue;
        const { files: worse, kind: what } = damaged;
        if (inspector === undefined || before === undefined) return { files: worse, what, passed: undefined };
        const after = await inspector.inspect(worse, checks, signal);
        const passed = countOf(after.passed);
        const lost = before.passed.some((held, place) => held && after.passed[place] !== true);
        const differs = JSON.stringify(before.run.observations) !== JSON.stringify(after.run.observations);
        const felt = lost || differs || (before.run.ok && !after.run.ok);
        if (!felt || (below !== undefined && passed >= below)) continue;
        return { files: worse, what, passed: checks.length === 0 ? undefined : passed };
      }
      return undefined;
    },
  };
}
