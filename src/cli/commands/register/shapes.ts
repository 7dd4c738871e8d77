import { z } from "zod";
import { address, block, type CommandShapes, included, netuid, tao, uid } from "../../shape-words.ts";

/** What a purchase would cost now. */
const wouldPay = z.strictObject({ wouldPayTao: tao, maxCostTao: tao, block });

export const registerShapes: CommandShapes = {
  register: {
    data: z.union([z.strictObject({ netuid, hotkey: address, uid, costTao: tao, ...included }), wouldPay]),
  },
};
