import { z } from "zod";
import { meResponseSchema } from "../../../protocol/messages.ts";
import {
  address,
  block,
  type CommandShapes,
  check,
  event,
  fraction,
  instant,
  netuid,
  tao,
  uid,
  whole,
} from "../../shape-words.ts";

const role = z.enum(["generator", "discriminator"]);
/** The miner's hotkey stands in every line, because one process may play for several. */
const hotkey = address;
const validator = address;
const id = z.string();
const trouble = { code: z.string(), message: z.string() };

const events = z.union([
  event("ready", { hotkeys: z.array(address), roles: z.array(role) }),
  event("validator-online", { hotkey, url: z.string(), validator, netuid, preset: z.string() }),
  event("validator-offline", { hotkey, url: z.string(), ...trouble, retryInMs: z.number() }),
  event("checked-in", { hotkey, validator, roles: z.array(role), until: instant }),
  event("check-in-refused", { hotkey, validator, ...trouble, retryInMs: z.number() }),
  event("clock-skew", { hotkey, validator, skewMs: z.number() }),
  event("assigned", { hotkey, validator, id, role, taskType: z.string(), opensAt: instant, expiresAt: instant }),
  event("ignored", { hotkey, validator, id, why: z.string() }),
  event("thinking", { hotkey, validator, id, role }),
  event("generated", { hotkey, validator, id, files: whole, bytes: whole, tookMs: z.number() }),
  event("judged", {
    hotkey,
    validator,
    id,
    choice: z.enum(["A", "B", "abstain"]),
    confidence: z.number(),
    reason: z.string(),
    consistent: z.boolean().optional(),
    tookMs: z.number(),
  }),
  event("brain-failed", { hotkey, validator, id, role, ...trouble }),
  event("accepted", { hotkey, validator, id, role }),
  event("answer-refused", { hotkey, validator, id, role, ...trouble }),
  event("receipt-missing", { hotkey, validator, id, why: z.string() }),
  event("expired", { hotkey, validator, id, role }),
  event("budget-spent", { hotkey, message: z.string() }),
  event("stopping", { hotkey, underWay: whole }),
  event("stopped", { hotkey }),
]);

const standing = z.strictObject({
  netuid,
  block,
  uid: uid.nullable(),
  incentive: fraction,
  emissionTao: tao,
  immunityBlocksLeft: whole,
  immunityMsLeft: z.number(),
  pruneRank: z.int().nullable(),
  slotsFree: whole,
  inDanger: z.boolean(),
  registrationCostRao: z.string(),
  registrationCostTao: tao,
});

export const minerShapes: CommandShapes = {
  "miner start": { events },
  "miner status": {
    data: z.strictObject({
      hotkey: address,
      chain: standing.nullable(),
      validators: z.array(
        z.strictObject({
          url: z.string(),
          validator: address.nullable(),
          me: meResponseSchema.nullable(),
          error: z.strictObject(trouble).nullable(),
        }),
      ),
    }),
  },
  "miner check": { data: z.strictObject({ checks: z.array(check) }) },
};
