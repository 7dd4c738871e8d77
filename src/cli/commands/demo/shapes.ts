import { z } from "zod";
import { type CommandShapes, fraction, uid, weightEntry, whole } from "../../shape-words.ts";

export const demoShapes: CommandShapes = {
  demo: {
    data: z.strictObject({
      rounds: whole,
      tasks: whole,
      votes: whole,
      weights: z.array(weightEntry),
      incentive: z.array(z.strictObject({ uid, value: fraction })),
      tasksFile: z.string(),
      secondsToFirstWeights: z.number().nullable(),
    }),
  },
};
