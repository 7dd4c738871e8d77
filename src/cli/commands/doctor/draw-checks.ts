import { escapeControl } from "../../../base/text.ts";
import { wrapText } from "../../wrap-text.ts";
import type { Check } from "./check.ts";

const SIGNS = { ok: "ok  ", warn: "warn", fail: "FAIL", skip: "skip" } as const;
const INDENT = " ".repeat(6);

/**
 * A line for each check, its hint below it, and what it comes to.
 *
 * @param columns - Where messages are broken; hints hold commands and stay whole.
 */
export function drawChecks(checks: readonly Check[], columns: number): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const indent = `${INDENT}${" ".repeat(width)}  `;
  const lines = checks.flatMap(({ id, status, message, hint }) => [
    ...wrapText(`${SIGNS[status]}  ${id.padEnd(width)}  ${escapeControl(message)}`, columns, indent),
    ...(hint === null ? [] : [`${indent}${escapeControl(hint)}`]),
  ]);
  const count = (status: Check["status"]): number => checks.filter((check) => check.status === status).length;
  const [failed, warned] = [count("fail"), count("warn")];
  const verdict =
    failed + warned === 0
      ? "Nothing is wrong."
      : `${failed} ${failed === 1 ? "thing is" : "things are"} wrong, ${warned} to look at.`;
  return [...lines, "", verdict].join("\n");
}
