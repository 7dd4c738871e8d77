import { Text } from "ink";
import type { ReactNode } from "react";
import { escapeControl, truncate } from "../base/text.ts";
import { Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";
import type { BoardLine } from "./watch-events.ts";

const NAME = 14;
/** Rank, name, rating and interval, score, and the gaps between them. */
const BESIDE = 50;

/** Who is better, with the interval of each: overlapping intervals share a rank. */
export function RatingPanel(props: {
  readonly board: readonly BoardLine[];
  readonly battles: number;
  /** First row shown. */
  readonly from: number;
  /** Hotkey → what people call it. */
  readonly names: ReadonlyMap<string, string>;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { board, battles, from, names, theme, rows, columns } = props;
  const rated = board.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const scale = scaleOf(rated);
  const width = Math.max(0, Math.min(44, columns - BESIDE));
  const title = `LEADERBOARD  ${battles} battles`;
  const heading = `${title.padEnd(3 + NAME + 1)}  rating  95 % interval    score`;
  return (
    <Panel title={truncate(heading, columns)} rows={rows} theme={theme}>
      {board.length === 0 ? <Text {...theme.palette.quiet}>nobody yet</Text> : null}
      {board.slice(from, from + rows - 1).map((line) => (
        <RatingRow
          key={line.hotkey}
          line={line}
          name={escapeControl(names.get(line.hotkey) ?? truncate(line.hotkey, 10))}
          theme={theme}
          drawn={line.rating === null ? " ".repeat(width) : intervalBar(line.rating, scale, width, theme)}
        />
      ))}
    </Panel>
  );
}

function RatingRow(props: {
  readonly line: BoardLine;
  readonly name: string;
  readonly drawn: string;
  readonly theme: Theme;
}): ReactNode {
  const { line, name, drawn, theme } = props;
  const { rating } = line;
  const tone = line.provisional ? theme.palette.quiet : {};
  const interval = rating === null ? "" : `${rating.low.toFixed(0)}..${rating.high.toFixed(0)}`;
  return (
    <Text wrap="truncate" {...tone}>
      {(line.rank === null ? "" : String(line.rank)).padStart(2)} {truncate(name, NAME).padEnd(NAME)}{" "}
      {(rating === null ? theme.signs.separator : rating.mean.toFixed(0)).padStart(8)} {interval.padStart(13)}{" "}
      {(line.score === null ? "" : line.score.toFixed(3)).padStart(8)} <Text {...theme.palette.accent}>{drawn}</Text>
    </Text>
  );
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
