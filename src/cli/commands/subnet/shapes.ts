import { z } from "zod";
import { address, block, type CommandShapes, fraction, included, netuid, tao, uid, whole } from "../../shape-words.ts";

const neuron = z.strictObject({
  uid,
  hotkey: address,
  coldkey: address,
  stakeTao: tao,
  incentive: fraction,
  dividends: fraction,
  emissionTao: tao,
  permit: z.boolean(),
  active: z.boolean(),
  lastUpdate: block,
  immunityBlocksLeft: whole,
  pruneRank: z.int().min(1).nullable(),
  endpoint: z.string().nullable(),
});

const line = z.strictObject({
  netuid,
  name: z.string(),
  symbol: z.string(),
  n: whole,
  maxUids: whole,
  tempo: whole,
  registrationAllowed: z.boolean(),
  ownerColdkey: address,
  started: z.boolean(),
  commitReveal: z.boolean(),
  burnTao: tao,
});

const facts = z.strictObject({
  netuid,
  block,
  name: z.string(),
  symbol: z.string(),
  ownerColdkey: address,
  ownerHotkey: address,
  started: z.boolean(),
  n: whole,
  maxUids: whole,
  validators: whole,
  slotCostsTao: tao,
  registrationAllowed: z.boolean(),
  alphaPriceTao: tao,
  tempo: whole,
  epochIndex: whole,
  blocksToEpoch: whole,
  blockTimeMs: z.number(),
  mechanisms: whole,
  commitReveal: z.boolean(),
  weightsRateLimit: whole,
  minAllowedWeights: whole,
  immunityPeriod: whole,
  isFull: z.boolean(),
  nextPruned: z.strictObject({ uid, hotkey: address }).nullable(),
});

/** As the chain has it; integers above 2^53 are strings. */
const setting = z.union([z.number(), z.string(), z.boolean()]);
const by = z.enum(["owner", "sudo"]);
const changes = z.array(z.strictObject({ name: z.string(), from: setting.nullable(), to: setting, call: z.string() }));

export const subnetShapes: CommandShapes = {
  "subnet list": { data: z.strictObject({ network: z.string(), subnets: z.array(line) }) },
  "subnet show": { data: facts },
  "subnet create": {
    data: z.union([
      z.strictObject({ netuid, hotkey: address, costTao: tao, ...included }),
      z.strictObject({ wouldPayTao: tao, maxCostTao: tao, block }),
    ]),
  },
  "subnet start": {
    data: z.union([z.strictObject({ netuid, ...included }), z.strictObject({ netuid, wouldStart: z.literal(true) })]),
  },
  "subnet hyperparameters": {
    data: z.union([
      z.strictObject({ netuid, block, hyperparameters: z.record(z.string(), setting) }),
      z.strictObject({ netuid, ...included, by, changes, verified: z.boolean().nullable() }),
      z.strictObject({ netuid, block, by, changes, wouldSend: z.literal(true) }),
    ]),
  },
  "subnet metagraph": { data: z.strictObject({ netuid, block, n: whole, neurons: z.array(neuron) }) },
};
