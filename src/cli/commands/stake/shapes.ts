import { z } from "zod";
import { address, type CommandShapes, included, netuid, tao } from "../../shape-words.ts";

const who = { netuid, hotkey: address, coldkey: address };

export const stakeShapes: CommandShapes = {
  "stake add": {
    data: z.union([
      z.strictObject({ ...who, amountTao: tao, stakeTao: tao, ...included }),
      z.strictObject({ ...who, amountTao: tao, priceTao: tao, priceLimitTao: tao.nullable() }),
    ]),
  },
  "stake remove": {
    data: z.union([
      z.strictObject({ ...who, amountAlpha: tao, stakeTao: tao, ...included }),
      z.strictObject({ ...who, amountAlpha: tao, heldAlpha: tao, priceTao: tao, priceLimitTao: tao.nullable() }),
    ]),
  },
  "stake list": {
    data: z.strictObject({
      coldkey: address,
      stakes: z.array(
        z.strictObject({ netuid, hotkey: address, registered: z.boolean(), stakeTao: tao, emissionTao: tao }),
      ),
    }),
  },
};
