import { pick } from "../../../base/random.ts";
import type { Slots } from "../../family.ts";
import { remarks } from "../remark.ts";
import type { TextFamily } from "../text-family.ts";

const clock = (start: string, minutes: number): string => {
  const [hours = 0, past = 0] = start.split(":").map(Number);
  const total = hours * 60 + past + minutes;
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
};

/** The times of the three items and of the end. */
function times(s: Slots): [string, string, string, string] {
  const length = Number(s("length"));
  const start = s("start");
  return [start, clock(start, length), clock(start, 2 * length), clock(start, 3 * length + Number(s("pause")))];
}

export const schedule: TextFamily = {
  name: "schedule",
  words: ["schedule", "timetable", "agenda", "running order"],
  slots: {
    title: ["Open day", "Team meeting", "Training morning", "Workshop", "Parents' evening", "Site visit"],
    start: ["9:00", "9:30", "10:00", "13:00", "14:30", "16:15"],
    length: ["15", "20", "25", "35", "40"],
    pause: ["5", "10", "30"],
    opener: ["Welcome", "Introductions", "Roll call", "Opening"],
    middle: ["Tour", "Figures", "Exercise", "Demonstration"],
    closer: ["Questions", "Next steps", "Feedback", "Outlook"],
  },
  intro: [
    "Write the schedule “{title}”.",
    "Set up a timetable with the heading “{title}”.",
    "Draft the agenda of “{title}”, with that as its first line.",
  ],
  requirements: [
    [
      "It has three items, “{opener}”, “{middle}” and “{closer}”, each {length} minutes long; the first begins at {start}.",
      "At {start} it begins with “{opener}”, then come “{middle}” and “{closer}”; every item takes {length} minutes.",
      "The items are “{opener}”, “{middle}” and “{closer}”, of {length} minutes each, from {start} on.",
    ],
    [
      "Between “{middle}” and “{closer}” there is no break, but after “{closer}” {pause} minutes are kept free before the end.",
      "Keep {pause} minutes free after “{closer}”, before the end.",
      "After “{closer}” leave {pause} minutes in reserve; then it ends.",
    ],
    [
      "Each item is a line of its own, its time in front, such as “8:05 Coffee”.",
      "Give every item a line that begins with its time, as in “8:05 Coffee”.",
      "Write one line for each item in the form “8:05 Coffee”.",
    ],
    [
      "The last line says when it ends, in the form “Ends at 8:05”.",
      "Close with a line like “Ends at 8:05”.",
      "Finish with “Ends at 8:05”, with the right time.",
    ],
  ],
  write: (s, random) => {
    const [first, second, third, end] = times(s);
    const mark = pick(random, ["", "- ", "* "]);
    return [
      s("title"),
      ...remarks(random),
      "",
      `${mark}${first} ${s("opener")}`,
      `${mark}${second} ${s("middle")}`,
      `${mark}${third} ${s("closer")}`,
      "",
      `Ends at ${end}`,
    ];
  },
  checks: (s) => {
    const [first, second, third, end] = times(s);
    return [
      { name: "has its heading", expect: { first: s("title") } },
      { name: "begins on time", expect: { line: `${first} ${s("opener")}` } },
      { name: "goes on after the first item", expect: { line: `${second} ${s("middle")}` } },
      { name: "comes to the third item", expect: { line: `${third} ${s("closer")}` } },
      { name: "keeps the order", expect: { before: [s("opener"), s("closer")] } },
      { name: "ends on time", expect: { last: `Ends at ${end}` } },
    ];
  },
};
