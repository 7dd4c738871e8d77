import { click, type } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

export const todo: Family = {
  name: "todo",
  words: ["todo", "to-do", "task list", "checklist", "shopping list"],
  slots: {
    title: ["My tasks", "Shopping list", "Packing list", "Chores", "Reading list"],
    field: ["New task", "New item", "What next", "Entry"],
    add: ["Add", "Save", "Append", "Put on the list"],
    clear: ["Clear done", "Remove finished", "Tidy up", "Sweep"],
    left: ["left", "open", "to go", "remaining"],
    empty: ["Nothing to do", "The list is empty", "All clear"],
  },
  intro: [
    "Make a to-do list page with the heading “{title}”.",
    "Build a checklist called “{title}”.",
    "Create a page “{title}” where people keep a list of things to do.",
  ],
  requirements: [
    [
      "A text field “{field}” and a button “{add}” put an entry on the list; the field is emptied afterwards.",
      "People type into “{field}” and press “{add}”; then the entry is listed and the field is blank again.",
      "Entries come from a field labelled “{field}” with a button “{add}”, which also clears the field.",
    ],
    [
      "Blank entries are ignored and show nothing new.",
      "Spaces alone are not accepted as an entry.",
      "Do not add empty entries.",
    ],
    [
      "Each entry is a button; clicking it marks it as done, clicking again undoes that.",
      "Entries are buttons that toggle between done and not done.",
      "An entry is shown as a button which switches its done state when pressed.",
    ],
    [
      "Show how many are not done, such as “2 {left}”.",
      "A line tells the number of unfinished entries, for example “2 {left}”.",
      "Under the list stands the count of open entries, like “2 {left}”.",
    ],
    [
      "A button “{clear}” removes everything that is done.",
      "“{clear}” takes the finished entries off the list.",
      "With “{clear}” all done entries disappear.",
    ],
    [
      "While there is no entry, “{empty}” is displayed.",
      "If the list has no entries show “{empty}”.",
      "An empty list says “{empty}”.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    css: ".done {\n  text-decoration: line-through;\n  opacity: 0.6;\n}",
    body: [
      d.field("entry", s("field"), "text"),
      d.button("add", s("add")),
      `<ul id="${d.id("list")}"></ul>`,
      d.output("left", `0 ${s("left")}`),
      d.output("empty", s("empty")),
      d.button("clear", s("clear")),
    ].join("\n"),
    script: [
      "let entries = [];",
      `function draw() {
const list = ${d.get("list")};
list.textContent = "";
entries.forEach(${d.fn(
        "entry",
        `const item = document.createElement("li");
const toggle = document.createElement("button");
toggle.textContent = entry.text;
toggle.className = entry.done ? "done" : "";
toggle.addEventListener("click", ${d.fn("", "entry.done = !entry.done;\ndraw();")});
item.appendChild(toggle);
list.appendChild(item);`,
      )});
const open = entries.filter((entry) => !entry.done).length;
${d.get("left")}.textContent = open + ${jsString(` ${s("left")}`)};
${d.get("empty")}.hidden = entries.length > 0;
}`,
      d.on(
        "add",
        "click",
        `const field = ${d.get("entry")};
const text = field.value.trim();
field.value = "";
if (text === "") return;
entries.push({ text: text, done: false });
draw();`,
      ),
      d.on("clear", "click", "entries = entries.filter((entry) => !entry.done);\ndraw();"),
      "draw();",
    ].join("\n"),
  }),
  checks: (s) => {
    const add = (text: string) => [type(s("field"), text), click(s("add"))];
    return [
      { name: "starts empty", steps: [], expect: { see: s("empty") } },
      { name: "adds", steps: add("Bread"), expect: { control: "Bread" } },
      { name: "counts", steps: [...add("Bread"), ...add("Milk")], expect: { see: `2 ${s("left")}` } },
      { name: "ignores blanks", steps: add("  "), expect: { see: `0 ${s("left")}` } },
      {
        name: "marks done",
        steps: [...add("Bread"), ...add("Milk"), click("Milk")],
        expect: { see: `1 ${s("left")}` },
      },
      { name: "clears done", steps: [...add("Bread"), click("Bread"), click(s("clear"))], expect: { miss: "Bread" } },
      { name: "hides the empty message", steps: add("Bread"), expect: { miss: s("empty") } },
    ];
  },
};
