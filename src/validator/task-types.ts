/** What a validator can ask for; each has a source in `task-sources.ts` and a brain that answers it. */
export const TASK_TYPES = ["page", "text"] as const;
export type TaskType = (typeof TASK_TYPES)[number];
