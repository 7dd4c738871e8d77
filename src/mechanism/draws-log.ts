import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import type { DrawRules, Eligible } from "./draws.ts";
import { TASK_KINDS } from "./task-log.ts";

/** A round as the log of its interval has it: who could be drawn, and where `firstKinds` stood. */
export interface LoggedRound {
  readonly n: number;
  /** RFC 3339. */
  readonly openedAt: string;
  /** The chain's height at which registrations and coldkeys were read. */
  readonly block: number;
  readonly firstKindsUsed: number;
  /** By hotkey, ascending. */
  readonly eligible: readonly LoggedEligible[];
}

/** An eligible miner; `proof` is the place of its signed check-in in the interval's `proofs`. */
export interface LoggedEligible extends Eligible {
  readonly proof?: number;
}

/** What a redraw needs of one interval of a log. */
export interface LoggedDraw {
  readonly n: number;
  readonly commitment: Uint8Array;
  readonly seed: Uint8Array;
  readonly beacon: Uint8Array;
  readonly rules: DrawRules;
  readonly rounds: readonly LoggedRound[];
}

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;
const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/**
 * Reads what an interval's record says about its draws; a log may come from anywhere, so nothing is taken for granted.
 *
 * @returns What a redraw needs, or the name of the first field that is missing or malformed.
 */
export function readLoggedDraw(interval: JsonObject): LoggedDraw | { readonly malformed: string } {
  const [commitment, seed, beacon] = [
    bytes32(interval["commitment"]),
    bytes32(interval["seed"]),
    bytes32(interval["beacon"]),
  ];
  if (!isCount(interval["n"])) return { malformed: "n" };
  if (commitment === undefined) return { malformed: "commitment" };
  if (seed === undefined) return { malformed: "seed" };
  if (beacon === undefined) return { malformed: "beacon" };
  const rules = interval["draws"];
  if (!isDrawRules(rules)) return { malformed: "draws" };
  const rounds = interval["rounds"];
  if (!Array.isArray(rounds) || !rounds.every(isRound)) return { malformed: "rounds" };
  return { n: interval["n"], commitment, seed, beacon, rules, rounds };
}

function isDrawRules(value: unknown): value is DrawRules {
  if (!isJsonObject(value)) return false;
  const { trapShare, syntheticShare, damageShare, naturalShare = 0, evenVotes = false } = value;
  const { votersPerTask, firstKinds, taskTypes } = value;
  return (
    isShare(trapShare) &&
    isShare(syntheticShare) &&
    isShare(damageShare) &&
    isShare(naturalShare) &&
    typeof evenVotes === "boolean" &&
    (votersPerTask === null || (isCount(votersPerTask) && votersPerTask > 0)) &&
    isTexts(firstKinds) &&
    firstKinds.every((kind) => (TASK_KINDS as readonly string[]).includes(kind)) &&
    isTexts(taskTypes) &&
    taskTypes.length > 0
  );
}

function isRound(value: unknown): value is LoggedRound {
  if (!isJsonObject(value) || !isCount(value["n"]) || !isCount(value["firstKindsUsed"])) return false;
  const eligible: unknown = value["eligible"];
  return Array.isArray(eligible) && eligible.every(isEligible);
}

const isEligible = (value: unknown): value is LoggedEligible =>
  isJsonObject(value) &&
  typeof value["hotkey"] === "string" &&
  typeof value["coldkey"] === "string" &&
  isTexts(value["roles"]) &&
  isTexts(value["taskTypes"]);

/** The bytes of 0x and 64 hex digits. */
export function bytes32(value: unknown): Uint8Array | undefined {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]{64}$/.test(value)) return undefined;
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(value.slice(2 + 2 * i, 4 + 2 * i), 16));
}
