import { pick } from "../../../base/random.ts";
import { remarks } from "../remark.ts";
import type { TextFamily } from "../text-family.ts";

export const letter: TextFamily = {
  name: "letter",
  words: ["letter", "dear", "write to", "message to"],
  slots: {
    to: ["Ms Okafor", "Mr Lindqvist", "Dr Haddad", "Mrs Moreau", "Mr Tanaka"],
    from: ["Ruth Adler", "Pavel Novak", "Ines Duarte", "Sam Whitlock"],
    title: ["choir practice", "the board meeting", "the swimming lesson", "the book club", "the repair course"],
    oldday: ["Monday", "Tuesday", "Thursday"],
    newday: ["Wednesday", "Friday", "Saturday", "Sunday"],
    hour: ["9:15", "11:30", "17:45", "18:30"],
    place: ["the town library", "the old school", "the community hall", "the café on Mill Lane"],
    reason: ["the heating is being repaired", "the road is closed", "two of us are ill", "the hall is booked"],
  },
  intro: [
    "Write a short letter to {to} about {title}.",
    "Draft a polite message to {to}; it concerns {title}.",
    "Compose a few lines to {to} regarding {title}.",
  ],
  requirements: [
    [
      "It is moved from {oldday} to {newday}.",
      "What was planned for {oldday} takes place on {newday} instead.",
      "The new day is {newday}; it had been {oldday}.",
    ],
    ["It begins at {hour}.", "Say that the start is at {hour}.", "Mention the hour, {hour}."],
    ["Name the new place, {place}.", "Tell where: {place}.", "People meet at {place} this time."],
    ["Give the reason: {reason}.", "Explain that {reason}.", "The reason to be named is that {reason}."],
    ["Open with “Dear {to},” on a line of its own.", "The first line is “Dear {to},”.", "Address it: “Dear {to},”."],
    [
      "Close with “Kind regards” and, below it, “{from}”.",
      "The last two lines are “Kind regards” and “{from}”.",
      "Sign as “{from}”, after a line “Kind regards”.",
    ],
  ],
  write: (s, random) => [
    `Dear ${s("to")},`,
    "",
    pick(random, [
      `I am writing about ${s("title")}. It is moved from ${s("oldday")} to ${s("newday")}, because ${s("reason")}.`,
      `Because ${s("reason")}, ${s("title")} cannot take place on ${s("oldday")}; it is moved to ${s("newday")}.`,
      `There is a change to ${s("title")}: instead of ${s("oldday")} we meet on ${s("newday")}, since ${s("reason")}.`,
    ]),
    pick(random, [
      `We begin at ${s("hour")}, and the place is ${s("place")}.`,
      `Please come to ${s("place")}; the start is at ${s("hour")}.`,
      `It starts at ${s("hour")}, this time in or at ${s("place")}.`,
    ]),
    ...remarks(random),
    "",
    "Kind regards",
    s("from"),
  ],
  checks: (s) => [
    { name: "addresses the reader", expect: { first: `Dear ${s("to")},` } },
    { name: "says what it is about", expect: { see: s("title") } },
    { name: "names the new day", expect: { see: s("newday") } },
    { name: "names the hour", expect: { see: s("hour") } },
    { name: "names the place", expect: { see: s("place") } },
    { name: "gives the reason", expect: { see: s("reason") } },
    { name: "closes politely", expect: { line: "Kind regards" } },
    { name: "is signed", expect: { last: s("from") } },
  ],
};
