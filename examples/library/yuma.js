// What the chain makes of weights, and what a slot costs. node examples/library/yuma.js
import {
  burnAfterBlock,
  burnAfterRegistration,
  burnDecayFactor,
  DEFAULT_BURN_SETTINGS,
  DEFAULT_TAO_WEIGHT,
  REGISTERED_SUBNET_HYPERPARAMETERS,
  runEpoch,
} from "colosseum/yuma";

// 1. Three validators and two miners. The third validator, a tenth of the stake, votes for its friend (uid 4) alone.
const TAO = 1_000_000_000n;
const weights = [
  [
    [3, 65_535],
    [4, 13_107],
  ],
  [
    [3, 65_535],
    [4, 13_107],
  ],
  [[4, 65_535]],
  [],
  [],
];
const n = weights.length;
const epoch = (rows) =>
  runEpoch({
    hyperparameters: { ...REGISTERED_SUBNET_HYPERPARAMETERS, commitReveal: false },
    block: 1_000,
    ownerUid: undefined,
    weights: rows,
    bonds: rows.map(() => []),
    lastUpdate: Array(n).fill(999),
    blockAtRegistration: Array(n).fill(1),
    alphaStakeRao: [5_000n * TAO, 4_000n * TAO, 1_000n * TAO, 0n, 0n],
    rootStakeRao: Array(n).fill(0n),
    permits: [true, true, true, false, false],
    lastMechanismStepBlock: 639,
    emissionRao: 360n * TAO,
    taoWeight: DEFAULT_TAO_WEIGHT,
    pendingCommits: [],
    epochIndex: 1,
    revealPeriodEpochs: 1,
  });

const percent = (u16) => `${((u16 / 65_535) * 100).toFixed(1)} %`;
const honest = epoch([weights[0], weights[1], weights[0], [], []]);
const bent = epoch(weights);
console.table(
  [3, 4].map((uid) => ({ miner: uid, honest: percent(honest.incentive[uid]), bent: percent(bent.incentive[uid]) })),
);
console.table(
  [0, 1, 2].map((uid) => ({
    validator: uid,
    honest: percent(honest.dividends[uid]),
    bent: percent(bent.dividends[uid]),
  })),
);

// 2. The price of a slot: each registration raises it at once, quiet blocks let it fall.
const factor = burnDecayFactor(DEFAULT_BURN_SETTINGS.halfLifeBlocks);
let price = TAO;
for (let buyer = 0; buyer < 5; buyer++) price = burnAfterRegistration(price, DEFAULT_BURN_SETTINGS);
console.log(`after five registrations in a row: ${(Number(price) / 1e9).toFixed(3)} TAO`);
for (let block = 0; block < 300; block++) price = burnAfterBlock(price, DEFAULT_BURN_SETTINGS, factor);
console.log(`an hour (300 blocks) later:        ${(Number(price) / 1e9).toFixed(3)} TAO`);
