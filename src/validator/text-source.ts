import type { PageFile } from "../base/ports.ts";
import type { Random } from "../base/random.ts";
import { buildText } from "../pages/texts/build-text.ts";
import { damageText, textDamageOrder } from "../pages/texts/damage-text.ts";
import { reprintText } from "../pages/texts/edit-text.ts";
import { checkText } from "../pages/texts/text-checks.ts";
import {
  augmentTextPrompt,
  drawTextTask,
  type TextTask,
  textChecksOf,
  textPromptFor,
} from "../pages/texts/text-task.ts";
import type { SourceOptions } from "./page-source.ts";
import type { Briefing, TaskSource } from "./ports.ts";

/** What a text task's briefing holds: a task of the bank, or a prompt of the operator's own. */
type TextBrief = { readonly task: TextTask } | { readonly prompt: string };

/** How many places of each kind of damage are tried until a check feels one. */
const PLACES_TRIED = 3;

const wordingOf = (random: Random): string => `${random.uint32()}-${random.uint32()}`;

/** Tasks that ask for a short text. Their checks only read, so every trap is proven without running anything. */
export function textSource(options: SourceOptions = {}): TaskSource {
  const briefOf = (briefing: Briefing): TextBrief => briefing.data as TextBrief;
  const word = (brief: TextBrief, random: Random): string =>
    "task" in brief ? textPromptFor(brief.task, wordingOf(random)) : brief.prompt;
  const count = (brief: TextBrief, files: readonly PageFile[]): { passed: number; of: number } | undefined => {
    if (!("task" in brief)) return undefined;
    const passed = checkText(files, textChecksOf(brief.task));
    return { passed: passed.filter(Boolean).length, of: passed.length };
  };
  return {
    taskTypes: ["text"],
    create: (taskType, random) => {
      const own = options.prompts?.[random.uint32() % options.prompts.length];
      const data: TextBrief = own === undefined ? { task: drawTextTask(random) } : { prompt: own };
      return { taskType, data };
    },
    word: (briefing, random) => word(briefOf(briefing), random),
    augment: (briefing, random) => {
      const brief = briefOf(briefing);
      if (!("task" in brief)) return undefined;
      const { prompt, changed } = augmentTextPrompt(brief.task, wordingOf(random), random);
      return { prompt, what: changed };
    },
    baseline: async (briefing, random, signal) => {
      const brief = briefOf(briefing);
      if (options.baseline !== undefined)
        return options.baseline(word(brief, random), wordingOf(random), "text", signal);
      if ("task" in brief) return buildText(brief.task, 1, random);
      throw new RangeError("a prompt of one's own needs a baseline of one's own");
    },
    reprint: (_, files, random) => reprintText(files, random),
    check: async (briefing, files) => count(briefOf(briefing), files),
    damage: async (briefing, files, random, below) => {
      const brief = briefOf(briefing);
      const before = count(brief, files);
      for (const kind of Array.from({ length: PLACES_TRIED }, () => textDamageOrder(random)).flat()) {
        const damaged = damageText(files, kind, random);
        if (damaged === undefined) continue;
        const after = count(brief, damaged.files);
        if (before === undefined || after === undefined)
          return { files: damaged.files, what: damaged.kind, passed: undefined };
        if (after.passed >= before.passed || (below !== undefined && after.passed >= below)) continue;
        return { files: damaged.files, what: damaged.kind, passed: after.passed };
      }
      return undefined;
    },
  };
}
