import { click } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

const CHOICES: Readonly<Record<string, readonly [string, string, string]>> = {
  "the best season": ["Spring", "Summer", "Autumn"],
  "the favourite drink": ["Tea", "Coffee", "Water"],
  "the next trip": ["Sea", "Mountains", "City"],
  "the game tonight": ["Chess", "Cards", "Dice"],
  "the new colour": ["Amber", "Violet", "Olive"],
};
const choices = (s: Slots): readonly string[] => CHOICES[s("subject")] ?? [];

export const poll: Family = {
  name: "poll",
  words: ["poll", "survey", "vote on", "voting"],
  slots: {
    title: ["Quick poll", "Your opinion", "Choose one", "Ask the room"],
    subject: Object.keys(CHOICES),
    votes: ["Votes", "Voices", "Answers", "Ballots"],
    leader: ["Leading", "In front", "Ahead", "Favourite"],
    undo: ["Undo", "Take back", "Revoke", "Not that"],
    none: ["nobody yet", "no one", "open"],
  },
  intro: [
    "Build a poll on {subject} with the heading “{title}”.",
    "Create “{title}”, a page where a group votes on {subject}.",
    "Make a small survey page called “{title}” about {subject}.",
  ],
  requirements: [
    [
      "The choices are buttons: {choices}.",
      "Use one button for each choice: {choices}.",
      "People press one of the buttons {choices}.",
    ],
    [
      "Every press counts; “{votes}: 0” shows how many there were.",
      "All presses are counted in a line such as “{votes}: 3”.",
      "A line “{votes}: 0” counts all the presses together.",
    ],
    [
      "Beside each choice stands its share in whole percent, like “Sea 50%”… or 0% without any.",
      "Show for each choice its part of all, rounded to whole percent, in the form “Sea 50%”.",
      "List the choices with their percentages, for example “Sea 50%”; 0% when nothing was counted.",
    ],
    [
      "“{leader}: ” is followed by the choice with the most, at first “{leader}: {none}”.",
      "It names the one in front as “{leader}: …”, and before the first press “{leader}: {none}”.",
      "The line “{leader}: {none}” changes to the choice that has the most.",
    ],
    [
      "A button “{undo}” takes the last press back.",
      "“{undo}” removes the most recent press.",
      "With “{undo}” the latest press is not counted any more.",
    ],
  ],
  derived: (s) => ({
    choices: choices(s)
      .map((choice) => `“${choice}”`)
      .join(", "),
  }),
  page: (s, d) => ({
    title: s("title"),
    body: [
      ...choices(s).map((choice, index) => d.button(`choice-${index}`, choice)),
      d.output("votes", `${s("votes")}: 0`),
      d.output("leader", `${s("leader")}: ${s("none")}`),
      `<ul id="${d.id("shares")}"></ul>`,
      d.button("undo", s("undo")),
    ].join("\n"),
    script: [
      `const choices = ${JSON.stringify(choices(s))};`,
      "let presses = [];",
      `function draw() {
const shares = ${d.get("shares")};
shares.textContent = "";
let best = -1;
let most = 0;
choices.forEach(${d.fn(
        "choice, index",
        `const count = presses.filter((press) => press === index).length;
const percent = presses.length === 0 ? 0 : Math.round(count / presses.length * 100);
if (count > most) {
most = count;
best = index;
}
const item = document.createElement("li");
item.textContent = choice + " " + percent + "%";
shares.appendChild(item);`,
      )});
${d.get("votes")}.textContent = ${jsString(`${s("votes")}: `)} + presses.length;
${d.get("leader")}.textContent = ${jsString(`${s("leader")}: `)} + (best === -1 ? ${jsString(s("none"))} : choices[best]);
}`,
      ...choices(s).map((_, index) => d.on(`choice-${index}`, "click", `presses.push(${index});\ndraw();`)),
      d.on("undo", "click", "presses.pop();\ndraw();"),
      "draw();",
    ].join("\n"),
  }),
  checks: (s) => {
    const [first = "", second = "", third = ""] = choices(s);
    return [
      { name: "starts at none", steps: [], expect: { see: `${s("leader")}: ${s("none")}` } },
      { name: "counts", steps: [click(first), click(second)], expect: { see: `${s("votes")}: 2` } },
      { name: "shares", steps: [click(first), click(third)], expect: { see: `${third} 50%` } },
      { name: "rounds", steps: [click(first), click(second), click(second)], expect: { see: `${second} 67%` } },
      { name: "leads", steps: [click(first), click(third), click(third)], expect: { see: `${s("leader")}: ${third}` } },
      {
        name: "takes back",
        steps: [click(first), click(second), click(s("undo"))],
        expect: { see: `${s("votes")}: 1` },
      },
    ];
  },
};
