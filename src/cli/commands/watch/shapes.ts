import { z } from "zod";
import {
  address,
  block,
  type CommandShapes,
  event,
  fraction,
  tao,
  uid,
  warningEvent,
  whole,
} from "../../shape-words.ts";

const neuron = z.strictObject({
  uid,
  hotkey: address,
  stakeTao: tao,
  incentive: fraction,
  dividends: fraction,
  emissionTao: tao,
  permit: z.boolean(),
  immunityBlocksLeft: whole,
  pruneRank: z.int().nullable(),
  endpoint: z.string().nullable(),
});

const player = z.strictObject({
  hotkey: z.string(),
  score: z.number().nullable(),
  rating: z.strictObject({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
  rank: whole.nullable(),
  battles: whole,
  provisional: z.boolean(),
});

const validator = z.strictObject({
  where: z.string(),
  reachable: z.boolean(),
  interval: whole.nullable(),
  stage: z.string(),
  round: whole.nullable(),
  stageEndsAtMs: z.number().nullable(),
  checkedIn: whole.nullable(),
  settled: whole,
});

const task = z.strictObject({
  id: z.string(),
  kind: z.string(),
  stage: z.enum(["generating", "voting", "scored", "void"]),
  generators: z.array(z.string()),
  completions: whole,
  votes: whole,
  invited: whole,
  reason: z.string(),
});

export const watchShapes: CommandShapes = {
  watch: {
    // With --once.
    data: z.strictObject({
      chain: z.strictObject({
        endpoint: z.string(),
        connected: z.boolean(),
        block,
        blockAtMs: z.number(),
        staleSinceMs: z.number().nullable(),
        name: z.string(),
        tempo: whole,
        epochBlock: block,
        maxUids: whole,
        burnTao: tao,
      }),
      validator: validator.nullable(),
      tasks: z.array(task),
      battles: whole,
      leaderboard: z.array(player),
      neurons: z.array(neuron),
    }),
    events: z.union([
      event("tick", {}),
      event("chain", { endpoint: z.string(), connected: z.boolean() }),
      event("block", { number: block }),
      event("stale", { sinceMs: z.number() }),
      event("fresh", {}),
      event("metagraph", {
        block,
        name: z.string(),
        tempo: whole,
        blocksSinceEpoch: whole,
        maxUids: whole,
        burnTao: tao,
        neurons: z.array(neuron),
      }),
      event("validator", { validator }),
      event("tasks", { tasks: z.array(task) }),
      event("board", { battles: whole, rows: z.array(player) }),
      event("note", { level: z.enum(["info", "warn"]), text: z.string() }),
      warningEvent,
    ]),
  },
};
