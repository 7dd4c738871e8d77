import { z } from "zod";
import { address, block, type CommandShapes, included, tao } from "../../shape-words.ts";

const hotkeyEntry = z.strictObject({ name: z.string(), address: address.nullable() });
const wallet = z.strictObject({
  name: z.string(),
  path: z.string(),
  coldkey: address.nullable(),
  encrypted: z.boolean().nullable(),
  hotkeys: z.array(hotkeyEntry),
});
const made = z.strictObject({ name: z.string(), coldkey: address, hotkeys: z.array(hotkeyEntry) });
const wouldCreate = z.strictObject({ wouldCreate: z.array(z.string()) });
const key = z.strictObject({ wallet: z.string(), name: z.string(), address });
const encryption = z.strictObject({ path: z.string(), encrypted: z.boolean() });
const transfer = { from: address, to: address, amountTao: tao };

export const walletShapes: CommandShapes = {
  "wallet create": { data: z.union([made, wouldCreate]) },
  "wallet import": { data: z.union([made, wouldCreate]) },
  "wallet list": { data: z.strictObject({ wallets: z.array(wallet) }) },
  "wallet show": { data: wallet },
  "wallet sign": {
    data: z.strictObject({ address, message: z.string(), signature: z.string().regex(/^0x[0-9a-f]{128}$/) }),
  },
  "wallet verify": { data: z.strictObject({ valid: z.boolean() }) },
  "wallet encrypt": { data: encryption },
  "wallet decrypt": { data: encryption },
  "wallet balance": {
    data: z.strictObject({ address, freeTao: tao, reservedTao: tao, frozenTao: tao, block }),
  },
  "wallet transfer": {
    data: z.union([
      z.strictObject({ ...transfer, feeTao: tao, ...included }),
      z.strictObject({ ...transfer, wouldPayFeeTao: tao }),
    ]),
  },
  "wallet hotkey add": { data: z.union([key, wouldCreate]) },
  "wallet hotkey import": { data: z.union([key, wouldCreate]) },
  "wallet hotkey remove": {
    data: z.strictObject({ wallet: z.string(), name: z.string(), address: address.nullable(), removed: z.boolean() }),
  },
};
