import { click, type } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

export const colour: Family = {
  name: "colour",
  words: ["colour", "color", "mixer", "palette", "rgb"],
  slots: {
    title: ["Colour mixer", "Paint box", "Light mixer", "Shade finder"],
    red: ["Red", "Red part", "R"],
    green: ["Green", "Green part", "G"],
    blue: ["Blue", "Blue part", "B"],
    code: ["Code", "Hex", "Value", "Colour"],
    save: ["Keep", "Remember", "Save colour", "Store"],
    kept: ["Kept", "Saved", "Stored"],
    start: ["128", "0", "255", "64"],
  },
  intro: [
    "Build a colour mixer page with the heading “{title}”.",
    "Make “{title}”, a page for mixing a colour from red, green and blue.",
    "Create a page called “{title}” where people mix an RGB colour.",
  ],
  requirements: [
    [
      "Three sliders from 0 to 255, “{red}”, “{green}” and “{blue}”, all start at {start}.",
      "There are sliders “{red}”, “{green}” and “{blue}” (0 to 255) which begin at {start}.",
      "Use range inputs “{red}”, “{green}”, “{blue}”, each 0–255 and at {start} in the beginning.",
    ],
    [
      "While they move, the hexadecimal code is displayed like “{code}: #ff8800”, in small letters.",
      "The text “{code}: #ff8800” follows the sliders at once.",
      "Show the code in the form “{code}: #ff8800” and keep it up to date.",
    ],
    [
      "A square has that colour as its background.",
      "Paint a square with the mixed colour.",
      "A preview area is filled with the colour.",
    ],
    [
      "“{save}” appends the code to a list below, and “{kept}: 1” tells how many there are.",
      "A button “{save}” puts the code onto a list; “{kept}: 1” counts them.",
      "Pressing “{save}” stores the code in a list, counted as “{kept}: 1”.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    css: ".square {\n  width: 80px;\n  height: 80px;\n}",
    body: [
      ...(["red", "green", "blue"] as const).map((part) =>
        d.field(part, s(part), "range", `min="0" max="255" value="${s("start")}"`),
      ),
      `<div id="${d.id("square")}" class="square"></div>`,
      d.output("code", ""),
      d.button("save", s("save")),
      d.output("kept", `${s("kept")}: 0`),
      `<ul id="${d.id("list")}"></ul>`,
    ].join("\n"),
    script: [
      "let kept = 0;",
      `function hex(value) {\nreturn Number(value).toString(16).padStart(2, "0");\n}`,
      `function mixed() {
return "#" + hex(${d.get("red")}.value) + hex(${d.get("green")}.value) + hex(${d.get("blue")}.value);
}`,
      `function show() {
${d.get("code")}.textContent = ${jsString(`${s("code")}: `)} + mixed();
${d.get("square")}.style.backgroundColor = mixed();
}`,
      d.on("red", "input", "show();"),
      d.on("green", "input", "show();"),
      d.on("blue", "input", "show();"),
      d.on(
        "save",
        "click",
        `const item = document.createElement("li");
item.textContent = mixed();
${d.get("list")}.appendChild(item);
kept = kept + 1;
${d.get("kept")}.textContent = ${jsString(`${s("kept")}: `)} + kept;`,
      ),
      "show();",
    ].join("\n"),
  }),
  checks: (s) => {
    const part = Number(s("start")).toString(16).padStart(2, "0");
    const moved = [type(s("red"), "255"), type(s("green"), "136"), type(s("blue"), "0")];
    return [
      { name: "starts", steps: [], expect: { see: `${s("code")}: #${part}${part}${part}` } },
      { name: "mixes", steps: moved, expect: { see: `${s("code")}: #ff8800` } },
      { name: "pads", steps: [type(s("red"), "1")], expect: { see: `${s("code")}: #01${part}${part}` } },
      { name: "follows blue", steps: [type(s("blue"), "16")], expect: { see: `${s("code")}: #${part}${part}10` } },
      { name: "keeps", steps: [...moved, click(s("save"))], expect: { see: `${s("kept")}: 1` } },
      {
        name: "keeps two",
        steps: [click(s("save")), click(s("save"))],
        expect: { see: `${s("kept")}: 2` },
      },
    ];
  },
};
