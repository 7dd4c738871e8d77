import { z } from "zod";
import { type CommandShapes, fraction, whole } from "../../shape-words.ts";

const verdict = z.enum(["ok", "differs", "skipped"]);
const interval95 = { low: fraction.nullable(), high: fraction.nullable() };

const voter = z.strictObject({
  hotkey: z.string(),
  votes: whole,
  traps: z.strictObject({ faced: whole, avoided: whole, accuracy: fraction.nullable(), ...interval95 }),
  position: z.strictObject({
    basis: z.enum(["label", "order"]),
    votes: whole,
    first: whole,
    share: fraction.nullable(),
    ...interval95,
    p: fraction,
  }),
  time: z.strictObject({ fastestMs: z.number(), medianMs: z.number(), slowestMs: z.number() }),
  accuracy: fraction.nullable(),
  agreement: z.array(
    z.strictObject({ with: z.string(), tasks: whole, agree: whole, expected: z.number(), z: z.number() }),
  ),
});

export const auditShapes: CommandShapes = {
  audit: {
    data: z.strictObject({
      verified: z.strictObject({ draws: verdict, votes: verdict, scores: verdict }),
      firstDifference: z
        .strictObject({
          check: z.enum(["draws", "votes", "scores"]),
          interval: whole.nullable(),
          task: z.string().nullable(),
          field: z.string(),
          expected: z.string(),
          found: z.string(),
        })
        .nullable(),
      voters: z.array(voter),
      groups: z.array(
        z.strictObject({
          members: z.array(z.string()),
          excess: z.number(),
          votes: z.number(),
          score: z.number(),
          p: z.number(),
        }),
      ),
      groupTest: z.strictObject({ falseAlarmRate: z.number(), simulatedLogs: whole, duels: whole }),
      findings: z.array(
        z.strictObject({
          code: z.string(),
          subject: z.union([z.string(), z.array(z.string())]),
          evidence: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
};
