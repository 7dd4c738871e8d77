import { z } from "zod";
import {
  address,
  block,
  type CommandShapes,
  hash,
  included,
  netuid,
  u16,
  uid,
  weightEntry,
  whole,
} from "../../shape-words.ts";

const mode = z.enum(["plain", "hash", "timelock"]);
const mechid = z.int().min(0).max(15);
const planned = z.array(weightEntry);

/** Weights that were sent, or would be: `weights set`, `weights commit`, `arena publish`. */
export const sentWeights = z.union([
  z.strictObject({
    mode,
    ...included,
    weights: planned,
    revealRound: whole.optional(),
    revealBlock: block.optional(),
    verified: z.boolean(),
  }),
  z.strictObject({ mode, wouldSend: z.literal(true), weights: planned }),
]);

export const weightsShapes: CommandShapes = {
  "weights show": {
    data: z.strictObject({
      netuid,
      mechid,
      rows: z.array(
        z.strictObject({
          uid,
          hotkey: address.nullable(),
          lastUpdate: block,
          weights: z.array(z.strictObject({ uid, hotkey: address.nullable(), value: u16 })),
        }),
      ),
      sealed: z.array(z.strictObject({ uid: uid.nullable(), hotkey: address, block, revealRound: whole })),
      own: z
        .strictObject({
          hotkey: address,
          uid: uid.nullable(),
          lastUpdate: block,
          canSetInBlocks: whole,
          permit: z.boolean(),
        })
        .nullable(),
    }),
  },
  "weights preview": {
    data: z.strictObject({
      netuid,
      mechid,
      hotkey: address,
      uid: uid.nullable(),
      block,
      mode,
      weights: planned,
      canSetInBlocks: whole,
      refusal: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    }),
  },
  "weights set": { data: sentWeights },
  "weights commit": { data: sentWeights },
  "weights reveal": {
    data: z.union([
      z.strictObject({ ...included, verified: z.boolean() }),
      z.strictObject({
        wouldReveal: hash,
        uids: z.array(uid),
        values: z.array(u16),
        revealEpoch: whole,
        firstRevealBlock: block,
      }),
    ]),
  },
};
