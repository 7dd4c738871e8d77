import { z } from "zod";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { EpochInput } from "../yuma/epoch-types.ts";
import { DEFAULT_TAO_WEIGHT } from "../yuma/epoch-types.ts";

/** The chain allows 256 neurons in a subnet; more than this is a mistake in the file, not a subnet. */
const MAX_NEURONS = 4_096;
const U16_MAX = 65_535;
const MAX_BLOCK = 4_294_967_295;

const flag = z.union([z.literal(0), z.literal(1), z.boolean()]).transform(Boolean);
const block = z.int().min(0).max(MAX_BLOCK);
const u16 = z.int().min(0).max(U16_MAX);
/** u64 rao: a safe integer, or digits in a string. */
const rao = z
  .union([
    z.int().min(0),
    z.string().regex(/^[0-9]{1,20}$/, "expected a whole number of rao, as digits in a string above 2^53"),
  ])
  .transform(BigInt)
  .refine((value) => value < 1n << 64n, "expected an amount below 2^64 rao");
const row = z.array(z.tuple([z.int().min(0).max(U16_MAX), u16]));

const hyperparameters = z.object({
  tempo: z.int().min(1).max(U16_MAX).default(360),
  kappa: u16.default(32_767),
  bonds_moving_avg: z.int().min(0).max(1_000_000).default(900_000),
  bonds_penalty: u16.default(U16_MAX),
  activity_cutoff_factor_milli: z.int().min(0).max(50_000).default(13_889),
  max_allowed_validators: u16.default(128),
  stake_threshold: rao.default(0n),
  yuma3: flag.default(false),
  liquid_alpha: flag.default(false),
  alpha_values: z.tuple([u16, u16]).default([45_875, 58_982]),
  alpha_sigmoid_steepness: z.int().min(-32_768).max(32_767).default(1_000),
  commit_reveal: flag.default(false),
});

const commit = z.object({ uid: z.int().min(0).max(U16_MAX), commit_epoch: block, commit_block: block });

const epochState = z.object({
  weights: z.array(row),
  bonds: z.array(row).optional(),
  last_update: z.array(block),
  block_at_registration: z.array(block),
  alpha_stake: z.array(rao),
  root_stake: z.array(rao).optional(),
  permits: z.array(flag),
  last_mechanism_step_block: block.default(0),
  pending_server: rao.optional(),
  pending_validator: rao.optional(),
  pending_root: rao.default(0n),
  pending_owner_cut: rao.default(0n),
  rao_emission: rao.optional(),
  current_block: block,
  pending_commits: z.array(commit).default([]),
  subnet_epoch_index_before: block.default(0),
  reveal_period_epochs: block.default(1),
});

const scenario = z.object({
  name: z.string().optional(),
  n: z.int().min(0).max(MAX_NEURONS),
  owner_uid: z.int().min(0).max(U16_MAX).nullish(),
  hyperparameters: hyperparameters.default(() => hyperparameters.parse({})),
  epochs: z.array(z.object({ in: epochState })).min(1),
});

type ScenarioFields = z.infer<typeof scenario>;
type EpochState = z.infer<typeof epochState>;

/** The amounts that an epoch drains; rao. */
export interface PendingEmission {
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootRao: bigint;
  readonly ownerCutRao: bigint;
}

/** One epoch of a scenario, ready to run. */
export interface ScenarioEpoch {
  readonly input: EpochInput;
  readonly pending: PendingEmission;
}

export interface YumaScenario {
  readonly name: string;
  readonly ownerUid: number | undefined;
  readonly epochs: readonly [ScenarioEpoch, ...ScenarioEpoch[]];
}

const invalid = (path: string, expected: string): ColosseumError =>
  new ColosseumError(`${path}: ${expected}.`, {
    code: "yuma.invalid-scenario",
    exitCode: ExitCode.invalid,
    hint: "A scenario has n, hyperparameters and epochs: [{in: {weights, alpha_stake, permits, …}}]; see docs/formats.md.",
    details: { path },
  });

