import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { BudgetLimit, BudgetMemory } from "../../../brains/budget.ts";

const schema = z.object({
  /** UTC days since 1970. */
  day: z.int(),
  used: z.partialRecord(z.enum(["answers", "tokens", "usd"]), z.number().min(0)),
});

/** Keeps what a day has cost in a file, so that a restart does not spend the same budget again; a broken one counts as none. */
export function budgetFile(path: string, unit: BudgetLimit["unit"]): BudgetMemory {
  const read = (): z.infer<typeof schema> => {
    try {
      return schema.parse(JSON.parse(readFileSync(path, "utf8")));
    } catch {
      return { day: -1, used: {} };
    }
  };
  return {
    load: () => {
      const { day, used } = read();
      return { day, used: used[unit] ?? 0 };
    },
    save: ({ day, used }) => {
      const before = read();
      const next = { day, used: { ...(before.day === day ? before.used : {}), [unit]: used } };
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, `${JSON.stringify(next)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}
