import { z } from "zod";
import { type CommandShapes, check } from "../../shape-words.ts";
import { CHECK_IDS } from "./check.ts";

export const doctorShapes: CommandShapes = {
  doctor: { data: z.strictObject({ checks: z.array(check.extend({ id: z.enum(CHECK_IDS) })) }) },
};
