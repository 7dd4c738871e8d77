import { click } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

type Row = readonly [name: string, value: number];

const SERIES: Readonly<Record<string, readonly Row[]>> = {
  "rain per season": [
    ["Spring", 21],
    ["Summer", 12],
    ["Autumn", 34],
    ["Winter", 27],
  ],
  "fruit sold": [
    ["Apples", 15],
    ["Pears", 9],
    ["Plums", 22],
  ],
  "visitors per day": [
    ["Friday", 40],
    ["Saturday", 75],
    ["Sunday", 60],
    ["Monday", 20],
  ],
  "books per shelf": [
    ["Poems", 8],
    ["Novels", 31],
    ["Travel", 14],
    ["Art", 19],
  ],
  "kilometres walked": [
    ["Ann", 18],
    ["Ben", 26],
    ["Cleo", 11],
  ],
};
const rows = (s: Slots): readonly Row[] => SERIES[s("series")] ?? [];

export const chart: Family = {
  name: "chart",
  words: ["chart", "graph", "diagram", "bars", "svg"],
  slots: {
    title: ["Bar chart", "At a glance", "The numbers", "Figures"],
    series: Object.keys(SERIES),
    sort: ["Sort", "Largest first", "Order by size", "Rank"],
    original: ["Original order", "As given", "Unsort", "First order"],
    total: ["Total", "Sum", "Altogether", "In all"],
    best: ["Largest", "Top", "Highest", "Most"],
  },
  intro: [
    "Draw an SVG bar chart of {series} on a page with the heading “{title}”.",
    "Create a page “{title}” with a bar chart, made with SVG, showing {series}.",
    "Build “{title}”: bars in an SVG for {series}.",
  ],
  requirements: [
    ["The numbers are {data}.", "Use these values: {data}.", "Its data: {data}."],
    [
      "Each bar is a rectangle as long as its value, with the name written beside it.",
      "Every value gets a rect in proportion, and its name as text.",
      "Bars are rectangles in proportion to the numbers and carry their names.",
    ],
    [
      "Below stand “{total}: {sum}” and “{best}: {top}”, computed from the data.",
      "Compute and show “{total}: {sum}” and “{best}: {top}”.",
      "Two lines, “{total}: {sum}” and “{best}: {top}”, are worked out by the page.",
    ],
    [
      "“{sort}” puts the largest bar first, and a text then lists the names in the new order, separated by commas.",
      "A button “{sort}” orders the bars from large to small; a line of text always lists the names in the present order with commas.",
      "Pressing “{sort}” sorts downwards. The names are also listed, with commas, in the order shown.",
    ],
    [
      "“{original}” returns to the given order.",
      "A button “{original}” undoes the sorting.",
      "With “{original}” the bars stand as at first.",
    ],
  ],
  derived: (s) => {
    const data = rows(s);
    const largest = [...data].sort((a, b) => b[1] - a[1])[0];
    return {
      data: data.map(([name, value]) => `${name} ${value}`).join(", "),
      sum: String(data.reduce((sum, [, value]) => sum + value, 0)),
      top: largest?.[0] ?? "",
    };
  },
  page: (s, d) => ({
    title: s("title"),
    css: "svg text {\n  font-size: 12px;\n}",
    body: [
      `<svg id="${d.id("chart")}" width="320" height="${rows(s).length * 30}" role="img" aria-label="${s("series")}"></svg>`,
      d.output("order", ""),
      d.output("total", ""),
      d.output("best", ""),
      '<div class="row">',
      d.button("sort", s("sort")),
      d.button("original", s("original")),
      "</div>",
    ].join("\n"),
    script: [
      `const data = ${JSON.stringify(rows(s).map(([name, value]) => ({ name, value })))};`,
      'const svg = "http://www.w3.org/2000/svg";',
      `function part(tag, attributes) {
const element = document.createElementNS(svg, tag);
Object.keys(attributes).forEach(${d.fn("key", "element.setAttribute(key, attributes[key]);")});
return element;
}`,
      `function draw(rows) {
const chart = ${d.get("chart")};
chart.textContent = "";
rows.forEach(${d.fn(
        "row, index",
        `chart.appendChild(part("rect", { x: 80, y: index * 30 + 4, width: row.value * 3, height: 20 }));
const label = part("text", { x: 4, y: index * 30 + 19 });
label.textContent = row.name;
chart.appendChild(label);`,
      )});
let total = 0;
let best = rows[0];
rows.forEach(${d.fn("row", "total = total + row.value;\nif (row.value > best.value) best = row;")});
${d.get("order")}.textContent = rows.map((row) => row.name).join(", ");
${d.get("total")}.textContent = ${jsString(`${s("total")}: `)} + total;
${d.get("best")}.textContent = ${jsString(`${s("best")}: `)} + best.name;
}`,
      d.on("sort", "click", "draw(data.slice().sort((a, b) => b.value - a.value));"),
      d.on("original", "click", "draw(data);"),
      "draw(data);",
    ].join("\n"),
  }),
  checks: (s) => {
    const data = rows(s);
    const sorted = [...data].sort((a, b) => b[1] - a[1]);
    const names = (list: readonly Row[]) => list.map(([name]) => name).join(", ");
    return [
      { name: "adds up", steps: [], expect: { see: `${s("total")}: ${data.reduce((sum, row) => sum + row[1], 0)}` } },
      { name: "finds the largest", steps: [], expect: { see: `${s("best")}: ${sorted[0]?.[0] ?? ""}` } },
      { name: "lists in order", steps: [], expect: { see: names(data) } },
      { name: "sorts", steps: [click(s("sort"))], expect: { see: names(sorted) } },
      { name: "unsorts", steps: [click(s("sort")), click(s("original"))], expect: { see: names(data) } },
    ];
  },
};
