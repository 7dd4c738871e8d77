import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer } from "react";
import { KEYS } from "./keys.ts";
import type { LocalnetEvent } from "./localnet-events.ts";
import { initialLocalnetState, localnetReducer } from "./localnet-state.ts";
import { LocalnetView } from "./localnet-view.tsx";
import { type ScreenOptions, showScreen } from "./show.ts";
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
    if (key.ctrl && input === "c") return onQuit("ctrl-c");
    if (key.tab) return onNextSubnet();
    // Keys pressed fast, or pasted, arrive as one input.
    for (const pressed of input) {
      if (pressed === KEYS.quit.key) onQuit("key");
      else if (pressed === KEYS.help.key) dispatch({ type: "toggle-help" });
      else if (pressed === KEYS.mine.key) onMine();
      else if (pressed === "\t") onNextSubnet();
    }
    return undefined;
  });
  const { theme, title, accounts, phrase } = props;
  const shown = { state, theme, title, accounts, phrase, columns };
  // One row less than the terminal: a full last row would make it scroll and redraw everything.
  return <LocalnetView {...shown} rows={Math.max(12, rows - 1)} />;
}

/** Shows the screen until `close`; the terminal comes back as it was. */
export function showLocalnet(options: LocalnetScreenOptions): { close: () => Promise<void> } {
  return showScreen(<LocalnetScreen {...options} theme={themeFor(options)} />, options);
}
