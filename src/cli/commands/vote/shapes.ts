import { z } from "zod";
import { type CommandShapes, event, warningEvent, whole } from "../../shape-words.ts";

export const voteShapes: CommandShapes = {
  vote: {
    events: z.union([
      event("vote", { duel: z.string(), choice: z.enum(["A", "B"]) }),
      event("page", { files: whole }),
      warningEvent,
    ]),
  },
};
