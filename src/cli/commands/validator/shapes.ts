import { z } from "zod";
import {
  address,
  block,
  type CommandShapes,
  event,
  hash,
  instant,
  netuid,
  uid,
  warningEvent,
  weightEntry,
  whole,
} from "../../shape-words.ts";

const interval = whole;
const round = whole;
const task = z.string();
const hotkey = address;
const kind = z.enum(["synthetic", "duel", "trap"]);
const scores = z.record(address, z.number());
const trouble = { code: z.string(), message: z.string() };

const events = z.union([
  event("ready", { url: z.string(), hotkey, netuid }),
  event("admin", { url: z.string() }),
  event("interval-waiting", { interval, beaconHeight: block }),
  event("interval-opened", { interval, commitment: hash, beacon: hash }),
  event("checked-in", { hotkey, roles: z.array(z.string()), again: z.boolean() }),
  event("waiting-for-miners", { interval, checkedIn: whole, needed: whole }),
  event("gathering", { interval, miners: whole, until: instant }),
  event("resumed", {
    interval,
    state: z.string(),
    round: z.strictObject({ n: round, state: z.string(), tasks: whole, endsAt: instant.nullable() }).nullable(),
  }),
  event("round-opened", { interval, round, tasks: whole, miners: whole, generateUntil: instant }),
  event("task-opened", {
    task,
    interval,
    round,
    kind,
    taskType: z.string(),
    generators: z.array(hotkey),
    negative: hotkey.nullable(),
    voters: whole,
  }),
  event("completion", { task, hotkey, bytes: whole, again: z.boolean() }),
  event("voting-opened", { interval, round, tasks: z.array(task), votingEnds: instant }),
  event("vote", { task, hotkey, again: z.boolean() }),
  event("task-void", { task, kind, reason: z.string() }),
  event("task-scored", {
    task,
    kind,
    votes: whole,
    earned: z.array(z.strictObject({ hotkey, role: z.string(), earned: z.number(), reason: z.string() })),
  }),
  event("scores", { interval, scores }),
  event("interval-settled", { interval, tasks: whole, votes: whole, scores }),
  event("weights-sent", { interval, extrinsic: hash, atBlock: block }),
  event("weights-set", {
    interval,
    block,
    extrinsic: hash,
    mode: z.string(),
    verified: z.boolean(),
    weights: z.array(weightEntry),
  }),
  event("weights-revealed", { block, extrinsic: hash, verified: z.boolean() }),
  event("weights-held", { interval, reason: z.enum(["nobody-scored", "superseded"]) }),
  event("weights-refused", { interval, ...trouble, retryAt: instant.nullable() }),
  event("refused", { code: z.string(), hotkey: hotkey.nullable(), address: z.string() }),
  event("chain-stale", { code: z.string(), message: z.string() }),
  event("chain-back", {}),
  event("deregistered", {}),
  event("registered", { uid }),
  event("trouble", { duty: z.string(), ...trouble }),
  warningEvent,
  // What another mechanism of the process tells has facts of its own.
  z.looseObject({ v: z.literal(1), at: instant, type: z.literal("mechanism"), mechid: z.int() }),
  event("stopped", {}),
]);

export const validatorShapes: CommandShapes = {
  "validator start": { events },
  "validator status": {
    data: z.strictObject({
      netuid,
      hotkey,
      running: z.boolean(),
      interval: z.strictObject({ n: interval, state: z.string(), openedAt: instant.nullable() }).nullable(),
      round: z
        .strictObject({
          n: round,
          state: z.string(),
          endsAt: instant.nullable(),
          tasks: whole,
          completions: whole,
          votes: whole,
        })
        .nullable(),
      checkedIn: whole,
      settlements: z.array(
        z.strictObject({
          interval,
          state: z.enum(["prepared", "submitted", "included", "verified", "held", "superseded"]),
          scored: whole,
          block: block.nullable(),
          extrinsic: hash.nullable(),
          problem: z.strictObject(trouble).nullable(),
        }),
      ),
    }),
  },
  "validator backup": {
    data: z.strictObject({ file: z.string(), hotkey, latestInterval: interval.nullable() }),
  },
  "validator restore": { data: z.strictObject({ store: z.string(), latestInterval: interval.nullable() }) },
  // Without -o the log itself is the result: schemas/task-log.json.
  "validator export": { data: z.strictObject({ file: z.string(), intervals: whole, tasks: whole }) },
};
