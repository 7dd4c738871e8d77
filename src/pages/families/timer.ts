import { click, wait } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

export const timer: Family = {
  name: "timer",
  words: ["timer", "countdown", "count down"],
  slots: {
    title: ["Egg timer", "Tea timer", "Focus timer", "Plank timer", "Break timer"],
    seconds: ["30", "20", "45", "60", "75", "90", "120"],
    start: ["Start", "Go", "Begin", "Run"],
    pause: ["Pause", "Hold", "Stop", "Wait"],
    reset: ["Reset", "Again", "Rewind", "Set back"],
    done: ["Time is up", "Finished", "Ding", "All done"],
  },
  intro: [
    "Write a countdown page with the heading “{title}”.",
    "I want a countdown timer called “{title}”.",
    "Build “{title}”, a page that counts down.",
  ],
  requirements: [
    [
      "It starts at {seconds} seconds, displayed as minutes and seconds with two digits each, like 01:05.",
      "The countdown runs for {seconds} seconds; show the time left as mm:ss.",
      "Time left is written mm:ss and begins with {seconds} seconds.",
    ],
    [
      "“{start}” starts the countdown, one second at a time.",
      "After pressing “{start}” the time goes down every second.",
      "A button “{start}” lets it run.",
    ],
    [
      "“{pause}” interrupts it; the time left stays.",
      "A button “{pause}” holds the time.",
      "Pressing “{pause}” halts the countdown where it is.",
    ],
    [
      "“{reset}” stops it and shows the full time again.",
      "A button “{reset}” brings back the full time.",
      "With “{reset}” the countdown returns to its beginning and stands still.",
    ],
    [
      "At zero it shows “{done}”.",
      "When no time is left the text “{done}” appears.",
      "Display “{done}” as soon as it reaches 00:00.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    body: [
      d.output("left", clock(Number(s("seconds")))),
      d.output("message", ""),
      '<div class="row">',
      d.button("start", s("start")),
      d.button("pause", s("pause")),
      d.button("reset", s("reset")),
      "</div>",
    ].join("\n"),
    script: [
      `const full = ${s("seconds")};`,
      "let left = full;",
      "let running = null;",
      `function show() {
const minutes = String(Math.floor(left / 60)).padStart(2, "0");
const rest = String(left % 60).padStart(2, "0");
${d.get("left")}.textContent = minutes + ":" + rest;
${d.get("message")}.textContent = left === 0 ? ${jsString(s("done"))} : "";
}`,
      "function halt() {\nclearInterval(running);\nrunning = null;\n}",
      `function tick() {
left = left - 1;
if (left <= 0) {
left = 0;
halt();
}
show();
}`,
      d.on("start", "click", "if (running === null && left > 0) {\nrunning = setInterval(tick, 1000);\n}"),
      d.on("pause", "click", "halt();"),
      d.on("reset", "click", "halt();\nleft = full;\nshow();"),
    ].join("\n"),
  }),
  checks: (s) => {
    const full = Number(s("seconds"));
    return [
      { name: "starts full", steps: [], expect: { see: clock(full) } },
      { name: "counts down", steps: [click(s("start")), wait(3.5)], expect: { see: clock(full - 3) } },
      {
        name: "pauses",
        steps: [click(s("start")), wait(2.5), click(s("pause")), wait(4)],
        expect: { see: clock(full - 2) },
      },
      { name: "resets", steps: [click(s("start")), wait(5.5), click(s("reset"))], expect: { see: clock(full) } },
      { name: "ends", steps: [click(s("start")), wait(full + 1)], expect: { see: s("done") } },
      { name: "is quiet before the end", steps: [click(s("start")), wait(2.5)], expect: { miss: s("done") } },
    ];
  },
};
