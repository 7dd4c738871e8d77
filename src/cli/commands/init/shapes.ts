import { z } from "zod";
import type { CommandShapes } from "../../shape-words.ts";
import { PLAYERS } from "./answers.ts";

const saved = z
  .strictObject({ file: z.string(), settings: z.record(z.string(), z.union([z.string(), z.number()])) })
  .nullable();
const as = z.enum(PLAYERS);
const lines = z.array(z.string());

export const initShapes: CommandShapes = {
  // With --start the miner's or validator's own lines follow instead.
  init: {
    data: z.union([
      z.strictObject({ as, done: lines, saved, next: z.string() }),
      z.strictObject({ as, wouldRun: lines, wouldSave: saved, next: z.string() }),
    ]),
  },
};
