import { useInput, useWindowSize } from "ink";
import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { currentCard, type DuelChoice, type DuelEvent, duelReducer, initialDuelState } from "./duel-state.ts";
import { DuelView, scrollLimit } from "./duel-view.tsx";
import { KEYS, type Step } from "./keys.ts";
import { pressesOf } from "./presses.ts";
import { type ScreenOptions, showScreen } from "./show.tsx";
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
  const { columns, rows } = useWindowSize();
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
  const scroll = (by: Step): void =>
    act({ type: "scroll", by, most: scrollLimit(latest.current, columns, rows, theme) });
  const own = (key: string): void => {
    const { reveal } = latest.current;
    if (reveal === "asking" && (key === "y" || key === "n")) {
      act({ type: "reveal", yes: key === "y" });
      props.onReveal(key === "y");
    } else if (key === "1") choose("A");
    else if (key === "2") choose("B");
    else if (key === KEYS.skip.key) act({ type: "skip" });
    else if (key === KEYS.undo.key) act({ type: "undo" });
    else if (key === KEYS.view.key) act({ type: "view" });
    else if (key === KEYS.open.key) {
      const card = currentCard(latest.current);
      if (card !== undefined) props.onOpen(card.key);
    }
  };
  useInput((input, key) => {
    for (const press of pressesOf(input, key, 10)) {
      if (press.type === "quit") props.onQuit(press.by);
      else if (press.type === "help") act({ type: "toggle-help" });
      else if (press.type === "next") act({ type: "view" });
      else if (press.type === "step") scroll(press.by);
      else if (press.key === " ") scroll(10);
      else own(press.key);
    }
  });
  return <DuelView state={state} theme={theme} columns={columns} rows={rows} />;
}

/** Shows the duel screen until `close`; the terminal comes back as it was. */
export function showDuels(options: DuelScreenOptions): { close: () => Promise<void> } {
  return showScreen(<DuelScreen {...options} theme={themeFor(options)} />, options);
}
