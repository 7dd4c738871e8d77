import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import type { ArenaEvent } from "./arena-events.ts";
import { arenaReducer, initialArenaState } from "./arena-state.ts";
import { ArenaView } from "./arena-view.tsx";
import { KEYS } from "./keys.ts";
import { type ScreenOptions, showScreen } from "./show.ts";
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
    if (key.ctrl && input === "c") return onQuit("ctrl-c");
    // Keys pressed fast, or pasted, arrive as one input.
    for (const pressed of input) {
      if (pressed === KEYS.quit.key) onQuit("key");
      if (pressed === KEYS.help.key) dispatch({ type: "toggle-help" });
    }
  });
  // One row less than the terminal: a full last row would make it scroll and redraw everything.
  return <ArenaView state={state} theme={theme} title={title} columns={columns} rows={Math.max(10, rows - 1)} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showArena(options: ArenaScreenOptions): { close: () => Promise<void> } {
  return showScreen(<ArenaScreen {...options} theme={themeFor(options)} />, options);
}
