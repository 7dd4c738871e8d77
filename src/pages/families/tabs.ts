import { click } from "../checks.ts";
import { escapeHtml } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

type Tab = readonly [name: string, text: string];

const SUBJECTS: Readonly<Record<string, readonly [Tab, Tab, Tab]>> = {
  "a bakery": [
    ["Bread", "Rye and wheat, fresh at seven."],
    ["Cakes", "Plum cake on Fridays."],
    ["Hours", "Open from 7 to 13."],
  ],
  "a museum": [
    ["Paintings", "Landscapes of three centuries."],
    ["Tickets", "Adults 9, children free."],
    ["Way here", "Tram 4 to the old bridge."],
  ],
  "a rowing club": [
    ["Training", "Mondays and Thursdays at six."],
    ["Boats", "Four skiffs and an eight."],
    ["Fees", "Twelve a month, half for pupils."],
  ],
  "a library": [
    ["Books", "Forty thousand of them."],
    ["Rules", "Three weeks, then bring them back."],
    ["Events", "Readings on the first Sunday."],
  ],
};
const tabsOf = (s: Slots): readonly Tab[] => SUBJECTS[s("subject")] ?? [];

export const tabs: Family = {
  name: "tabs",
  words: ["tabs", "tabbed", "panels", "sections"],
  slots: {
    title: ["Welcome", "About us", "All you need to know", "Our house"],
    subject: Object.keys(SUBJECTS),
    next: ["Next", "Forward", "Onwards", "Following"],
    position: ["Tab", "Part", "Section", "Page"],
  },
  intro: [
    "Build a page with tabs for {subject}, headed “{title}”.",
    "Create “{title}”, a tabbed page for {subject}.",
    "Make a page about {subject} with the heading “{title}” and three tabs.",
  ],
  requirements: [
    ["Names and contents are: {contents}.", "The tabs hold: {contents}.", "Use these: {contents}."],
    [
      "The tab names are buttons; a click shows that content and hides the others.",
      "Only the content of the clicked tab button is visible.",
      "Clicking a name (a button) switches to its text, with the rest hidden.",
    ],
    [
      "The first one is open at the beginning.",
      "At first the first content is displayed.",
      "It begins with the first tab.",
    ],
    [
      "A line says “{position} 1 of 3” and follows the choice.",
      "Show the position as “{position} 1 of 3”.",
      "Under the tabs stands “{position} 1 of 3”, always up to date.",
    ],
    [
      "A button “{next}” opens the following tab and after the last the first.",
      "“{next}” goes one further, from the last to the first.",
      "With “{next}” people step through the tabs in a circle.",
    ],
  ],
  derived: (s) => ({
    contents: tabsOf(s)
      .map(([name, text]) => `“${name}” – “${text}”`)
      .join("; "),
  }),
  page: (s, d) => ({
    title: s("title"),
    css: ".tabs {\n  display: flex;\n  gap: 4px;\n}\n.chosen {\n  outline: 2px solid black;\n}",
    body: [
      '<div class="tabs">',
      ...tabsOf(s).map(([name], index) => d.button(`tab-${index}`, name)),
      "</div>",
      ...tabsOf(s).map(
        ([, text], index) =>
          `<section id="${d.id(`panel-${index}`)}"${index === 0 ? "" : " hidden"}><p>${escapeHtml(text)}</p></section>`,
      ),
      d.output("position", `${s("position")} 1 of 3`),
      d.button("next", s("next")),
    ].join("\n"),
    script: [
      "let current = 0;",
      `const panels = [${tabsOf(s)
        .map((_, index) => d.get(`panel-${index}`))
        .join(", ")}];`,
      `const heads = [${tabsOf(s)
        .map((_, index) => d.get(`tab-${index}`))
        .join(", ")}];`,
      `function openTab(index) {
current = index;
panels.forEach(${d.fn("panel, at", "panel.hidden = at !== current;")});
heads.forEach(${d.fn("head, at", 'head.className = at === current ? "chosen" : "";')});
${d.get("position")}.textContent = ${JSON.stringify(`${s("position")} `)} + (current + 1) + " of " + panels.length;
}`,
      ...tabsOf(s).map((_, index) => d.on(`tab-${index}`, "click", `openTab(${index});`)),
      d.on("next", "click", "openTab((current + 1) % panels.length);"),
      "openTab(0);",
    ].join("\n"),
  }),
  checks: (s) => {
    const [first, second, third] = tabsOf(s);
    const next = click(s("next"));
    return [
      { name: "begins with the first", steps: [], expect: { see: first?.[1] ?? "" } },
      { name: "hides the others", steps: [], expect: { miss: second?.[1] ?? "" } },
      { name: "opens the second", steps: [click(second?.[0] ?? "")], expect: { see: second?.[1] ?? "" } },
      { name: "closes the first", steps: [click(second?.[0] ?? "")], expect: { miss: first?.[1] ?? "" } },
      { name: "tells the position", steps: [click(third?.[0] ?? "")], expect: { see: `${s("position")} 3 of 3` } },
      { name: "goes on", steps: [next], expect: { see: second?.[1] ?? "" } },
      { name: "goes round", steps: [next, next, next], expect: { see: `${s("position")} 1 of 3` } },
    ];
  },
};
