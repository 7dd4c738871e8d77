import { bytesToHex } from "@noble/hashes/utils.js";
import { LIMITS } from "../protocol/limits.ts";
import { type Info, PROTOCOL } from "../protocol/messages.ts";
import type { Core } from "./core.ts";
import { exportLog } from "./export.ts";

/** What everybody may know of the validator. */
export function publicInfo(core: Core): Info {
  const { settings, store } = core;
  const interval = store.intervals.latest();
  return {
    protocol: PROTOCOL,
    validator: core.hotkey,
    netuid: settings.netuid,
    preset: settings.rules.name,
    settings: publicSettings(core),
    taskTypes: [...core.source.taskTypes],
    limits: { ...LIMITS },
    interval:
      interval === undefined || interval.state === "settled"
        ? null
        : { n: interval.n, commitment: interval.commitment, beaconHeight: interval.beaconHeight },
    now: new Date(core.clock.nowMs()).toISOString(),
  };
}

function publicSettings(core: Core): Info["settings"] {
  const { rules, ...rest } = core.settings;
  const { name: _, ...numbers } = rules;
  const shown: Record<string, number | string | boolean> = {};
  for (const [key, value] of Object.entries(numbers)) if (value !== undefined) shown[key] = value;
  return {
    ...shown,
    damageShare: rest.damageShare,
    naturalShare: rest.naturalShare,
    votersPerTask: rest.votersPerTask ?? "even",
    firstKinds: rest.firstKinds.join(","),
    generateSeconds: rest.generateMs / 1_000,
    prepareSeconds: rest.prepareMs / 1_000,
    voteSeconds: rest.voteMs / 1_000,
    roundsPerInterval: rest.roundsPerInterval,
    closeEarly: rest.closeEarly,
    checkInSeconds: rest.checkInMs / 1_000,
    anchor: core.anchor(),
  };
}

/**
 * An interval that is not settled: its commitments only, for whoever wants to hold the validator to them. Each round has
 * as many of them as generators, however few tasks these share: how many tasks there are would tell how many of them
 * are synthetic.
 */
export function openInterval(core: Core, n: number): object {
  const { store } = core;
  const interval = store.intervals.get(n);
  const commitments = store.rounds.of(n).flatMap((round) => {
    if (interval === undefined || round.state === "generating" || round.state === "preparing") return [];
    const real = store.tasks.ofRound(n, round.n).flatMap(({ commitment }) => commitment ?? []);
    const makers = store.rounds.eligible(n, round.n).filter(({ roles }) => roles.includes("generator"));
    const draws = core.draws(interval);
    const fillers = makers.slice(real.length).map((_, place) => draws.bytes(`${round.n}/filler/${place}`));
    return [...real, ...fillers.map(bytesToHex)];
  });
  return {
    n,
    state: "open",
    commitment: interval?.commitment,
    beaconHeight: interval?.beaconHeight,
    // In the order of their text: the order of tasks would tell the first kinds.
    taskCommitments: commitments.sort(),
  };
}

/** The log of a settled interval, as everybody may read it. */
export const settledInterval = (core: Core, n: number): object =>
  exportLog(core.store, {
    netuid: core.settings.netuid,
    validator: core.hotkey,
    seedOf: (interval) => core.seedHex(interval),
    anchor: core.anchor(),
    interval: n,
    publish: core.settings.publish,
  });
