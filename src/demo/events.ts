import type { ValidatorEvent } from "../validator/events.ts";

/** What the demo did or saw, in order. Everything the validator says comes through unchanged. */
export type DemoEvent =
  | { readonly type: "step"; readonly at: string; readonly text: string }
  /** An extrinsic that is in a block: who signed what. */
  | {
      readonly type: "extrinsic";
      readonly at: string;
      readonly by: string;
      readonly call: string;
      readonly block: number;
      readonly extrinsic: string;
    }
  /** The arena stands and can be joined from outside. */
  | {
      readonly type: "ready";
      readonly at: string;
      readonly network: string;
      readonly netuid: number;
      readonly validator: string;
      readonly wallets: string;
    }
  | { readonly type: "block"; readonly at: string; readonly number: number }
  | {
      readonly type: "neuron";
      readonly at: string;
      readonly uid: number;
      readonly hotkey: string;
      readonly name: string;
      readonly brain: string;
    }
  | {
      readonly type: "epoch-paid";
      readonly at: string;
      readonly block: number;
      readonly incentive: readonly { readonly uid: number; readonly value: number }[];
    }
  | { readonly type: "validator"; readonly at: string; readonly event: ValidatorEvent };

export type DemoListener = (event: DemoEvent) => void;
