import { z } from "zod";
import { type CommandShapes, whole } from "../../shape-words.ts";

const player = z.strictObject({
  hotkey: z.string(),
  rating: z.number(),
  low: z.number(),
  high: z.number(),
  rank: whole,
  battles: whole,
  provisional: z.boolean(),
});

export const leaderboardShapes: CommandShapes = {
  leaderboard: {
    data: z.strictObject({
      players: z.array(player),
      leverage: z.strictObject({ leader: z.string(), challenger: z.string(), votes: whole, of: whole }).nullable(),
      battles: whole,
      regularised: z.boolean(),
    }),
  },
};
