import { z } from "zod";
import { address, type CommandShapes, fraction, u16, whole } from "../../shape-words.ts";

const preset = z.enum(["paper", "dojo-1.8.3", "scaled"]);
const kind = z.enum(["synthetic", "duel", "trap"]);

const standings = z.strictObject({
  preset,
  tasks: z.strictObject({
    total: whole,
    scored: whole,
    void: whole,
    open: whole,
    skipped: whole,
    synthetic: whole,
    duel: whole,
    trap: whole,
  }),
  /** `scaled` only; null with no scored task. */
  kappaObserved: z.number().nullable().optional(),
  ignoredVotes: z.strictObject({
    "own-task": whole,
    "not-invited": whole,
    "unknown-completion": whole,
    "out-of-time": whole,
  }),
  miners: z.array(
    z.strictObject({
      hotkey: address,
      score: z.number(),
      generator: z.number(),
      discriminator: z.number(),
      /** `dojo-1.8.3` only. */
      noVote: z.number().optional(),
      generated: whole,
      voted: whole,
      trapped: whole,
      share: fraction,
      weight: u16,
    }),
  ),
});

const explained = z.strictObject({
  hotkey: address,
  tasks: z.array(
    z.strictObject({
      id: z.string(),
      kind,
      role: z.enum(["generator", "discriminator"]),
      earned: z.number(),
      reason: z.enum([
        ...(["chose-validator", "chose-miner", "duel-vote", "votes-received", "trapped", "avoided-trap"] as const),
        ...(["no-vote", "own-task", "not-invited", "unknown-completion", "out-of-time"] as const),
        ...(["void-missing-completion", "void-no-votes", "majority", "minority"] as const),
      ]),
    }),
  ),
});

const estimate = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() });
const breakEven = { voterTrapAccuracy: z.number().nullable(), totalTrapAccuracy: z.number().nullable() };
const population = z.strictObject({
  preset,
  miners: whole,
  trapShare: fraction,
  syntheticShare: fraction,
  seeds: whole,
  breakEven: z.strictObject({ ...breakEven, collusionTrapShare: z.number().nullable() }),
  strategies: z.array(
    z.strictObject({ name: z.string(), count: whole, score: estimate, share: estimate, perCapita: z.number() }),
  ),
  verdicts: z.array(
    z.strictObject({
      claim: z.enum([
        "collusion-unprofitable",
        "traps-deter",
        "always-validator-punished",
        "quality-pays",
        "honesty-beats-silence",
      ]),
      holds: z.boolean().nullable(),
      because: z.string(),
    }),
  ),
});
const sweep = z.strictObject({
  preset,
  seeds: whole,
  key: z.string(),
  points: z.array(population.omit({ verdicts: true }).extend({ value: z.number() })),
});

const when = z.strictObject({ happened: fraction, median: z.number().nullable() });
/** Integers above 2^53 are strings. */
const amount = z.union([z.number(), z.string()]);
const rows = z.array(z.array(z.tuple([z.number(), amount])));

export const simulateShapes: CommandShapes = {
  simulate: { data: z.union([standings, explained]) },
  "simulate diff": {
    data: z.strictObject({
      presets: z.array(z.string()),
      miners: z.array(
        z.strictObject({
          hotkey: address,
          a: z.number(),
          b: z.number(),
          shareA: fraction,
          shareB: fraction,
          rankA: whole,
          rankB: whole,
        }),
      ),
    }),
  },
  "simulate population": { data: z.union([population, sweep]) },
  "simulate break-even": {
    data: z.strictObject({
      preset,
      miners: whole,
      trapShare: fraction,
      syntheticShare: fraction,
      ...breakEven,
      collusionTrapShare: z.number().nullable(),
      collusionTrapShareRaw: z.number().nullable(),
    }),
  },
  "simulate entry": {
    data: z.strictObject({
      preset,
      slots: whole,
      clique: whole,
      strategy: z.string(),
      cliqueQuality: z.number(),
      newcomerQuality: z.number(),
      trapShare: fraction,
      naturalTrapShare: fraction,
      arrivalEvery: z.number(),
      immunity: z.number(),
      intervals: whole,
      runs: whole,
      firstDisplaced: when,
      halfDisplaced: when,
      allDisplaced: when,
      newcomersLost: z.number(),
      cliqueSlots: z.number(),
      cliqueShare: z.number(),
    }),
  },
  "simulate yuma": {
    data: z.strictObject({
      scenarios: z.array(
        z.strictObject({
          name: z.string(),
          epochs: z.array(
            z.strictObject({
              incentive: z.array(amount),
              dividends: z.array(amount),
              consensus: z.array(amount),
              validator_trust: z.array(amount),
              stake_weight: z.array(amount),
              active: z.array(z.number()),
              permits: z.array(z.number()),
              bonds: rows,
              emission: z.array(amount),
            }),
          ),
        }),
      ),
    }),
  },
};
