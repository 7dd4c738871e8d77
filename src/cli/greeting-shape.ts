import { z } from "zod";
import { type CommandShapes, whole } from "./shape-words.ts";

/** `colosseum` without a command. */
export const greetingShapes: CommandShapes = {
  "": {
    data: z.strictObject({
      wallets: whole,
      network: z.string(),
      netuid: z.string().nullable(),
      localChain: z.boolean().nullable(),
      suggestions: z.array(z.strictObject({ command: z.string(), why: z.string() })),
    }),
  },
};
