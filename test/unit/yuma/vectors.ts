import { readFileSync } from "node:fs";
import { parseYumaScenarios } from "../../../src/simulate/yuma-scenario.ts";

/** Recorded on a running runtime of node-subtensor spec 425: state before and storage after each epoch. */
export interface RecordedEpoch {
  readonly in: { readonly alpha_stake: readonly number[] };
  readonly out: Readonly<Record<string, unknown>> & {
    readonly alpha_dividends: readonly number[];
    readonly root_alpha_dividends: readonly number[];
    readonly alpha_stake_after: readonly number[];
    readonly miner_burned_bits_u96f32: string;
  };
}

interface YumaVectors {
  readonly meta: { readonly tao_weight: string };
  readonly set_weights_upscale: readonly {
    readonly values: readonly number[];
    readonly stored: readonly [number, number][];
  }[];
  readonly emission_split: readonly {
    readonly label: string;
    readonly alpha_out_this_block: number;
    readonly owner_cut: number;
    readonly server: number;
    readonly validator: number;
    readonly root: number;
    readonly alpha_in_before: number;
    readonly alpha_out_before: number;
    readonly alpha_out_after: number;
    readonly root_tao: number;
    readonly moving_price_bits: string;
  }[];
  readonly scenarios: readonly { readonly name: string; readonly epochs: readonly RecordedEpoch[] }[];
}

export const yumaVectors = JSON.parse(
  readFileSync(new URL("../../vectors/yuma.json", import.meta.url), "utf8"),
) as YumaVectors;

/** Each recorded scenario with its epochs ready to run. */
export const recordedScenarios = parseYumaScenarios(yumaVectors).map((scenario, index) => ({
  scenario,
  recorded: yumaVectors.scenarios[index]?.epochs ?? [],
}));
