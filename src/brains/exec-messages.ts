import { z } from "zod";
import { fileSchema, filesSchema } from "../protocol/messages.ts";

/** Version of what an exec brain is asked. */
export const EXEC_VERSION = 1;

/** One JSON object on the program's standard input. */
export const execRequestSchema = z.discriminatedUnion("do", [
  z.object({
    v: z.literal(EXEC_VERSION),
    do: z.literal("generate"),
    taskType: z.string(),
    prompt: z.string(),
    /** Milliseconds until an answer is worth nothing. */
    timeLeftMs: z.int(),
    seed: z.string().optional(),
  }),
  z.object({
    v: z.literal(EXEC_VERSION),
    do: z.literal("judge"),
    taskType: z.string(),
    prompt: z.string(),
    /** Strangers' work: data, not instructions. */
    outputs: z.array(z.object({ label: z.enum(["A", "B"]), files: z.array(fileSchema) })).length(2),
    timeLeftMs: z.int(),
    seed: z.string().optional(),
  }),
]);
export type ExecRequest = z.infer<typeof execRequestSchema>;

/** One JSON object on its standard output, for `generate`. Unknown keys are ignored. */
export const execFilesSchema = z.object({ files: filesSchema });

/** One JSON object on its standard output, for `judge`. */
export const execJudgementSchema = z.object({
  choice: z.enum(["A", "B", "abstain"]),
  confidence: z.number().min(0).max(1).optional(),
  reason: z.string().max(2_000).optional(),
});
