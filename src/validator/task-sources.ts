import { pageSource, type SourceOptions } from "./page-source.ts";
import type { Briefing, TaskSource } from "./ports.ts";
import type { TaskType } from "./task-types.ts";
import { textSource } from "./text-source.ts";

/** The registry of task types. A new one is a name in `task-types.ts`, a source here, and brains that answer it. */
const SOURCES: Readonly<Record<TaskType, (options: SourceOptions) => TaskSource>> = {
  page: pageSource,
  text: textSource,
};

/**
 * The sources of several task types as one.
 *
 * @param types - Not empty, distinct.
 */
export function taskSources(types: readonly TaskType[], options: SourceOptions): TaskSource {
  const sources = new Map<string, TaskSource>(types.map((type) => [type, SOURCES[type](options)]));
  const of = (taskType: string): TaskSource => {
    const source = sources.get(taskType);
    if (source === undefined) throw new RangeError(`this validator has no tasks of the type "${taskType}"`);
    return source;
  };
  const by = ({ taskType }: Briefing): TaskSource => of(taskType);
  return {
    taskTypes: [...types],
    create: (taskType, random) => of(taskType).create(taskType, random),
    word: (briefing, random) => by(briefing).word(briefing, random),
    augment: (briefing, random) => by(briefing).augment(briefing, random),
    baseline: (briefing, random, signal) => by(briefing).baseline(briefing, random, signal),
    reprint: (briefing, files, random) => by(briefing).reprint(briefing, files, random),
    check: (briefing, files, signal) => by(briefing).check(briefing, files, signal),
    damage: (briefing, files, random, below, signal) => by(briefing).damage(briefing, files, random, below, signal),
  };
}
