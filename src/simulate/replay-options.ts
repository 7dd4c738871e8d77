import type { ColosseumError } from "../base/errors.ts";
import type { Instant } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import type { Scoreboard } from "../mechanism/settle.ts";
import type { TaskLogHeader } from "../mechanism/task-log.ts";
import type { ExplainedTask } from "./explained-task.ts";
import type { LogInput } from "./log-source.ts";

export interface ReplayOptions {
  readonly input: LogInput;
  /** Chooses the rule sets once the header is known. */
  readonly rules: (header: TaskLogHeader) => readonly RuleSet[];
  /** Whether `rules` looks at the header; standard input is then kept in case the header stands behind the tasks. */
  readonly headerDecides?: boolean;
  readonly until?: Instant;
  /** Only tasks of this interval. */
  readonly interval?: number;
  readonly skipInvalid?: boolean;
  /** A hotkey whose every task is wanted, by the first rule set. */
  readonly explain?: string;
  /** Threads that score, this one among them; at least 1. Default: by size and cores. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly bytes: number;
  /** Undefined where nobody knows (a pipe). */
  readonly size: number | undefined;
  readonly tasks: number;
}

export interface Replay {
  readonly header: TaskLogHeader;
  /** One for each rule set. */
  readonly boards: readonly Scoreboard[];
  readonly explained: readonly ExplainedTask[];
  /** What `skipInvalid` left out, and why the first of it. */
  readonly invalid: number;
  readonly firstInvalid: ColosseumError | null;
}

/** Whether rule sets count back from the newest end of a task, which is known only once all were seen. */
export const needsNewest = (rules: readonly RuleSet[], until: Instant | undefined): boolean =>
  until === undefined && rules.some((set) => set.name === "dojo-1.8.3" && set.windowHours !== undefined);
