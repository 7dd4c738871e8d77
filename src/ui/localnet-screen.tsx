import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { KEYS } from "./keys.ts";
import type { LocalnetEvent } from "./localnet-events.ts";
import { initialLocalnetState, localnetReducer } from "./localnet-state.ts";
import { LocalnetView, scrollRoom } from "./localnet-view.tsx";
import { pressesOf } from "./presses.ts";
import { type ScreenOptions, showScreen } from "./show.tsx";
import { type Theme, themeFor } from "./theme.ts";

export interface LocalnetScreenOptions extends ScreenOptions<LocalnetEvent> {
  readonly title: string;
  readonly accounts: readonly { readonly name: string; readonly address: string }[];
  readonly phrase: string;
  /** Somebody wants a block now. */
  readonly onMine: () => void;
  /** Somebody wants to see the next subnet. */
  readonly onNextSubnet: () => void;
}

function LocalnetScreen(props: LocalnetScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, onQuit, onMine, onNextSubnet, nowMs } = props;
  const [state, dispatch] = useReducer(localnetReducer, nowMs, initialLocalnetState);
  const { columns, rows } = useWindowSize();
  useEffect(() => subscribe(dispatch), [subscribe]);
  useInput((input, key) => {
    for (const press of pressesOf(input, key, scrollRoom(state, columns, rows))) {
      if (press.type === "quit") onQuit(press.by);
      else if (press.type === "help") dispatch({ type: "toggle-help" });
      else if (press.type === "next") onNextSubnet();
      else if (press.type === "step")
        dispatch({ type: "scroll", by: press.by, room: scrollRoom(state, columns, rows) });
      else if (press.key === KEYS.mine.key) onMine();
    }
  });
  const { theme, title, accounts, phrase } = props;
  const shown = { state, theme, title, accounts, phrase, columns, rows };
  return <LocalnetView {...shown} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showLocalnet(options: LocalnetScreenOptions): { close: () => Promise<void> } {
  return showScreen(<LocalnetScreen {...options} theme={themeFor(options)} />, options);
}
