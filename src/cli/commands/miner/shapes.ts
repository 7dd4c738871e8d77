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
  warningEvent,
  whole,
} from "../../shape-words.ts";

const role = z.enum(["generator", "discriminator"]);
/** The miner's hotkey stands in every line, because one process may play for several. */
const hotkey = address;
const validator = address;
const id = z.string();
const trouble = { code: z.string(), message: z.string() };

const share = z.strictObject({ hits: whole, of: whole, share: fraction, low: fraction, high: fraction });
const judgeReport = z.strictObject({
  pairs: whole,
  abstained: whole,
  flips: share,
  first: share,
  longer: share,
  lengthCorrelation: z.number().min(-1).max(1).nullable(),
  findings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});
const traps = z.strictObject({ faced: whole, avoided: whole });

const events = z.union([
  event("ready", { hotkeys: z.array(address), roles: z.array(role) }),
  event("validator-online", { hotkey, url: z.string(), validator, netuid, preset: z.string() }),
  event("validator-offline", { hotkey, url: z.string(), ...trouble, retryInMs: z.number() }),
  event("checked-in", { hotkey, url: z.string(), validator, roles: z.array(role), until: instant }),
  event("check-in-refused", { hotkey, url: z.string(), validator, ...trouble, retryInMs: z.number() }),
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
  event("no-validators", { hotkey, ...trouble, retryInMs: z.number() }),
  event("budget-spent", { hotkey, message: z.string() }),
  event("stopping", { hotkey, underWay: whole }),
  event("stopped", { hotkey }),
  warningEvent,
  event("standing-warning", { hotkey, ...trouble }),
  event("standing-clear", { hotkey, ...trouble }),
  event("session", {
    judge: judgeReport.nullable(),
    models: z.array(
      z.strictObject({
        spec: z.string(),
        calls: whole,
        retries: whole,
        tokens: z.strictObject({ input: whole, output: whole }),
        usd: z.number().optional(),
      }),
    ),
    traps: z.array(z.strictObject({ hotkey, validator, traps })),
  }),
]);

const standing = z.strictObject({
  netuid,
  block,
  uid: uid.nullable(),
  incentive: fraction,
  emissionAlpha: tao,
  immunityBlocksLeft: whole,
  immunityMsLeft: z.number(),
  pruneRank: z.int().nullable(),
  replacedBefore: whole.nullable(),
  slotsFree: whole,
  nextReplaced: z.strictObject({ uid, hotkey: address, emissionAlpha: tao }).nullable(),
  marginAlpha: tao.nullable(),
  registrationCostTao: tao,
  warning: z.strictObject(trouble).nullable(),
});

const examScore = z.strictObject({ right: share, abstained: whole });

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
          stakeTao: tao.nullable(),
          projectedShare: fraction.nullable(),
          me: meResponseSchema.nullable(),
          error: z.strictObject(trouble).nullable(),
        }),
      ),
      projectedShare: fraction.nullable(),
      receipts: z.string().nullable(),
    }),
  },
  "miner exam": {
    data: z.strictObject({
      judge: z.string(),
      quality: fraction,
      fittedKinds: z.array(z.string()),
      all: examScore,
      byKind: z.array(examScore.extend({ kind: z.string() })),
      longer: share,
      abstentions: z.array(z.strictObject({ reason: z.string(), count: whole })),
      failed: whole,
      budgetSpent: z.boolean(),
      habits: judgeReport.nullable(),
    }),
  },
  "miner check": { data: z.strictObject({ checks: z.array(check) }) },
};
