import type { Standings } from "../mechanism/standings.ts";

/** A text cell: quoted where CSV needs it, and disarmed where a spreadsheet would take it for a formula. */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The miners' rows as CSV (RFC 4180, LF), the columns named as in `--json`. */
export function standingsCsv(standings: Standings): string {
  const apart = standings.miners.some(({ noVote }) => noVote !== undefined);
  const columns = ["score", "generator", "discriminator", ...(apart ? ["noVote"] : [])] as const;
  const rest = ["generated", "voted", "trapped", "share", "weight"] as const;
  const keys = [...columns, ...rest] as readonly (
    | "score"
    | "generator"
    | "discriminator"
    | "noVote"
    | (typeof rest)[number]
  )[];
  const lines = standings.miners.map((row) =>
    [textCell(row.hotkey), ...keys.map((key) => String(row[key] ?? 0))].join(","),
  );
  return `${[["hotkey", ...keys].join(","), ...lines].join("\n")}\n`;
}
