import { z } from "zod";
import { TASK_KINDS, TASK_LOG_FORMAT } from "./task-log.ts";

const hotkey = z.string();
/** RFC 3339 with `Z` or an offset, up to 9 fractional digits. */
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/)
  .meta({ description: "RFC 3339 with Z or an offset" });

const completion = z.looseObject({
  id: z.string(),
  by: hotkey.meta({ description: "the validator if source is validator, else one of the generators" }),
  source: z.enum(["miner", "validator"]),
});

const vote = z.looseObject({
  voter: hotkey,
  completion: z.string().nullable().meta({ description: "a completion's id; null is a tie in imported battles" }),
  at: instant,
});

const task = z.looseObject({
  id: z.string(),
  interval: z.int().min(0).optional(),
  kind: z.enum(TASK_KINDS),
  taskType: z.string().optional(),
  createdAt: instant,
  votingOpensAt: instant.optional(),
  expiresAt: instant,
  validator: hotkey,
  generators: z.array(hotkey),
  completions: z.array(completion),
  negative: hotkey.optional().meta({ description: "required in traps: the hotkey whose output is the inferior one" }),
  discriminators: z.array(hotkey).optional(),
  votes: z.array(vote),
});

const interval = z.looseObject({
  n: z.int().min(0),
  closedAt: instant.nullable().optional(),
  commitment: z.string().optional(),
  seed: z.string().nullable().optional(),
  beacon: z.string().nullable().optional(),
  scores: z.record(hotkey, z.number()).optional(),
});

/**
 * The shape of `colosseum/tasks@1` for other programs: `schemas/task-log.json` is made from it. What one field demands of
 * another (who may stand in `by`, distinct ids, the order of times) no schema says; `simulate` checks that.
 */
export const taskLogSchema = z.looseObject({
  format: z.literal(TASK_LOG_FORMAT).optional(),
  preset: z.string().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  netuid: z.int().min(0).max(65_535).optional(),
  validator: hotkey.optional(),
  intervals: z.array(interval).optional(),
  tasks: z.array(task),
});
