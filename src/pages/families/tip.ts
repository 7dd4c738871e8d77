import { click, type } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

export const tip: Family = {
  name: "tip",
  words: ["tip", "gratuity", "split the bill", "bill"],
  slots: {
    title: ["Tip calculator", "Split the bill", "Dinner maths", "Who pays what"],
    bill: ["Bill", "Amount", "Total before tip", "Price"],
    percent: ["Tip in percent", "Tip rate", "Percent", "Generosity"],
    people: ["People", "Guests", "Persons", "Friends"],
    button: ["Calculate", "Work it out", "Split", "Compute"],
    tip: ["Tip", "Service", "Extra", "On top"],
    each: ["Each pays", "Per person", "Share", "Everyone gives"],
    preset: ["10", "12", "15", "18", "20"],
  },
  intro: [
    "Build a tip calculator page with the heading “{title}”.",
    "Create “{title}”, which splits a bill with a tip.",
    "Write a page called “{title}” that works out a tip and shares it.",
  ],
  requirements: [
    [
      "It has number fields “{bill}”, “{percent}” (filled with {preset}) and “{people}” (filled with 1).",
      "The inputs are “{bill}”, “{percent}”, at first {preset}, and “{people}”, at first 1.",
      "Ask for “{bill}”, for “{percent}” with {preset} as the default, and for “{people}” with 1 as the default.",
    ],
    [
      "After “{button}” show the tip as “{tip}: 12.00”, always with two decimals.",
      "Pressing “{button}” displays the tip in the form “{tip}: 12.00”.",
      "“{button}” writes the tip like “{tip}: 12.00”, rounded to cents.",
    ],
    [
      "Also show what each person pays, bill and tip together, as “{each}: 46.00”.",
      "The sum of bill and tip divided by the people appears as “{each}: 46.00”.",
      "A second line “{each}: 46.00” gives one person's part of bill plus tip.",
    ],
    [
      "If a number is missing, or there is not at least one person, show “Please check the numbers” instead.",
      "With a missing number or fewer than one person the text is “Please check the numbers”.",
      "Say “Please check the numbers” when something is missing or nobody pays.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    body: [
      d.field("bill", s("bill"), "number", 'min="0" step="0.01"'),
      d.field("percent", s("percent"), "number", `min="0" value="${s("preset")}"`),
      d.field("people", s("people"), "number", 'min="1" value="1"'),
      d.button("go", s("button")),
      d.output("tip", ""),
      d.output("each", ""),
    ].join("\n"),
    script: d.on(
      "go",
      "click",
      `const bill = parseFloat(${d.get("bill")}.value);
const percent = parseFloat(${d.get("percent")}.value);
const people = parseInt(${d.get("people")}.value, 10);
if (Number.isNaN(bill) || Number.isNaN(percent) || !(people >= 1)) {
${d.get("tip")}.textContent = "Please check the numbers";
${d.get("each")}.textContent = "";
return;
}
const tip = bill * percent / 100;
const each = (bill + tip) / people;
${d.get("tip")}.textContent = ${jsString(`${s("tip")}: `)} + tip.toFixed(2);
${d.get("each")}.textContent = ${jsString(`${s("each")}: `)} + each.toFixed(2);`,
    ),
  }),
  checks: (s) => {
    const enter = (bill: string, percent: string, people: string) => [
      type(s("bill"), bill),
      type(s("percent"), percent),
      type(s("people"), people),
      click(s("button")),
    ];
    const preset = Number(s("preset"));
    return [
      { name: "asks for the bill", steps: [], expect: { control: s("bill") } },
      { name: "works out the tip", steps: enter("80", "15", "2"), expect: { see: `${s("tip")}: 12.00` } },
      { name: "splits", steps: enter("80", "15", "2"), expect: { see: `${s("each")}: 46.00` } },
      { name: "rounds to cents", steps: enter("33.33", "10", "3"), expect: { see: `${s("each")}: 12.22` } },
      {
        name: "has the default rate",
        steps: [type(s("bill"), "50"), click(s("button"))],
        expect: { see: `${s("tip")}: ${((50 * preset) / 100).toFixed(2)}` },
      },
      { name: "needs a person", steps: enter("80", "15", "0"), expect: { see: "Please check the numbers" } },
    ];
  },
};
