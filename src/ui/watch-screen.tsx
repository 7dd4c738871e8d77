import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { pressesOf } from "./presses.ts";
import { type ScreenOptions, showScreen } from "./show.tsx";
import { type Theme, themeFor } from "./theme.ts";
import type { WatchEvent } from "./watch-events.ts";
import { initialWatchState, PAGES, watchReducer } from "./watch-state.ts";
import { scrollRoom, WatchView } from "./watch-view.tsx";

export interface WatchScreenOptions extends ScreenOptions<WatchEvent> {
  readonly title: string;
}

function WatchScreen(props: WatchScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, onQuit, theme, title, nowMs } = props;
  const [state, dispatch] = useReducer(watchReducer, nowMs, initialWatchState);
  const { columns, rows } = useWindowSize();
  useEffect(() => subscribe(dispatch), [subscribe]);
  useInput((input, key) => {
    for (const press of pressesOf(input, key, scrollRoom(rows))) {
      if (press.type === "quit") onQuit(press.by);
      else if (press.type === "help") dispatch({ type: "toggle-help" });
      else if (press.type === "next") dispatch({ type: "next-page" });
      else if (press.type === "step") dispatch({ type: "scroll", by: press.by, room: scrollRoom(rows) });
      else {
        const page = PAGES[Number(press.key) - 1];
        if (page !== undefined) dispatch({ type: "page", page });
      }
    }
  });
  return <WatchView state={state} theme={theme} title={title} columns={columns} rows={rows} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showWatch(options: WatchScreenOptions): { close: () => Promise<void> } {
  return showScreen(<WatchScreen {...options} theme={themeFor(options)} />, options);
}
