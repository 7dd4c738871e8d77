import { Text } from "ink";
import type { ReactNode } from "react";
import { cellWidth, cutCells } from "../base/cells.ts";
import { shown } from "./shown.ts";
import type { Meaning, Theme } from "./theme.ts";

/** A piece of a line with one meaning; none: plain. */
export interface Span {
  readonly text: string;
  readonly as?: Meaning | undefined;
}

export const plain = (text: string): Span => ({ text });
export const as = (meaning: Meaning, text: string): Span => ({ text, as: meaning });

/** Cells that spans take together. */
export const spansWidth = (spans: readonly Span[], theme: Theme): number =>
  spans.reduce((sum, { text }) => sum + cellWidth(shown(text, theme)), 0);

/** Spans cut to a width, with the mark of a cut where something is left out. */
export function cutSpans(spans: readonly Span[], width: number, theme: Theme): readonly Span[] {
  let room = width;
  let left = spansWidth(spans, theme) - width;
  const kept: Span[] = [];
  for (const span of spans) {
    if (room <= 0) break;
    const text = shown(span.text, theme);
    const taken = cellWidth(text);
    // Where something after this one is cut, the last cell of what fits is for the mark.
    const fits = left <= 0 || taken < room;
    kept.push({ ...span, text: fits ? text : cutCells(taken === room ? `${text} ` : text, room, theme.signs.cut) });
    room -= taken;
    if (!fits) left = 0;
  }
  return kept;
}

/** Spans in exactly `width` cells. */
export function fitSpans(
  spans: readonly Span[],
  width: number,
  align: "left" | "right",
  theme: Theme,
): readonly Span[] {
  const cut = cutSpans(spans, width, theme);
  const blanks = width - spansWidth(cut, theme);
  if (blanks <= 0) return cut;
  const filling = plain(" ".repeat(blanks));
  return align === "left" ? [...cut, filling] : [filling, ...cut];
}

/**
 * One row of a screen, never wider than `columns`. Everything that reaches the terminal goes through here and is made
 * safe here, whoever wrote it.
 */
export function Line(props: {
  readonly spans: readonly Span[];
  readonly columns: number;
  readonly theme: Theme;
  /** Of the whole line, over what its spans mean. */
  readonly as?: Meaning | undefined;
}): ReactNode {
  const { spans, columns, theme } = props;
  if (props.as !== undefined) {
    const text = fitSpans(spans, columns, "left", theme)
      .map((span) => span.text)
      .join("");
    return <Text {...theme.palette[props.as]}>{text}</Text>;
  }
  return (
    <Text>
      {joined(cutSpans(spans, columns, theme)).map(({ text, as: meaning }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the line.
        <Text key={index} {...(meaning === undefined ? {} : theme.palette[meaning])}>
          {text}
        </Text>
      ))}
    </Text>
  );
}

/** Neighbours with the same meaning as one: fewer nodes and fewer escapes. An empty line still is a line. */
function joined(spans: readonly Span[]): readonly Span[] {
  const together: { text: string; as: Meaning | undefined }[] = [];
  for (const { text, as: meaning } of spans) {
    const last = together.at(-1);
    if (last !== undefined && last.as === meaning) last.text += text;
    else together.push({ text, as: meaning });
  }
  return together.some(({ text }) => text !== "") ? together : [plain(" ")];
}
