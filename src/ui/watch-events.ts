import type { TaskLine } from "./task-panel.tsx";

/** Somebody in the subnet, as the chain has it. */
export interface NeuronLine {
  readonly uid: number;
  readonly hotkey: string;
  /** Whole and fraction, for showing only. */
  readonly stakeTao: number;
  /** Fraction of 1. */
  readonly incentive: number;
  /** Fraction of 1. */
  readonly dividends: number;
  /** Of the last epoch. */
  readonly emissionTao: number;
  readonly permit: boolean;
  readonly immunityBlocksLeft: number;
  /** From the bottom, 1 = next to go; null: never. */
  readonly pruneRank: number | null;
  readonly endpoint: string | null;
}

/** Somebody who plays: what votes say of its skill, and what it scored. */
export interface BoardLine {
  readonly hotkey: string;
  /** In the interval that is open, or the last one revealed; null where it is not known. */
  readonly score: number | null;
  /** With its 95 % interval; null without a battle. */
  readonly rating: { readonly mean: number; readonly low: number; readonly high: number } | null;
  /** Overlapping intervals share one; null without a rating. */
  readonly rank: number | null;
  readonly battles: number;
  readonly provisional: boolean;
}

/** Where the validator stands. */
export interface ValidatorLine {
  /** `store` for the one of this machine, else its URL. */
  readonly where: string;
  /** It answers, or a process has its store now. */
  readonly reachable: boolean;
  readonly interval: number | null;
  /** What the interval or its round is doing: `waiting`, `generating`, `voting` …; empty where nobody tells. */
  readonly stage: string;
  readonly round: number | null;
  readonly stageEndsAtMs: number | null;
  readonly checkedIn: number | null;
  /** Intervals whose scores are final; of a remote validator those that were looked at. */
  readonly settled: number;
}

/** Facts that `watch` is drawn from; its plain lines and its JSON are other readers of the same. */
export type WatchEvent =
  | { readonly type: "tick"; readonly atMs: number }
  | { readonly type: "chain"; readonly atMs: number; readonly endpoint: string; readonly connected: boolean }
  | { readonly type: "block"; readonly atMs: number; readonly number: number }
  | { readonly type: "stale"; readonly atMs: number; readonly sinceMs: number }
  | { readonly type: "fresh"; readonly atMs: number }
  | {
      readonly type: "metagraph";
      readonly atMs: number;
      readonly block: number;
      readonly name: string;
      readonly tempo: number;
      readonly blocksSinceEpoch: number;
      readonly maxUids: number;
      /** What a slot costs now. */
      readonly burnTao: number;
      readonly neurons: readonly NeuronLine[];
    }
  | { readonly type: "validator"; readonly atMs: number; readonly validator: ValidatorLine }
  | { readonly type: "tasks"; readonly atMs: number; readonly tasks: readonly TaskLine[] }
  | { readonly type: "board"; readonly atMs: number; readonly battles: number; readonly rows: readonly BoardLine[] }
  | { readonly type: "note"; readonly atMs: number; readonly level: "info" | "warn"; readonly text: string };
