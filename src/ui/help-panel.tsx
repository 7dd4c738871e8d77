import type { ReactNode } from "react";
import { KEYS, type KeyName } from "./keys.ts";
import { as, Line, plain, type Span } from "./line.tsx";
import { Panel } from "./panel.tsx";
import type { Theme } from "./theme.ts";
import { wrapCells } from "./wrap.ts";

/** Lines longer than this are hard to read. */
const READABLE = 100;
const KEY_WIDTH = 7;

/** Word → what it means; the word is empty for a sentence alone. */
export type HelpWords = readonly (readonly [string, string])[];

/** The help page of a screen: its keys, then what its words mean. */
export function HelpPanel(props: {
  readonly keys: readonly KeyName[];
  readonly words: HelpWords;
  readonly theme: Theme;
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  const { keys, words, theme, rows, columns } = props;
  const lines: (readonly Span[])[] = [
    ...keys.map((name) => [as("strong", KEYS[name].key.padEnd(KEY_WIDTH)), plain(KEYS[name].help)]),
    [],
    ...words.flatMap(([word, meaning]) => {
      const room = Math.min(READABLE, columns) - KEY_WIDTH;
      const [first = "", ...more] = wrapCells(word === "" ? meaning : `${word}: ${meaning}`, room);
      const head =
        word === "" ? [plain(first)] : [as("strong", first.slice(0, word.length)), plain(first.slice(word.length))];
      return [head, ...more.map((line) => [plain(`  ${line}`)])];
    }),
  ];
  const room = rows - 1;
  const notes = lines.length > room ? ["make the terminal higher to see all"] : [];
  return (
    <Panel title="HELP" notes={notes} rows={rows} columns={columns} theme={theme}>
      {lines.slice(0, room).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the page is its place.
        <Line key={index} spans={spans} columns={columns} theme={theme} />
      ))}
    </Panel>
  );
}
