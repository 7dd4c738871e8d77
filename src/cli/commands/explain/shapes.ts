import { z } from "zod";
import type { CommandShapes } from "../../shape-words.ts";

export const explainShapes: CommandShapes = {
  explain: {
    data: z.union([
      z.strictObject({ code: z.string(), means: z.string(), act: z.string(), see: z.string().nullable() }),
      z.strictObject({ codes: z.array(z.string()) }),
    ]),
  },
};