/** A zod path as people write it: scenarios[0].epochs[1].in.weights. */
const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (shown, key) =>
      typeof key === "number" ? `${shown}[${key}]` : shown === "" ? String(key) : `${shown}.${String(key)}`,
    "",
  ) || "the file";

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function parse<T>(schema: z.ZodType<T>, value: unknown, prefix: readonly PropertyKey[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(showPath([...prefix, ...(issue?.path ?? [])]), lowerFirst(issue?.message ?? "not a scenario"));
}

/**
 * Reads a scenario file: one scenario, an array of them, or an object with `scenarios` (and `meta.tao_weight`).
 *
 * @param content - Parsed JSON.
 * @throws ColosseumError `yuma.invalid-scenario` (12) naming the JSON path.
 */
export function parseYumaScenarios(content: unknown): YumaScenario[] {
  const { list, prefix, taoWeight } = scenarioList(content);
  if (list.length === 0) throw invalid(showPath(prefix), "expected at least one scenario");
  return list.map((item, index) => {
    const path = prefix.length === 0 && !Array.isArray(content) ? [] : [...prefix, index];
    return toScenario(parse(scenario, item, path), path, index, taoWeight);
  });
}

function scenarioList(content: unknown): {
  list: readonly unknown[];
  prefix: readonly PropertyKey[];
  taoWeight: bigint;
} {
  if (Array.isArray(content)) return { list: content, prefix: [], taoWeight: DEFAULT_TAO_WEIGHT };
  if (typeof content === "object" && content !== null && "scenarios" in content) {
    const file = parse(
      z.object({ scenarios: z.array(z.unknown()), meta: z.object({ tao_weight: rao.optional() }).optional() }),
      content,
      [],
    );
    return { list: file.scenarios, prefix: ["scenarios"], taoWeight: file.meta?.tao_weight ?? DEFAULT_TAO_WEIGHT };
  }
  return { list: [content], prefix: [], taoWeight: DEFAULT_TAO_WEIGHT };
}

function toScenario(
  fields: ScenarioFields,
  path: readonly PropertyKey[],
  index: number,
  taoWeight: bigint,
): YumaScenario {
  const ownerUid = fields.owner_uid ?? undefined;
  if (ownerUid !== undefined && ownerUid >= fields.n) {
    throw invalid(showPath([...path, "owner_uid"]), `expected a uid below n (${fields.n})`);
  }
  const epochs = fields.epochs.map((epoch, at) => {
    const where = [...path, "epochs", at, "in"];
    checkLengths(epoch.in, fields.n, where);
    return toEpoch(fields, epoch.in, ownerUid, taoWeight, where);
  });
  const [first, ...rest] = epochs;
  if (first === undefined) throw invalid(showPath([...path, "epochs"]), "expected at least one epoch");
  return { name: fields.name ?? `scenario-${index + 1}`, ownerUid, epochs: [first, ...rest] };
}

function checkLengths(state: EpochState, n: number, where: readonly PropertyKey[]): void {
  const lists = [
    "weights",
    "bonds",
    "last_update",
    "block_at_registration",
    "alpha_stake",
    "root_stake",
    "permits",
  ] as const;
  for (const key of lists) {
    const length = state[key]?.length;
    if (length !== undefined && length !== n) {
      throw invalid(showPath([...where, key]), `expected ${n} entries, one per uid, not ${length}`);
    }
  }
  for (const key of ["weights", "bonds"] as const) {
    state[key]?.forEach((cells, uid) => {
      if (new Set(cells.map(([column]) => column)).size < cells.length) {
        throw invalid(showPath([...where, key, uid]), "expected each uid at most once in a row");
      }
    });
  }
}

function toEpoch(
  fields: ScenarioFields,
  state: EpochState,
  ownerUid: number | undefined,
  taoWeight: bigint,
  where: readonly PropertyKey[],
): ScenarioEpoch {
  const settings = fields.hyperparameters;
  const pendingTotal = (state.pending_server ?? 0n) + (state.pending_validator ?? 0n) + state.pending_root;
  if (state.rao_emission === undefined && state.pending_server === undefined && state.pending_validator === undefined) {
    throw invalid(
      showPath([...where, "rao_emission"]),
      "expected rao_emission, or pending_server and pending_validator",
    );
  }
  const emissionRao = state.rao_emission ?? pendingTotal;
  return {
    // Without the parts, the halves that accrue on a subnet without root stake: one half miners, one half validators.
    pending: {
      serverRao: state.pending_server ?? emissionRao / 2n,
      validatorRao: state.pending_validator ?? emissionRao - emissionRao / 2n - state.pending_root,
      rootRao: state.pending_root,
      ownerCutRao: state.pending_owner_cut,
    },
    input: {
      hyperparameters: {
        tempoBlocks: settings.tempo,
        kappa: settings.kappa,
        bondsMovingAverage: settings.bonds_moving_avg,
        bondsPenalty: settings.bonds_penalty,
        activityCutoffFactorMilli: settings.activity_cutoff_factor_milli,
        maxAllowedValidators: settings.max_allowed_validators,
        stakeThresholdRao: settings.stake_threshold,
        yuma3: settings.yuma3,
        liquidAlpha: settings.liquid_alpha,
        alphaValues: settings.alpha_values,
        alphaSigmoidSteepness: settings.alpha_sigmoid_steepness,
        commitReveal: settings.commit_reveal,
      },
      block: state.current_block,
      ownerUid,
      weights: state.weights,
      bonds: state.bonds ?? state.weights.map(() => []),
      lastUpdate: state.last_update,
      blockAtRegistration: state.block_at_registration,
      alphaStakeRao: state.alpha_stake,
      rootStakeRao: state.root_stake ?? state.alpha_stake.map(() => 0n),
      permits: state.permits,
      lastMechanismStepBlock: state.last_mechanism_step_block,
      emissionRao,
      taoWeight,
      pendingCommits: state.pending_commits.map((pending) => ({
        uid: pending.uid,
        commitEpoch: pending.commit_epoch,
        commitBlock: pending.commit_block,
      })),
      epochIndex: state.subnet_epoch_index_before + 1,
      revealPeriodEpochs: state.reveal_period_epochs,
    },
  };
}
