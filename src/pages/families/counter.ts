import { click } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

export const counter: Family = {
  name: "counter",
  words: ["counter", "count", "tally"],
  slots: {
    title: ["Visitor counter", "Lap counter", "Score keeper", "Tally", "Goal counter"],
    noun: ["Count", "Score", "Laps", "Points", "Goals"],
    increase: ["Increase", "Add", "Up", "More", "Plus"],
    decrease: ["Decrease", "Take away", "Down", "Less", "Minus"],
    reset: ["Reset", "Start over", "Back to start", "Restore"],
    step: ["1", "2", "3", "5", "10"],
    start: ["0", "10", "20", "50", "100"],
  },
  intro: [
    "Build a page called “{title}” that keeps a count.",
    "I need a small counter page; its heading is “{title}”.",
    "Create “{title}”, a web page with a number that goes up and down.",
  ],
  requirements: [
    [
      "The number is shown as “{noun}: {start}” at first.",
      "At the beginning the display reads “{noun}: {start}”.",
      "Show “{noun}: {start}” when the page opens.",
    ],
    [
      "A button “{increase}” adds {step}.",
      "Pressing “{increase}” raises the number by {step}.",
      "There is a button labelled “{increase}” which counts up in steps of {step}.",
    ],
    [
      "A button “{decrease}” subtracts the same amount, but the number never falls below zero.",
      "“{decrease}” lowers it by as much and stops at zero.",
      "With “{decrease}” it goes down again by the same step, never under 0.",
    ],
    [
      "A button “{reset}” goes back to the first value.",
      "“{reset}” restores the starting value.",
      "Add “{reset}” to return to where it began.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    body: [
      d.output("display", `${s("noun")}: ${s("start")}`),
      `<div class="row">`,
      d.button("increase", s("increase")),
      d.button("decrease", s("decrease")),
      d.button("reset", s("reset")),
      "</div>",
    ].join("\n"),
    script: [
      `let value = ${s("start")};`,
      `function show() {\n${d.get("display")}.textContent = ${jsString(`${s("noun")}: `)} + value;\n}`,
      d.on("increase", "click", `value = value + ${s("step")};\nshow();`),
      d.on("decrease", "click", `value = Math.max(0, value - ${s("step")});\nshow();`),
      d.on("reset", "click", `value = ${s("start")};\nshow();`),
    ].join("\n"),
  }),
  checks: (s) => {
    const start = Number(s("start"));
    const step = Number(s("step"));
    const shows = (value: number) => ({ see: `${s("noun")}: ${value}` });
    return [
      { name: "starts", steps: [], expect: shows(start) },
      { name: "increases", steps: [click(s("increase"))], expect: shows(start + step) },
      {
        name: "increases twice",
        steps: [click(s("increase")), click(s("increase"))],
        expect: shows(start + 2 * step),
      },
      { name: "decreases", steps: [click(s("decrease"))], expect: shows(Math.max(0, start - step)) },
      { name: "resets", steps: [click(s("increase")), click(s("reset"))], expect: shows(start) },
    ];
  },
};
