import { type Random, shuffled } from "../../../base/random.ts";
import { compareText } from "../../../base/text.ts";
import type { Slots } from "../../family.ts";
import { remarks } from "../remark.ts";
import type { TextFamily } from "../text-family.ts";

const THINGS = [
  ...[
    "apples",
    "blanket",
    "compass",
    "dry socks",
    "earplugs",
    "first-aid kit",
    "gloves",
    "hat",
    "insect spray",
    "jumper",
  ],
  ...["knife", "lantern", "matches", "notebook", "oats", "pillow", "rain jacket", "soap", "towel", "umbrella"],
];

function items(s: Slots, random: Random): string[] {
  const must = [s("must"), s("also")];
  const others = shuffled(
    random,
    THINGS.filter((thing) => !must.includes(thing) && thing !== s("never")),
  );
  return [...must, ...others.slice(0, Number(s("count")) - must.length)].sort(compareText);
}

export const packing: TextFamily = {
  name: "packing",
  words: ["packing list", "pack", "numbered list"],
  slots: {
    title: ["For the hut", "For the boat", "A weekend away", "Night hike", "Summer camp"],
    count: ["5", "6", "7", "8", "9"],
    must: ["compass", "lantern", "rain jacket", "towel", "matches"],
    also: ["blanket", "gloves", "notebook", "soap", "hat"],
    never: ["knife", "umbrella", "pillow", "earplugs"],
  },
  intro: [
    "Write a packing list with the heading “{title}”.",
    "Make a list of what to pack; its first line is “{title}”.",
    "Put together “{title}”, a numbered list of things to take along.",
  ],
  requirements: [
    [
      "It has exactly {count} things, numbered from 1, each on a line of its own.",
      "Number its {count} things from 1 on, one to a line, no more and no fewer.",
      "Exactly {count} numbered lines, beginning with 1, one thing on each.",
    ],
    ["Among them are {must} and {also}.", "{must} and {also} have to be on it.", "Do not forget {must} and {also}."],
    ["There must be no {never}.", "Leave out {never}, which is not allowed.", "No {never}, please."],
    [
      "The things stand in alphabetical order.",
      "Sort the things alphabetically.",
      "Their order is that of the alphabet.",
    ],
  ],
  write: (s, random) => [
    s("title"),
    ...remarks(random),
    "",
    ...items(s, random).map((thing, place) => `${place + 1}. ${thing}`),
  ],
  checks: (s) => [
    { name: "has its heading", expect: { first: s("title") } },
    { name: "has so many things, in order", expect: { numbered: Number(s("count")) } },
    { name: "has the first thing asked for", expect: { line: s("must") } },
    { name: "has the second thing asked for", expect: { line: s("also") } },
    { name: "leaves out what is not allowed", expect: { miss: s("never") } },
  ],
};
