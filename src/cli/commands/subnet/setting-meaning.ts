import { showTao } from "../../../base/units.ts";

type Value = string | number | boolean;
type Meaning = string | ((value: Value) => string);

const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;
/** The chain's u16 share: 65535 is everything. */
const ofU16 =
  (what: string) =>
  (value: Value): string =>
    `${percent(Number(value) / 65_535)} ${what}`;
const tao =
  (what: string) =>
  (value: Value): string =>
    `${showTao(BigInt(value))}, ${what}`;

/** In few words, for 80 columns beside the chain's long names. The settings whose number says little by itself. @see subtensor, pallets/subtensor/src/lib.rs, for units and what they do. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  kappa: ofU16("of stake must agree"),
  immunity_period: "blocks of immunity",
  min_allowed_weights: "weights at least",
  max_weights_limit: ofU16("for one at most"),
  tempo: "blocks between epochs",
  weights_version: "version key at least",
  weights_rate_limit: "blocks between weights",
  adjustment_interval: "blocks",
  activity_cutoff: "blocks until inactive",
  target_regs_per_interval: "registrations aimed at",
  min_burn: tao("cheapest slot"),
  max_burn: tao("dearest slot"),
  bonds_moving_avg: (value) => `${percent(Number(value) / 1_000_000)} stays at each epoch`,
  max_regs_per_block: "registrations",
  serving_rate_limit: "blocks between endpoints",
  max_validators: "permits",
  adjustment_alpha: (value) => `${percent(Number(BigInt(value)) / 2 ** 64)} of the price stays`,
  difficulty: "proof of work",
  min_difficulty: "proof of work",
  max_difficulty: "proof of work",
  commit_reveal_period: "epochs until revealed",
  alpha_high: ofU16("at most, liquid alpha"),
  alpha_low: ofU16("at least, liquid alpha"),
};

/** What a setting's number means, its unit first; empty where the name says it all or the chain has a new one. */
export function settingMeaning(name: string, value: Value): string {
  const meaning = MEANINGS[name] ?? "";
  return typeof meaning === "string" ? meaning : meaning(value);
}
