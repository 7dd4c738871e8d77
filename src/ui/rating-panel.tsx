import type { ReactNode } from "react";
import { addressText } from "./address.ts";
import { as, plain, type Span } from "./line.tsx";
import { type Column, orDash, TablePanel } from "./table-panel.tsx";
import type { Theme } from "./theme.ts";
import type { BoardLine } from "./watch-events.ts";

/** Who is better, with the interval of each: overlapping intervals share a rank. */
export function RatingPanel(props: {
  readonly board: readonly BoardLine[];
  readonly battles: number;
  /** First row shown. */
  readonly from?: number | undefined;
  /** Hotkey → what people call it. */
  readonly names: ReadonlyMap<string, string>;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { board, battles, from, names, theme, rows, columns } = props;
  return (
    <TablePanel
      title="LEADERBOARD"
      notes={battles === 0 ? [] : [`${battles} battles`]}
      columns={ratingColumns(board, names, theme)}
      items={board}
      from={from}
      look={({ provisional }) => (provisional ? "quiet" : undefined)}
      empty="Nobody was voted on yet: ratings come with the first settled interval."
      rows={rows}
      width={columns}
      theme={theme}
    />
  );
}

function ratingColumns(
  board: readonly BoardLine[],
  names: ReadonlyMap<string, string>,
  theme: Theme,
): readonly Column<BoardLine>[] {
  const scale = scaleOf(board.flatMap(({ rating }) => (rating === null ? [] : [rating])));
  return [
    { title: "", width: 3, align: "right", of: ({ rank }) => (rank === null ? "" : String(rank)) },
    {
      title: "",
      width: 18,
      most: 56,
      of: ({ hotkey }, width) => names.get(hotkey) ?? addressText(hotkey, width, theme),
    },
    {
      title: "RATING",
      width: 6,
      align: "right",
      // Too few battles to trust it, in a sign as well as in its weight.
      of: ({ rating, provisional }) =>
        orDash(rating === null ? undefined : `${rating.mean.toFixed(0)}${provisional ? "?" : " "}`),
    },
    {
      title: "95 %",
      width: 11,
      most: 13,
      align: "right",
      drop: 2,
      of: ({ rating }) => (rating === null ? "" : `${rating.low.toFixed(0)}..${rating.high.toFixed(0)}`),
    },
    {
      title: "",
      width: 14,
      most: 44,
      drop: 3,
      of: ({ rating }, width) => (rating === null ? "" : intervalSpans(rating, scale, width, theme)),
    },
    { title: "BATTLES", width: 7, align: "right", drop: 4, of: ({ battles }) => String(battles) },
    {
      title: "SCORE",
      width: 7,
      align: "right",
      drop: 1,
      of: ({ score }) => orDash(score === null ? undefined : score.toFixed(3)),
    },
  ];
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

/** From the lowest to the highest rating and a bit more: wide intervals may stick out, the ratings never do. */
export function scaleOf(ratings: readonly { readonly mean: number }[]): Scale {
  const means = ratings.map(({ mean }) => mean);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const margin = Math.max(100, (high - low) / 2);
  return { low: low - margin, high: high + margin };
}

/** `├──●───┤` on a scale; an end that sticks out has no stop. */
export function intervalBar(
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
  scale: Scale,
  width: number,
  { signs }: Theme,
): string {
  if (width < 3) return " ".repeat(width);
  const at = (value: number): number => Math.round(((value - scale.low) / (scale.high - scale.low)) * (width - 1));
  const [from, middle, to] = [at(low), at(mean), at(high)];
  return Array.from({ length: width }, (_, cell) => {
    if (cell === middle) return signs.dot;
    if (cell === from) return signs.from;
    if (cell === to) return signs.to;
    return cell > from && cell < to ? signs.rule : " ";
  }).join("");
}

function intervalSpans(
  rating: NonNullable<BoardLine["rating"]>,
  scale: Scale,
  width: number,
  theme: Theme,
): readonly Span[] {
  const drawn = intervalBar(rating, scale, width, theme);
  const dot = drawn.indexOf(theme.signs.dot);
  return [plain(drawn.slice(0, dot)), as("accent", drawn.slice(dot, dot + 1)), plain(drawn.slice(dot + 1))];
}
