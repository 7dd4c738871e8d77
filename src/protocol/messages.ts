import { z } from "zod";
import { FILE_NAME, LIMITS } from "./limits.ts";

/** The wire's name and version; a validator's endpoint on the chain is published as `colosseum/1 URL`. */
export const PROTOCOL = "colosseum/1";

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

export const roleSchema = z.enum(["generator", "discriminator"]);
export type Role = z.infer<typeof roleSchema>;

/** Ids are made by the validator and opaque to miners. */
export const assignmentIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** Instants on the wire: RFC 3339, UTC, milliseconds. */
const instantSchema = z.iso.datetime({ precision: 3 });

export const fileSchema = z.strictObject({
  // `.` and `..` match the pattern and are no names.
  name: z
    .string()
    .regex(FILE_NAME)
    .refine((name) => !/^\.+$/.test(name), "a name has more than dots"),
  content: z.string().max(LIMITS.maxTotalBytes),
});

/** 1 to 16 files with distinct names, 256 KiB of UTF-8 together. */
export const filesSchema = z
  .array(fileSchema)
  .min(1)
  .max(LIMITS.maxFiles)
  .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, "file names differ")
  .refine(
    (files) => files.reduce((sum, { content }) => sum + utf8Length(content), 0) <= LIMITS.maxTotalBytes,
    `files together are at most ${LIMITS.maxTotalBytes} bytes`,
  );

/** `GET /v1/info`: who the validator is, by which rules it plays, what it accepts. Unsigned, the same for everybody. */
export const infoSchema = z.object({
  protocol: z.literal(PROTOCOL),
  validator: z.string(),
  netuid: z.int().min(0).max(65_535),
  preset: z.string(),
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  taskTypes: z.array(z.string()),
  limits: z.object({
    maxFiles: z.int(),
    maxTotalBytes: z.int(),
    maxVotesPerRequest: z.int(),
    maxWaitSeconds: z.int(),
    maxBodyBytes: z.int(),
  }),
  /** The interval that creates tasks now: its seed's commitment and the height whose beacon it draws with. */
  interval: z.object({ n: z.int().min(0), commitment: z.string(), beaconHeight: z.int().min(0) }).nullable(),
  /** The validator's clock, so that a miner can tell a skewed one. */
  now: instantSchema,
});
export type Info = z.infer<typeof infoSchema>;

/** `POST /v1/check-in`: makes the signer eligible for the draws to come, until it expires. */
export const checkInRequestSchema = z.strictObject({
  roles: z.array(roleSchema).min(1).max(2),
  taskTypes: z
    .array(z.string().regex(/^[a-z0-9-]{1,32}$/))
    .min(1)
    .max(16),
});
export type CheckInRequest = z.infer<typeof checkInRequestSchema>;

/** The session key is a bearer token for polls only: it can read assignments, never answer them. */
export const checkInResponseSchema = z.object({
  sessionKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expiresAt: instantSchema,
});
export type CheckInResponse = z.infer<typeof checkInResponseSchema>;

export const labelSchema = z.enum(["A", "B"]);
export type Label = z.infer<typeof labelSchema>;

export const assignmentSchema = z.object({
  id: assignmentIdSchema,
  role: roleSchema,
  taskType: z.string(),
  prompt: z.string(),
  /** For a discriminator: the two anonymous outputs, in its own order. */
  outputs: z
    .array(z.object({ label: labelSchema, files: z.array(fileSchema) }))
    .length(2)
    .optional(),
  opensAt: instantSchema,
  expiresAt: instantSchema,
});
export type Assignment = z.infer<typeof assignmentSchema>;

/**
 * `GET /v1/assignments?wait=25&since=CURSOR`: everything assigned to the caller after the cursor that is still open;
 * without a cursor, everything open. Answers at once if there is something, else when there is, else after `wait` seconds.
 */
export const assignmentsResponseSchema = z.object({
  cursor: z.string().regex(/^[0-9]{1,16}$/),
  assignments: z.array(assignmentSchema),
});
export type AssignmentsResponse = z.infer<typeof assignmentsResponseSchema>;

/** `PUT /v1/assignments/{id}/completion`. */
export const completionRequestSchema = z.strictObject({ files: filesSchema });
export type CompletionRequest = z.infer<typeof completionRequestSchema>;

/** `PUT /v1/assignments/{id}/vote`. */
export const voteRequestSchema = z.strictObject({ choice: labelSchema });

/** `POST /v1/votes`: several votes under one signature. */
export const votesRequestSchema = z.strictObject({
  votes: z
    .array(z.strictObject({ assignment: assignmentIdSchema, choice: labelSchema }))
    .min(1)
    .max(LIMITS.maxVotesPerRequest)
    .refine((votes) => new Set(votes.map(({ assignment }) => assignment)).size === votes.length, "assignments differ"),
});

/** What an answer was: stored before this is sent, and signed as a receipt (`receipts.ts`). */
export const acceptedSchema = z.object({
  assignment: assignmentIdSchema,
  /** When the validator stored it. */
  acceptedAt: instantSchema,
  /** Of a completion: its content hash; of a vote: the choice. */
  sha256: z.string().optional(),
  choice: labelSchema.optional(),
});
export type Accepted = z.infer<typeof acceptedSchema>;

/** One result for each vote of a batch, in its order. */
export const votesResponseSchema = z.object({
  results: z.array(
    z.union([
      acceptedSchema,
      z.object({ assignment: assignmentIdSchema, error: z.object({ code: z.string(), message: z.string() }) }),
    ]),
  ),
});
export type VotesResponse = z.infer<typeof votesResponseSchema>;

/** `GET /v1/me`: what the caller earned and why. Kinds and reasons of a task show once its interval is settled. */
export const meResponseSchema = z.object({
  hotkey: z.string(),
  eligible: z.boolean(),
  interval: z.int().nullable(),
  /** Sums over settled intervals still reported, newest last. */
  intervals: z.array(
    z.object({
      n: z.int(),
      score: z.number(),
      /** Of the validator's row, after the rules' burned part is taken off; `…BeforeBurn` without it. */
      share: z.number(),
      weight: z.int(),
      shareBeforeBurn: z.number().optional(),
      weightBeforeBurn: z.int().optional(),
      rank: z.int(),
      miners: z.int(),
    }),
  ),
  traps: z.object({ faced: z.int(), avoided: z.int() }),
  open: z.int(),
  tasks: z.array(
    z.object({
      id: z.string(),
      interval: z.int(),
      kind: z.enum(["synthetic", "duel", "trap"]),
      role: z.string(),
      earned: z.number(),
      reason: z.string(),
    }),
  ),
});
export type MeResponse = z.infer<typeof meResponseSchema>;

/** The body of every refusal. `code` is stable; the HTTP status says the family. */
export const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Why a request is refused → its HTTP status. */
export const REFUSALS = {
  malformed: 400,
  "auth-malformed": 401,
  "auth-wrong-receiver": 401,
  "auth-stale": 401,
  "auth-bad-signature": 401,
  "auth-replayed": 401,
  "session-unknown": 401,
  "not-registered": 403,
  "not-checked-in": 403,
  "own-hotkey": 403,
  "no-such-assignment": 404,
  "wrong-role": 409,
  "older-answer": 409,
  "not-open-yet": 425,
  expired: 410,
  "too-large": 413,
  "too-many-requests": 429,
  "shutting-down": 503,
  "store-full": 503,
} as const;
export type RefusalCode = keyof typeof REFUSALS;
