import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { initialLeaderboardState, type LeaderboardEvent, leaderboardReducer } from "./arena-leaderboard-state.ts";
import { LeaderboardView } from "./arena-leaderboard-view.tsx";
import { KEYS } from "./keys.ts";
import { type ScreenOptions, showScreen } from "./show.ts";
import { type Theme, themeFor } from "./theme.ts";

export interface LeaderboardScreenOptions extends ScreenOptions<LeaderboardEvent> {
  readonly title: string;
}

function LeaderboardScreen(props: LeaderboardScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, onQuit, theme, title, nowMs } = props;
  const [state, dispatch] = useReducer(leaderboardReducer, nowMs, initialLeaderboardState);
  const { columns, rows } = useWindowSize();
  useEffect(() => subscribe(dispatch), [subscribe]);
  useInput((input, key) => {
    if (key.ctrl && input === "c") return onQuit("ctrl-c");
    if (key.upArrow) return dispatch({ type: "move", by: -1 });
    if (key.downArrow) return dispatch({ type: "move", by: 1 });
    for (const pressed of input) {
      if (pressed === KEYS.quit.key) onQuit("key");
      if (pressed === KEYS.help.key) dispatch({ type: "toggle-help" });
      if (pressed === KEYS.up.key) dispatch({ type: "move", by: -1 });
      if (pressed === KEYS.down.key) dispatch({ type: "move", by: 1 });
    }
  });
  // One row less than the terminal: a full last row would make it scroll and redraw everything.
  return <LeaderboardView state={state} theme={theme} title={title} columns={columns} rows={Math.max(10, rows - 1)} />;
}

/** Shows the leaderboard until `close`; the terminal comes back as it was. */
export function showLeaderboard(options: LeaderboardScreenOptions): { close: () => Promise<void> } {
  return showScreen(<LeaderboardScreen {...options} theme={themeFor(options)} />, options);
}
