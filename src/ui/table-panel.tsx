import type { ReactNode } from "react";
import { as, fitSpans, Line, plain, type Span } from "./line.tsx";
import { Nothing, Panel, rangeText } from "./panel.tsx";
import type { Meaning, Theme } from "./theme.ts";

/** A column of a table on the screen. */
export interface Column<Item> {
  /** Short, in capitals; empty where the values say it themselves. */
  readonly title: string;
  /** Cells that it needs. */
  readonly width: number;
  /** Cells that it is to have before another column grows, or one that can be left out stays. */
  readonly good?: number;
  /** Cells that it takes where there is room. */
  readonly most?: number;
  readonly align?: "left" | "right";
  /** Left out where there is no room, the highest first; without it, never. */
  readonly drop?: number;
  readonly of: (item: Item, width: number) => string | readonly Span[];
}

interface Placed<Item> {
  readonly column: Column<Item>;
  readonly at: number;
  readonly width: number;
}

const GAP = 2;

/** Which columns fit, where each begins, and how wide each becomes. */
export function placed<Item>(columns: readonly Column<Item>[], room: number): readonly Placed<Item>[] {
  const total = (kept: readonly Column<Item>[], of: (column: Column<Item>) => number): number =>
    kept.reduce((sum, column) => sum + of(column), 0) + GAP * (kept.length - 1);
  let kept = columns;
  while (total(kept, ({ width, good = width }) => good) > room) {
    const worst = kept.reduce<Column<Item> | undefined>(
      (found, column) => ((column.drop ?? 0) > (found?.drop ?? 0) ? column : found),
      undefined,
    );
    if (worst === undefined) break;
    kept = kept.filter((column) => column !== worst);
  }
  const widths = kept.map(({ width }) => width);
  let spare = room - total(kept, ({ width }) => width);
  const grow = (upTo: (column: Column<Item>) => number): void => {
    // A cell to each in turn, so that all that can grow do.
    for (let grew = true; spare > 0 && grew; ) {
      grew = false;
      for (const [index, column] of kept.entries()) {
        if (spare > 0 && (widths[index] ?? 0) < upTo(column)) {
          widths[index] = (widths[index] ?? 0) + 1;
          spare--;
          grew = true;
        }
      }
    }
  };
  grow(({ width, good = width }) => good);
  grow(({ width, most = width }) => most);
  let at = 0;
  return kept.map((column, index) => {
    const width = widths[index] ?? column.width;
    const place = { column, at, width };
    at += width + GAP;
    return place;
  });
}

/** A list as a table: the heads stand in the panel's rule, what does not fit is counted there. */
export function TablePanel<Item>(props: {
  readonly title: string;
  readonly notes?: readonly string[] | undefined;
  /** How many there are, in words; where not all are in sight, which of them are is said instead. */
  readonly count?: string | undefined;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  /** First row shown, where one can scroll. */
  readonly from?: number | undefined;
  /** The row that is looked at; undefined where nothing is selected. */
  readonly selected?: number | undefined;
  /** How a whole row is drawn. */
  readonly look?: ((item: Item) => Meaning | undefined) | undefined;
  /** Said where there is no row. */
  readonly empty: string;
  readonly rows: number;
  readonly width: number;
  readonly theme: Theme;
}): ReactNode {
  const { title, notes = [], count = "", items, selected, look, empty, rows, width, theme } = props;
  const room = Math.max(0, rows - 1);
  const from = Math.max(0, Math.min(props.from ?? 0, items.length - room));
  const marked = selected === undefined ? 0 : 2;
  const places = placed(props.columns, width - marked);
  const heads = places.map(({ column, at, width: cells }) => ({
    text: column.title,
    at: marked + at + (column.align === "right" ? cells - column.title.length : 0),
  }));
  const range = props.from === undefined ? "" : rangeText(from, room, items.length);
  return (
    <Panel
      title={title}
      notes={[range === "" ? count : range, ...notes]}
      heads={heads}
      rows={rows}
      columns={width}
      theme={theme}
    >
      {items.length === 0 ? <Nothing text={empty} columns={width} theme={theme} /> : null}
      {items.slice(from, from + room).map((item, index) => {
        const isSelected = from + index === selected;
        const mark = marked === 0 ? [] : [plain(isSelected ? `${theme.signs.here} ` : "  ")];
        return (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place; what a peer calls its things may repeat.
            key={index}
            spans={[...mark, ...rowSpans(item, places, theme)]}
            columns={width}
            theme={theme}
            as={isSelected ? "selected" : look?.(item)}
          />
        );
      })}
    </Panel>
  );
}

function rowSpans<Item>(item: Item, places: readonly Placed<Item>[], theme: Theme): readonly Span[] {
  return places.flatMap(({ column, width }, index) => {
    const value = column.of(item, width);
    const spans = typeof value === "string" ? [plain(value)] : value;
    const cell = fitSpans(spans, width, column.align ?? "left", theme);
    return index === 0 ? cell : [plain(" ".repeat(GAP)), ...cell];
  });
}

/** A number that is only there sometimes. */
export const orDash = (value: string | undefined): readonly Span[] =>
  value === undefined ? [as("quiet", "-")] : [plain(value)];
