import type { PageCheck } from "./checks.ts";
import { recogniseTask } from "./prompt.ts";
import { familyOf, type PageTask, slotsOf } from "./task.ts";

/** What a page of this task must do, as things to try on it. */
export const checksOf = (task: PageTask): PageCheck[] => familyOf(task).checks(slotsOf(task));

/** The checks of a prompt that the bank knows; none for other prompts. */
export function checksOfPrompt(prompt: string): PageCheck[] {
  const task = recogniseTask(prompt);
  return task === undefined ? [] : checksOf(task);
}
