import { as, type Span } from "./line.tsx";
import type { Theme } from "./theme.ts";

const within = (fraction: number): number => (Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0);

/** A length for a fraction of 1, to an eighth of a cell where the terminal can; at most `width` cells. */
export function lengthBar(fraction: number, width: number, { signs }: Theme): readonly Span[] {
  const cells = within(fraction) * width;
  const whole = signs.eighths === "" ? Math.round(cells) : Math.floor(cells);
  const eighth = signs.eighths === "" ? 0 : Math.floor((cells - whole) * 8);
  const rest = eighth === 0 ? "" : (signs.eighths[eighth - 1] ?? "");
  return [as("bar", signs.full.repeat(whole) + rest)];
}

/** How far something with an end has come, in exactly `width` cells. */
export function progressBar(fraction: number, width: number, { signs }: Theme): readonly Span[] {
  const cells = Math.round(within(fraction) * width);
  return [as("bar", signs.done.repeat(cells)), as("quiet", signs.todo.repeat(width - cells))];
}
