import type { DrawRules } from "../mechanism/draws.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";

/** Everything that can be chosen about a validator's work; `validator start` and `demo` fill it in. */
export interface ValidatorSettings {
  readonly netuid: number;
  readonly rules: RuleSet;
  readonly damageShare: number;
  /** Share of traps in which nothing is damaged where the outputs differ by nature. */
  readonly naturalShare: number;
  /** How many are invited to each vote; null: every miner gets as many votes in each round (`evenVotes`). */
  readonly votersPerTask: number | null;
  readonly firstKinds: DrawRules["firstKinds"];
  readonly generateMs: number;
  /**
   * Between the end of generating and the vote, at least: the time that preparing takes depends on how many traps a
   * round has, and must not show. None with `closeEarly`, where a round goes on as soon as it can.
   */
  readonly prepareMs: number;
  readonly voteMs: number;
  readonly roundsPerInterval: number;
  /** Open no further interval after so many; null: go on for ever. `startValidator` counts those of its own run. */
  readonly stopAfterIntervals: number | null;
  /** Open the next interval only when the weights of the last are set or held; else the arena goes on meanwhile. */
  readonly awaitWeights: boolean;
  /** A round opens once so many miners have checked in. */
  readonly minMiners: number;
  /**
   * How long a round waits for more, once the first are enough: after a start all miners come back within seconds, and who
   * comes a moment later would sit out a whole round. Not waited where everybody registered is here already.
   */
  readonly gatherMs: number;
  /** Close a stage as soon as everybody asked has answered. */
  readonly closeEarly: boolean;
  readonly checkInMs: number;
  /** Blocks between fixing an interval's beacon height and that height. */
  readonly beaconDelayBlocks: number;
  readonly whenEmpty: "hold" | "owner";
  /** What an export shows of completions. */
  readonly publish: "hashes" | "files";
  /** How often the chain is asked who is registered. */
  readonly metagraphMs: number;
  /** The least time between two such questions, where a hotkey that is not in the last answer proves who it is. */
  readonly newcomerMs: number;
  /** First pause after a failed attempt to send weights or do a step; doubles up to `retryMostMs`. */
  readonly retryMs: number;
  readonly retryMostMs: number;
  /** Requests per second and address, before any signature is checked. */
  readonly perAddressPerSecond: number;
  /** Verified requests per second and hotkey. */
  readonly perHotkeyPerSecond: number;
  /** Take the sender's address from X-Forwarded-For: only behind a proxy of one's own. */
  readonly trustProxy: boolean;
}

const MINUTE_MS = 60_000;

/** A tenth of the time to generate, a minute at most. */
export const prepareMsFor = (generateMs: number): number => Math.min(MINUTE_MS, Math.floor(generateMs / 10));

/** One hour per interval: a round of 20 minutes to generate and 39 to vote, with one between. */
export const DEFAULT_SETTINGS: Omit<ValidatorSettings, "netuid" | "rules"> = {
  damageShare: 0.5,
  naturalShare: 0.25,
  votersPerTask: null,
  firstKinds: [],
  generateMs: 20 * MINUTE_MS,
  prepareMs: MINUTE_MS,
  voteMs: 39 * MINUTE_MS,
  roundsPerInterval: 1,
  stopAfterIntervals: null,
  awaitWeights: false,
  minMiners: 2,
  gatherMs: 20_000,
  closeEarly: false,
  checkInMs: 10 * MINUTE_MS,
  beaconDelayBlocks: 1,
  whenEmpty: "hold",
  publish: "hashes",
  metagraphMs: MINUTE_MS,
  newcomerMs: 5_000,
  retryMs: 5_000,
  retryMostMs: 5 * MINUTE_MS,
  perAddressPerSecond: 100,
  perHotkeyPerSecond: 10,
  trustProxy: false,
};

/** What the draws take of the settings. */
export const drawRulesOf = (settings: ValidatorSettings, taskTypes: readonly string[]): DrawRules => ({
  trapShare: settings.rules.trapShare,
  syntheticShare: settings.rules.syntheticShare,
  damageShare: settings.damageShare,
  naturalShare: settings.naturalShare,
  votersPerTask: settings.votersPerTask,
  evenVotes: settings.votersPerTask === null,
  firstKinds: settings.firstKinds,
  taskTypes,
});
