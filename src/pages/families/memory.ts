import { click } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

const SETS: Readonly<Record<string, string>> = {
  "A B C A B C": "ABCABC",
  "K L K M L M": "KLKMLM",
  "X Y Z Z Y X": "XYZZYX",
  "P Q P Q R S R S": "PQPQRSRS",
  "D E F G D E F G": "DEFGDEFG",
};
const letters = (s: Slots): string => SETS[s("cards")] ?? "";

export const memory: Family = {
  name: "memory",
  words: ["memory", "pairs", "matching", "cards"],
  slots: {
    title: ["Memory", "Find the pairs", "Card match", "Look twice"],
    cards: Object.keys(SETS),
    card: ["Card", "Tile", "Field", "Place"],
    moves: ["Moves", "Tries", "Turns"],
    found: ["Pairs", "Found", "Matches"],
    win: ["You did it", "All found", "Perfect memory", "Hooray"],
    again: ["New game", "Deal again", "Shuffle back", "From the start"],
  },
  intro: [
    "Build a memory game with the heading “{title}”.",
    "Make “{title}”, a page where people find matching cards.",
    "Create a pairs game called “{title}”.",
  ],
  requirements: [
    [
      "The cards lie in this order: {cards}. Each is a button that says “{card} 1”, “{card} 2” and so on while it is hidden.",
      "Hidden cards are buttons named “{card} 1”, “{card} 2” …; under them are, in order, {cards}.",
      "Use buttons “{card} 1”, “{card} 2” and so forth for the hidden letters {cards}, in exactly this order.",
    ],
    [
      "A click shows the letter on the button; two equal letters stay open.",
      "Clicking reveals the letter, and two of the same remain visible.",
      "A clicked card shows its letter; a pair stays face up.",
    ],
    [
      "Two different ones are hidden again at the next click.",
      "If they differ, both are turned back when another card is clicked.",
      "A wrong pair turns back with the click after it.",
    ],
    [
      "“{moves}: 1” counts every second card, “{found}: 1” the pairs.",
      "Show “{moves}: 0” for the pairs of clicks and “{found}: 0” for the pairs found.",
      "Count attempts of two cards as “{moves}: 1” and successes as “{found}: 1”.",
    ],
    [
      "When all are open it says “{win}”; “{again}” hides everything and sets both counts to 0.",
      "“{win}” is displayed at the end; the button “{again}” starts anew with zeros.",
      "At the end show “{win}”. A button “{again}” resets cards and counts.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    css: ".board {\n  display: grid;\n  grid-template-columns: repeat(3, 1fr);\n  gap: 6px;\n}",
    body: [
      `<div id="${d.id("board")}" class="board"></div>`,
      d.output("moves", `${s("moves")}: 0`),
      d.output("found", `${s("found")}: 0`),
      d.output("message", ""),
      d.button("again", s("again")),
    ].join("\n"),
    script: [
      `const letters = ${jsString(letters(s))}.split("");`,
      "let open = [];",
      "let solved = [];",
      "let moves = 0;",
      `function draw() {
const board = ${d.get("board")};
board.textContent = "";
letters.forEach(${d.fn(
        "letter, index",
        `const card = document.createElement("button");
const visible = open.includes(index) || solved.includes(index);
card.textContent = visible ? letter : ${jsString(`${s("card")} `)} + (index + 1);
card.addEventListener("click", ${d.fn("", "turn(index);")});
board.appendChild(card);`,
      )});
${d.get("moves")}.textContent = ${jsString(`${s("moves")}: `)} + moves;
${d.get("found")}.textContent = ${jsString(`${s("found")}: `)} + solved.length / 2;
${d.get("message")}.textContent = solved.length === letters.length ? ${jsString(s("win"))} : "";
}`,
      `function turn(index) {
if (open.includes(index) || solved.includes(index)) return;
if (open.length === 2) open = [];
open.push(index);
if (open.length === 2) {
moves = moves + 1;
if (letters[open[0]] === letters[open[1]]) {
solved = solved.concat(open);
open = [];
}
}
draw();
}`,
      d.on("again", "click", "open = [];\nsolved = [];\nmoves = 0;\ndraw();"),
      "draw();",
    ].join("\n"),
  }),
  checks: (s) => {
    const set = [...letters(s)];
    const card = (index: number) => click(`${s("card")} ${index + 1}`);
    const twin = set.indexOf(set[0] ?? "", 1);
    const other = set.findIndex((letter) => letter !== set[0]);
    const all = set.flatMap((letter, index) => {
      const mate = set.indexOf(letter, index + 1);
      return mate === -1 ? [] : [card(index), card(mate)];
    });
    return [
      { name: "hides", steps: [], expect: { control: `${s("card")} ${set.length}` } },
      { name: "reveals", steps: [card(0)], expect: { control: set[0] ?? "" } },
      { name: "counts a try", steps: [card(0), card(other)], expect: { see: `${s("moves")}: 1` } },
      { name: "finds a pair", steps: [card(0), card(twin)], expect: { see: `${s("found")}: 1` } },
      { name: "gives nothing for two different", steps: [card(0), card(other)], expect: { see: `${s("found")}: 0` } },
      {
        name: "turns back",
        steps: [card(0), card(other), card(twin)],
        expect: { control: `${s("card")} ${other + 1}` },
      },
      { name: "ends", steps: all, expect: { see: s("win") } },
      { name: "starts anew", steps: [card(0), card(twin), click(s("again"))], expect: { see: `${s("moves")}: 0` } },
    ];
  },
};
