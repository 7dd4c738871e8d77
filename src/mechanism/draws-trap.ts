import type { TrapMethod } from "./draws.ts";
import type { TaskKind } from "./task-log.ts";

/** How many of a task's hidden checks its two outputs pass as they were submitted: `c1`, then `c2`. */
export interface PassedChecks {
  readonly passed: readonly [number, number];
  readonly of: number;
}

/** Which of the two generators' outputs is to be the inferior one, and whether it still has to be damaged for that. */
export interface TrapPlan {
  readonly negative: 0 | 1;
  readonly damages: boolean;
}

/**
 * Decides what becomes of a drawn trap once its outputs are there, so that the inferior output is really the worse one
 * and nobody is punished for preferring the better page.
 *
 * A drawn negative that is better than the other output is not spoiled: the other one, worse by nature, takes its place
 * undamaged. In a natural trap the worse one is the negative, whoever was drawn. Only where the negative is no better
 * is it damaged, by one edit, until it passes fewer checks than the other.
 *
 * @param drawn - Place of the drawn negative among the generators.
 * @param changed - Whether the negative's generator was given a changed prompt.
 * @param checks - undefined where the task has no checks or nobody ran them: then everything stays as drawn.
 */
export function planTrap(
  drawn: 0 | 1,
  method: TrapMethod,
  changed: boolean,
  checks: PassedChecks | undefined,
): TrapPlan {
  if (checks === undefined) return { negative: drawn, damages: !changed };
  const other = drawn === 0 ? 1 : 0;
  const difference = checks.passed[drawn] - checks.passed[other];
  if (difference > 0) return { negative: other, damages: false };
  if (difference < 0) return { negative: drawn, damages: method !== "natural" && !changed };
  return { negative: drawn, damages: true };
}

/** What a validator did to a trap, as its `preparation` in the log has it. */
export interface TrapNotes {
  readonly changed: boolean;
  readonly checks: PassedChecks | undefined;
  /** The kind of damage done; undefined where there was none. */
  readonly damage: string | undefined;
  /** Checks that the damaged output passes. */
  readonly after: number | undefined;
}

/**
 * What a drawn trap is played as: a trap with its final negative, or a duel where no damage could make the negative
 * worse than the other output. Without checks nothing but the drawn trap is possible.
 */
export function trapOutcome(
  drawn: 0 | 1,
  method: TrapMethod,
  notes: TrapNotes,
): { readonly kind: Extract<TaskKind, "trap" | "duel">; readonly negative: 0 | 1 } {
  const { negative, damages } = planTrap(drawn, method, notes.changed, notes.checks);
  if (notes.checks === undefined || !damages) return { kind: "trap", negative };
  const rival = notes.checks.passed[negative === 0 ? 1 : 0];
  const isWorse = notes.damage !== undefined && notes.after !== undefined && notes.after < rival;
  return { kind: isWorse ? "trap" : "duel", negative };
}

/** `5 and 2 of 6`, as a preparation has it. */
export const writeChecks = ({ passed, of }: PassedChecks): string => `${passed[0]} and ${passed[1]} of ${of}`;

/** Reads a task's `preparation`; a log may come from anywhere, so what is malformed counts as not there. */
export function readTrapNotes(preparation: unknown): TrapNotes {
  const notes = typeof preparation === "object" && preparation !== null ? preparation : {};
  const { changed, checks, damage, after } = notes as Readonly<Record<string, unknown>>;
  return {
    changed: typeof changed === "string",
    checks: readChecks(checks),
    damage: typeof damage === "string" ? damage : undefined,
    after: typeof after === "string" && /^[0-9]{1,4}$/.test(after) ? Number(after) : undefined,
  };
}

function readChecks(text: unknown): PassedChecks | undefined {
  const match = typeof text === "string" ? /^([0-9]{1,4}) and ([0-9]{1,4}) of ([0-9]{1,4})$/.exec(text) : null;
  if (match === null) return undefined;
  const [first, second, of] = match.slice(1).map(Number) as [number, number, number];
  return first <= of && second <= of ? { passed: [first, second], of } : undefined;
}
