import type { Clock } from "../base/clock.ts";
import { ExitCode, UsageError } from "../base/errors.ts";
import { BrainError } from "./brain.ts";

/** What a day may cost. */
export type BudgetLimit =
  | { readonly unit: "answers"; readonly perDay: number }
  | { readonly unit: "tokens"; readonly perDay: number }
  | { readonly unit: "usd"; readonly perDay: number };

/**
 * Reads `50` (answers), `200000tok` or `200ktok` (tokens), `2usd` or `0.50usd`.
 *
 * @throws UsageError `usage.budget` on anything else.
 */
export function parseBudget(text: string): BudgetLimit {
  const match = /^([0-9]{1,9}(?:\.[0-9]{1,4})?)(ktok|mtok|tok|usd)?$/i.exec(text.trim());
  const number = Number(match?.[1]);
  const unit = match?.[2]?.toLowerCase();
  const whole = unit === "usd" || unit === "ktok" || unit === "mtok" || Number.isInteger(number);
  if (match === null || !whole) {
    throw new UsageError(`"${text}" is not a budget.`, {
      code: "usage.budget",
      hint: "Per day: 50 (answers), 200ktok (tokens) or 2usd.",
    });
  }
  if (unit === undefined) return { unit: "answers", perDay: number };
  if (unit === "usd") return { unit, perDay: number };
  return { unit: "tokens", perDay: number * { tok: 1, ktok: 1_000, mtok: 1_000_000 }[unit as "tok" | "ktok" | "mtok"] };
}

/** Counts what is spent in each UTC day; reserved before it is spent, so that the limit is never passed. */
export interface Budget {
  readonly limit: BudgetLimit;
  /** What is left today, in the limit's unit. */
  left(): number;
  /**
   * Sets an upper estimate aside.
   *
   * @returns What settles it with the true amount.
   * @throws BrainError `brains.budget-spent` if there is not that much left.
   */
  reserve(amount: number): (spent: number) => void;
}

const DAY_MS = 86_400_000;

/** Where a budget remembers what was spent, so that a restart does not spend it again. */
export interface BudgetMemory {
  /** @returns `day` counts UTC days since 1970; `used` in the limit's unit. */
  load(): { readonly day: number; readonly used: number };
  save(state: { readonly day: number; readonly used: number }): void;
}

/** A budget that begins anew with each UTC day. What is set aside counts as spent until it is settled, a crash included. */
export function dailyBudget(limit: BudgetLimit, clock: Pick<Clock, "nowMs">, memory?: BudgetMemory): Budget {
  let { day, used } = memory?.load() ?? { day: -1, used: 0 };
  const spend = (amount: number): void => {
    used += amount;
    memory?.save({ day, used });
  };
  const today = (): void => {
    const now = Math.floor(clock.nowMs() / DAY_MS);
    if (now === day) return;
    day = now;
    used = 0;
  };
  return {
    limit,
    left: () => {
      today();
      return Math.max(0, limit.perDay - used);
    },
    reserve: (amount) => {
      today();
      if (used + amount > limit.perDay) {
        const unit = limit.unit === "usd" ? "USD" : limit.unit;
        const rest = Number(Math.max(0, limit.perDay - used).toPrecision(6));
        const why =
          limit.unit === "answers"
            ? "is spent"
            : `has ${rest} left, and the next request may cost up to ${Number(amount.toPrecision(6))}`;
        throw new BrainError(`Today's budget of ${limit.perDay} ${unit} ${why}; it begins anew at 00:00 UTC.`, {
          code: "brains.budget-spent",
          exitCode: ExitCode.refused,
          hint: "Raise --budget, or wait.",
        });
      }
      spend(amount);
      const reservedOn = day;
      return (spent) => {
        if (reservedOn === day) spend(spent - amount);
      };
    },
  };
}
