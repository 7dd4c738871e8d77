import { z } from "zod";
import {
  address,
  block,
  type CommandShapes,
  fraction,
  hash,
  instant,
  netuid,
  tao,
  u16,
  uid,
  whole,
} from "../../shape-words.ts";
import { sentWeights } from "../weights/shapes.ts";

const skipped = z.record(z.string(), whole);
const agent = {
  userIds: z.array(z.string()),
  handle: z.string().nullable(),
  hotkey: address.nullable(),
  uid: uid.nullable(),
  posts: whole,
  metrics: z.strictObject({
    mentions: z.number(),
    impressions: z.number(),
    likes: z.number(),
    replies: z.number(),
    followers: z.number().nullable(),
  }),
  raw: z.number().nullable(),
  score: z.number().nullable(),
  share: fraction,
  weight: u16,
  flags: z.array(z.string()),
};
const days = z.array(z.number());
/** By day, oldest first. */
const series = z.strictObject({ impressions: days, likes: days, replies: days, mentions: days, followers: days });
const board = { formula: z.string(), window: z.string(), at: instant.nullable(), posts: whole, scored: whole, skipped };

const verification = {
  verified: z.boolean(),
  postId: z.string(),
  hotkey: address.nullable(),
  uid: uid.nullable(),
  userId: z.string().nullable(),
  handle: z.string().nullable(),
  challengedAt: whole.nullable(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      status: z.enum(["ok", "fail", "skip"]),
      message: z.string(),
      hint: z.string().nullable(),
    }),
  ),
};
const announced = z.strictObject({ block, extrinsic: hash }).nullable();

/** The text to post, and what was signed for it. */
const registration = z.strictObject({
  netuid,
  handle: z.string(),
  hotkey: address,
  at: instant,
  text: z.string(),
  length: whole,
  most: whole,
  message: z.string(),
  signature: z.string(),
});

export const arenaShapes: CommandShapes = {
  "arena join": {
    data: z.strictObject({
      netuid,
      hotkey: address,
      uid: uid.nullable(),
      handle: z.string(),
      agentDir: z.string().nullable(),
      text: registration.nullable(),
      verification: z.strictObject(verification).nullable(),
      announced,
    }),
  },
  "arena register": { data: registration },
  "arena verify": { data: z.strictObject({ ...verification, announced }) },
  "arena ingest": {
    data: z.strictObject({ files: whole, read: whole, new: whole, updated: whole, duplicate: whole, skipped }),
  },
  "arena score": {
    data: z.strictObject({
      ...board,
      agents: z.array(z.strictObject(agent)),
      whatIf: z
        .strictObject({
          settings: z.array(z.string()),
          agents: z.array(
            z.strictObject({
              userIds: z.array(z.string()),
              handle: z.string().nullable(),
              uid: uid.nullable(),
              rankBefore: whole,
              rankAfter: whole,
              shareBefore: fraction,
              shareAfter: fraction,
            }),
          ),
        })
        .optional(),
      explain: z
        .strictObject({
          agent: z.string(),
          posts: z.array(
            z.strictObject({
              id: z.string().nullable(),
              at: z.string().nullable(),
              earned: z.number(),
              skipped: z.string().nullable(),
              parts: z.record(z.string(), z.number()),
            }),
          ),
        })
        .optional(),
    }),
  },
  "arena leaderboard": {
    data: z.strictObject({
      ...board,
      agents: z.array(
        z.strictObject({
          ...agent,
          rank: whole,
          change: z.number().nullable(),
          series,
          taoPerDay: tao.nullable(),
        }),
      ),
    }),
  },
  "arena publish": { data: sentWeights },
};
