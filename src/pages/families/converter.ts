import { click, type } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly factor: number;
  readonly shift: number;
}

const PAIRS: Readonly<Record<string, Pair>> = {
  "kilometres to miles": { from: "km", to: "mi", factor: 0.621371, shift: 0 },
  "kilograms to pounds": { from: "kg", to: "lb", factor: 2.20462, shift: 0 },
  "degrees Celsius to Fahrenheit": { from: "°C", to: "°F", factor: 1.8, shift: 32 },
  "litres to gallons": { from: "l", to: "gal", factor: 0.264172, shift: 0 },
  "metres to feet": { from: "m", to: "ft", factor: 3.28084, shift: 0 },
  "hours to minutes": { from: "h", to: "min", factor: 60, shift: 0 },
};
const NONE: Pair = { from: "", to: "", factor: 1, shift: 0 };
const pairOf = (s: Slots): Pair => PAIRS[s("pair")] ?? NONE;

export const converter: Family = {
  name: "converter",
  words: ["convert", "converter", "conversion", "units"],
  slots: {
    title: ["Unit converter", "From here to there", "Travel helper", "Kitchen helper"],
    pair: Object.keys(PAIRS),
    field: ["Value", "Number", "How much", "Quantity"],
    button: ["Convert", "Translate", "Show", "Do it"],
    swap: ["Swap", "Other way round", "Reverse", "Flip"],
    digits: ["2", "1", "3"],
  },
  intro: [
    "Create a page “{title}” that converts {pair}.",
    "Build a converter for {pair}; the heading is “{title}”.",
    "I need “{title}”: a web page turning {pair}.",
  ],
  requirements: [
    [
      "People enter a number into “{field}” and press “{button}”; the result reads like “{sample}”, with {digits} decimals.",
      "A field “{field}” and a button “{button}” give a result such as “{sample}” ({digits} digits after the point).",
      "After typing into “{field}”, “{button}” displays for example “{sample}”, rounded to {digits} decimals.",
    ],
    ["The rule is {rule}.", "Use {rule}.", "Calculate with {rule}."],
    [
      "A button “{swap}” changes the direction for the next conversion.",
      "“{swap}” switches to converting the other way.",
      "With “{swap}” it converts back instead.",
    ],
    [
      "When the field holds no number the page says “Enter a number”.",
      "Without a number show “Enter a number”.",
      "“Enter a number” is the answer to anything else.",
    ],
  ],
  derived: (s) => {
    const { from, to, factor, shift } = pairOf(s);
    const digits = Number(s("digits"));
    return {
      sample: `10 ${from} = ${(10 * factor + shift).toFixed(digits)} ${to}`,
      rule: `1 ${from} times ${factor}${shift === 0 ? "" : ` plus ${shift}`} for the value in ${to}`,
    };
  },
  page: (s, d) => {
    const { from, to, factor, shift } = pairOf(s);
    return {
      title: s("title"),
      body: [
        d.field("value", s("field"), "text", 'inputmode="decimal"'),
        '<div class="row">',
        d.button("convert", s("button")),
        d.button("swap", s("swap")),
        "</div>",
        d.output("result", ""),
      ].join("\n"),
      script: [
        "let back = false;",
        d.on(
          "convert",
          "click",
          `const text = ${d.get("value")}.value.trim();
const value = Number(text);
if (text === "" || Number.isNaN(value)) {
${d.get("result")}.textContent = "Enter a number";
return;
}
const converted = back ? (value - ${shift}) / ${factor} : value * ${factor} + ${shift};
const from = back ? ${jsString(to)} : ${jsString(from)};
const to = back ? ${jsString(from)} : ${jsString(to)};
${d.get("result")}.textContent = value + " " + from + " = " + converted.toFixed(${s("digits")}) + " " + to;`,
        ),
        d.on("swap", "click", "back = !back;"),
      ].join("\n"),
    };
  },
  checks: (s) => {
    const { from, to, factor, shift } = pairOf(s);
    const digits = Number(s("digits"));
    const ahead = (value: number) => `${value} ${from} = ${(value * factor + shift).toFixed(digits)} ${to}`;
    const back = (value: number) => `${value} ${to} = ${((value - shift) / factor).toFixed(digits)} ${from}`;
    const enter = (text: string) => [type(s("field"), text), click(s("button"))];
    return [
      { name: "converts ten", steps: enter("10"), expect: { see: ahead(10) } },
      { name: "converts seven", steps: enter("7"), expect: { see: ahead(7) } },
      { name: "converts back", steps: [click(s("swap")), ...enter("50")], expect: { see: back(50) } },
      { name: "refuses words", steps: enter("many"), expect: { see: "Enter a number" } },
      { name: "refuses nothing", steps: enter(""), expect: { see: "Enter a number" } },
    ];
  },
};
