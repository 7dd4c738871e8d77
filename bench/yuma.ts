import { seededRandom, uniform } from "../src/base/random.ts";
import { runEpoch } from "../src/yuma/epoch.ts";
import {
  DEFAULT_TAO_WEIGHT,
  type EpochInput,
  REGISTERED_SUBNET_HYPERPARAMETERS,
  type SparseRow,
} from "../src/yuma/epoch-types.ts";

/** An epoch of a full subnet must not be felt in a block. */
const TARGET_MS = 25;
const NEURONS = 256;
const VALIDATORS = 64;
const RUNS = 40;

/** 256 neurons, 64 validators with stake and permits, each scoring everybody; bonds as dense as weights. */
function fullSubnet(change: Partial<EpochInput["hyperparameters"]>): EpochInput {
  const random = seededRandom("yuma-bench");
  const u16 = (): number => 1 + Math.floor(uniform(random) * 65_535);
  const dense = (): SparseRow => Array.from({ length: NEURONS }, (_, uid): [number, number] => [uid, u16()]);
  const rows = (): SparseRow[] => Array.from({ length: NEURONS }, (_, uid) => (uid < VALIDATORS ? dense() : []));
  const all = <T>(make: (uid: number) => T): T[] => Array.from({ length: NEURONS }, (_, uid) => make(uid));
  return {
    hyperparameters: { ...REGISTERED_SUBNET_HYPERPARAMETERS, ...change },
    block: 1_000_000,
    ownerUid: 0,
    weights: rows(),
    bonds: rows(),
    lastUpdate: all(() => 999_900),
    blockAtRegistration: all(() => 900_000),
    alphaStakeRao: all((uid) => (uid < VALIDATORS ? BigInt(u16()) * 10n ** 12n : 0n)),
    rootStakeRao: all((uid) => (uid < VALIDATORS ? BigInt(u16()) * 10n ** 12n : 0n)),
    permits: all((uid) => uid < VALIDATORS),
    lastMechanismStepBlock: 999_640,
    emissionRao: 295_200_000_000n,
    taoWeight: DEFAULT_TAO_WEIGHT,
    pendingCommits: [],
    epochIndex: 1,
    revealPeriodEpochs: 1,
  };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds of one epoch of a full subnet, for each kind of bonds. */
export function benchYuma(): { name: string; firstMs: number; medianMs: number; targetMs: number }[] {
  const kinds = { "yuma 2": { yuma3: false }, "yuma 3": {}, "yuma 3, liquid alpha": { liquidAlpha: true } };
  return Object.entries(kinds).map(([name, change]) => {
    const input = fullSubnet(change);
    const times = Array.from({ length: RUNS }, () => {
      const start = performance.now();
      runEpoch(input);
      return performance.now() - start;
    });
    return { name, firstMs: times[0] ?? Number.NaN, medianMs: median([...times]), targetMs: TARGET_MS };
  });
}

if (import.meta.main)
  console.log(JSON.stringify({ bench: "yuma", neurons: NEURONS, validators: VALIDATORS, epochs: benchYuma() }));
