import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import type { ArenaEvent } from "./arena-events.ts";
import { arenaReducer, initialArenaState } from "./arena-state.ts";
import { ArenaView, scrollRoom } from "./arena-view.tsx";
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
    for (const press of pressesOf(input, key, scrollRoom(state, columns, rows))) {
      if (press.type === "quit") onQuit(press.by);
      if (press.type === "help") dispatch({ type: "toggle-help" });
      if (press.type === "step") dispatch({ type: "scroll", by: press.by, room: scrollRoom(state, columns, rows) });
    }
  });
  return <ArenaView state={state} theme={theme} title={title} columns={columns} rows={rows} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showArena(options: ArenaScreenOptions): { close: () => Promise<void> } {
  return showScreen(<ArenaScreen {...options} theme={themeFor(options)} />, options);
}
