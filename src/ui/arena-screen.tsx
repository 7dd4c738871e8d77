import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import type { ArenaEvent } from "./arena-events.ts";
import { arenaReducer, initialArenaState } from "./arena-state.ts";
import { ArenaView } from "./arena-view.tsx";
import { pressesOf } from "./presses.ts";
import { type ScreenOptions, showScreen } from "./show.tsx";
import { type Theme, themeFor } from "./theme.ts";

export interface ArenaScreenOptions extends ScreenOptions<ArenaEvent> {
  readonly title: string;
}

function ArenaScreen(props: ArenaScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, onQuit, theme, title, nowMs } = props;
  const [state, dispatch] = useReducer(arenaReducer, nowMs, initialArenaState);
  const { columns, rows } = useWindowSize();
  useEffect(() => subscribe(dispatch), [subscribe]);
  useInput((input, key) => {
    for (const press of pressesOf(input, key, rows - 4)) {
      if (press.type === "quit") onQuit(press.by);
      if (press.type === "help") dispatch({ type: "toggle-help" });
      if (press.type === "step") dispatch({ type: "scroll", by: press.by });
    }
  });
  return <ArenaView state={state} theme={theme} title={title} columns={columns} rows={rows} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showArena(options: ArenaScreenOptions): { close: () => Promise<void> } {
  return showScreen(<ArenaScreen {...options} theme={themeFor(options)} />, options);
}
