import { type DuelCard, type DuelEvent, duelReducer, initialDuelState } from "../../../src/ui/duel-state.ts";
import { DuelView } from "../../../src/ui/duel-view.tsx";
import { HOSTILE, type Scene } from "./scene.ts";

const START = Date.parse("2026-01-10T12:00:00Z");
const page = (title: string, rows: number): string[] => [
  `# ${title}`,
  "",
  "A calculator for tips. Type what the meal cost, choose a share, and see what everybody pays.",
  "",
  "[ Bill: ______ ]",
  ...Array.from({ length: rows }, (_, n) => `[ ${10 + n * 5} % ]`),
  "",
  "Total: 0.00",
];
const source = (rows: number): string[] => [
  "<!doctype html>",
  "<main>",
  ...Array.from(
    { length: rows },
    (_, n) => `  <button data-share="${10 + n * 5}" onclick="share(${n})">${10 + n * 5} %</button>`,
  ),
  "</main>",
  "<script>",
  "\tfunction share(n) { document.querySelector('#total').textContent = bill * (1 + n / 20); }",
  "</script>",
];
const card = (key: string, fields: Partial<DuelCard> = {}): DuelCard => ({
  key,
  prompt:
    "Build one page: a calculator for tips. It takes the bill and a share and shows the total at once, also for several people; the total must be rounded to cents, and a bill that is no number must be said in words beside the field. Use no library. It has to work with the keyboard alone, and at 360 pixels of width. ".repeat(
      2,
    ),
  a: page("Tips", 9),
  b: page("Who pays what?", 30),
  sourceA: source(9),
  sourceB: source(30),
  expiresAtMs: START + 754_000,
  worth: 0,
  ...fields,
});
const hostile = card("h", {
  prompt: Object.values(HOSTILE).join(" "),
  a: Object.values(HOSTILE),
  b: [...Object.values(HOSTILE)].reverse(),
  sourceA: Object.values(HOSTILE),
  sourceB: [...Object.values(HOSTILE)].reverse(),
});
const duels: DuelEvent[] = [
  { type: "duel", card: card("a") },
  { type: "duel", card: card("b") },
  { type: "duel", card: card("c") },
  { type: "votes-left", count: 47 },
  { type: "tick", nowMs: START + 4_000 },
];

const scene = (state: string, events: readonly DuelEvent[]): Scene => {
  const shown = events.reduce(duelReducer, initialDuelState(START));
  return {
    screen: "vote",
    state,
    draw: (theme, columns, rows) => <DuelView state={shown} theme={theme} columns={columns} rows={rows} />,
  };
};
const view = (times: number): DuelEvent[] => Array.from({ length: times }, () => ({ type: "view" }));

export const VOTE_SCENES: readonly Scene[] = [
  scene("waiting", []),
  scene("pages", duels),
  scene("scrolled", [...duels, { type: "scroll", by: 12, most: 99 }]),
  scene("source", [...duels, ...view(1)]),
  scene("difference", [...duels, ...view(3)]),
  scene("task", [...duels, ...view(4)]),
  scene("asking", [...duels, { type: "earned", text: "earned 1.25 in 12 duels" }, { type: "choose", choice: "A" }]),
  scene("hostile", [
    { type: "duel", card: hostile },
    { type: "tick", nowMs: START + 1_000 },
  ]),
  scene("help", [...duels, { type: "toggle-help" }]),
];
