import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { currentCard, type DuelChoice, type DuelEvent, duelReducer, initialDuelState } from "./duel-state.ts";
import { DuelView, scrollLimit } from "./duel-view.tsx";
import { KEYS } from "./keys.ts";
import { type ScreenOptions, showScreen } from "./show.ts";
import { type Theme, themeFor } from "./theme.ts";

export interface DuelScreenOptions extends ScreenOptions<DuelEvent> {
  /** What was answered in an earlier session. */
  readonly reveal: boolean | undefined;
  /** @returns What to say instead, if the vote cannot be taken, and whether the duel is over with it. */
  readonly onVote: (key: string, choice: DuelChoice) => { readonly why: string; readonly over: boolean } | undefined;
  readonly onOpen: (key: string) => void;
  readonly onReveal: (yes: boolean) => void;
}

function DuelScreen(props: DuelScreenOptions & { readonly theme: Theme }): ReactNode {
  const { subscribe, theme, nowMs } = props;
  const [state, dispatch] = useReducer(duelReducer, nowMs, (now) => initialDuelState(now, props.reveal));
  // Keys can come faster than frames: they must act on what the last one led to.
  const latest = useRef(state);
  latest.current = state;
  const { columns, rows: terminalRows } = useWindowSize();
  const rows = Math.max(10, terminalRows - 1);
  useEffect(() => subscribe(dispatch), [subscribe]);
  const act = (event: DuelEvent): void => {
    latest.current = duelReducer(latest.current, event);
    dispatch(event);
  };
  const choose = (choice: DuelChoice): void => {
    const card = currentCard(latest.current);
    if (card === undefined) return;
    const refusal = props.onVote(card.key, choice);
    if (refusal === undefined) act({ type: "choose", choice });
    else if (refusal.over) act({ type: "lost", key: card.key, why: refusal.why });
    else act({ type: "notice", text: refusal.why });
  };
  const scroll = (by: number): void => act({ type: "scroll", by, most: scrollLimit(latest.current, columns, rows) });
  const press = (input: string): void => {
    const { reveal } = latest.current;
    if (reveal === "asking" && (input === "y" || input === "n")) {
      act({ type: "reveal", yes: input === "y" });
      props.onReveal(input === "y");
    } else if (input === "1") choose("A");
    else if (input === "2") choose("B");
    else if (input === KEYS.skip.key) act({ type: "skip" });
    else if (input === KEYS.undo.key) act({ type: "undo" });
    else if (input === KEYS.view.key) act({ type: "view" });
    else if (input === KEYS.help.key) act({ type: "toggle-help" });
    else if (input === KEYS.quit.key) props.onQuit("key");
    else if (input === KEYS.open.key) {
      const card = currentCard(latest.current);
      if (card !== undefined) props.onOpen(card.key);
    }
  };
  useInput((input, key) => {
    if (key.ctrl && input === "c") return props.onQuit("ctrl-c");
    if (key.downArrow) return scroll(1);
    if (key.upArrow) return scroll(-1);
    if (key.pageDown || input === " ") return scroll(10);
    if (key.pageUp) return scroll(-10);
    // A fast hand, or a paste, may bring several keys at once.
    for (const char of input) press(char);
    return undefined;
  });
  return <DuelView state={state} theme={theme} columns={columns} rows={rows} />;
}

/** Shows the duel screen until `close`; the terminal comes back as it was. */
export function showDuels(options: DuelScreenOptions): { close: () => Promise<void> } {
  return showScreen(<DuelScreen {...options} theme={themeFor(options)} />, options);
}
