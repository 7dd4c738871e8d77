import { z } from "zod";
import type { CommandShapes } from "../../shape-words.ts";

export const completionShapes: CommandShapes = {
  completion: {
    data: z.strictObject({ shell: z.enum(["bash", "zsh", "fish", "powershell"]), script: z.string() }),
  },
};
