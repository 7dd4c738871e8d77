import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { initialLeaderboardState, type LeaderboardEvent, leaderboardReducer } from "./arena-leaderboard-state.ts";
import { LeaderboardView } from "./arena-leaderboard-view.tsx";
import { pressesOf } from "./presses.ts";
import { type ScreenOptions, showScreen } from "./show.tsx";
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
    for (const press of pressesOf(input, key, rows - 4)) {
      if (press.type === "quit") onQuit(press.by);
      if (press.type === "help") dispatch({ type: "toggle-help" });
      if (press.type === "step") dispatch({ type: "move", by: press.by });
    }
  });
  return <LeaderboardView state={state} theme={theme} title={title} columns={columns} rows={rows} />;
}

/** Shows the leaderboard until `close`; the terminal comes back as it was. */
export function showLeaderboard(options: LeaderboardScreenOptions): { close: () => Promise<void> } {
  return showScreen(<LeaderboardScreen {...options} theme={themeFor(options)} />, options);
}
