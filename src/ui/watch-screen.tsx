import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { KEYS } from "./keys.ts";
import { type ScreenOptions, showScreen } from "./show.ts";
import { type Theme, themeFor } from "./theme.ts";
import type { WatchEvent } from "./watch-events.ts";
import { initialWatchState, PAGES, watchReducer } from "./watch-state.ts";
import { WatchView } from "./watch-view.tsx";

export interface WatchScreenOptions extends ScreenOptions<WatchEvent> {
  readonly title: string;
}

function WatchScreen(props: WatchScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, onQuit, theme, title, nowMs } = props;
  const [state, dispatch] = useReducer(watchReducer, nowMs, initialWatchState);
  const { columns, rows } = useWindowSize();
  useEffect(() => subscribe(dispatch), [subscribe]);
  useInput((input, key) => {
    if (key.ctrl && input === "c") return onQuit("ctrl-c");
    if (key.tab) return dispatch({ type: "next-page" });
    if (key.downArrow) return dispatch({ type: "scroll", by: 1 });
    if (key.upArrow) return dispatch({ type: "scroll", by: -1 });
    if (key.pageDown) return dispatch({ type: "scroll", by: rows - 6 });
    if (key.pageUp) return dispatch({ type: "scroll", by: 6 - rows });
    // Keys pressed fast, or pasted, arrive as one input.
    for (const pressed of input) {
      const page = PAGES[Number(pressed) - 1];
      if (pressed === KEYS.quit.key) onQuit("key");
      else if (pressed === KEYS.help.key) dispatch({ type: "toggle-help" });
      else if (pressed === "\t") dispatch({ type: "next-page" });
      else if (page !== undefined) dispatch({ type: "page", page });
    }
    return undefined;
  });
  // One row less than the terminal: a full last row would make it scroll and redraw everything.
  return <WatchView state={state} theme={theme} title={title} columns={columns} rows={Math.max(10, rows - 1)} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showWatch(options: WatchScreenOptions): { close: () => Promise<void> } {
  return showScreen(<WatchScreen {...options} theme={themeFor(options)} />, options);
}
