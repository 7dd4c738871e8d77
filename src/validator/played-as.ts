import type { TaskKind } from "../mechanism/task-log.ts";
import type { TaskRecord } from "../store/tasks.ts";

/**
 * What a task is played as. A trap's outputs decide in the end who is the negative, or that there is nobody to trap;
 * its preparation keeps that beside the draw, which never changes.
 */
export function playedAs({ draw, preparation }: TaskRecord): {
  readonly kind: TaskKind;
  readonly negative: string | null;
} {
  if (preparation?.["playedAs"] === "duel") return { kind: "duel", negative: null };
  return { kind: draw.kind, negative: preparation?.["negative"] ?? draw.negative };
}
