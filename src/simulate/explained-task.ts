import type { TaskKind } from "../mechanism/task-log.ts";
import type { Reason, Role } from "../mechanism/task-score.ts";

/** One line of `--explain`. */
export interface ExplainedTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly role: Role;
  readonly earned: number;
  readonly reason: Reason;
}
