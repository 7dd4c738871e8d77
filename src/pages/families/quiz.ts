import { click } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family, Slots } from "../family.ts";

interface Question {
  readonly ask: string;
  readonly answers: readonly [string, string, string];
  readonly right: string;
}

const TOPICS: Readonly<Record<string, readonly Question[]>> = {
  capitals: [
    { ask: "What is the capital of France?", answers: ["Lyon", "Paris", "Nice"], right: "Paris" },
    { ask: "What is the capital of Japan?", answers: ["Tokyo", "Osaka", "Kyoto"], right: "Tokyo" },
    { ask: "What is the capital of Kenya?", answers: ["Mombasa", "Kisumu", "Nairobi"], right: "Nairobi" },
  ],
  animals: [
    { ask: "Which animal lays eggs?", answers: ["Hen", "Cow", "Goat"], right: "Hen" },
    { ask: "Which animal flies?", answers: ["Mole", "Seal", "Bat"], right: "Bat" },
    { ask: "Which animal builds dams?", answers: ["Fox", "Beaver", "Deer"], right: "Beaver" },
  ],
  planets: [
    { ask: "Which planet is the largest?", answers: ["Jupiter", "Mars", "Venus"], right: "Jupiter" },
    { ask: "Which planet is nearest to the sun?", answers: ["Saturn", "Mercury", "Earth"], right: "Mercury" },
    { ask: "Which planet has the great rings?", answers: ["Uranus", "Neptune", "Saturn"], right: "Saturn" },
  ],
};

const questions = (s: Slots): readonly Question[] => TOPICS[s("topic")] ?? [];

/** The questions of a topic in words, for the prompt. */
const inWords = (topic: string): string =>
  (TOPICS[topic] ?? []).map(({ ask, answers, right }) => `${ask} ${answers.join(", ")} (right: ${right})`).join("; ");

export const quiz: Family = {
  name: "quiz",
  words: ["quiz", "trivia"],
  slots: {
    title: ["Quick quiz", "Three questions", "Do you know", "Test yourself"],
    topic: ["capitals", "animals", "planets"],
    score: ["Score", "Points", "Right answers", "Result"],
    again: ["Play again", "Once more", "Restart", "Try again"],
    right: ["Correct", "Well done", "Right", "Yes"],
    wrong: ["Wrong", "Sorry, no", "Not quite", "Missed"],
  },
  intro: [
    "Make a quiz page about {topic} with the heading “{title}”.",
    "Build “{title}”, a quiz with questions on {topic}.",
    "I would like a short quiz on the subject of {topic}; its heading is “{title}”.",
  ],
  requirements: [
    [
      "Questions come one after the other, each with its three answers as buttons: {questions}.",
      "Show one question at a time; every answer is a button: {questions}.",
      "Ask these, one by one, with a button for each answer: {questions}.",
    ],
    [
      "A right answer adds a point; the display is like “{score}: 1”.",
      "Count the right answers and show “{score}: 1” after the first of them.",
      "There is a line “{score}: 0” which grows by one for each right answer.",
    ],
    [
      "Say “{right}” after a right answer and “{wrong}” after a wrong one.",
      "Each answer is followed by “{right}” or “{wrong}”.",
      "Feedback is “{right}” or “{wrong}”, depending on the answer.",
    ],
    [
      "After the last question a button “{again}” starts from the beginning with no points.",
      "At the end “{again}” lets people play from the start, at zero.",
      "A button “{again}” appears when all are answered; it resets everything.",
    ],
  ],
  derived: (s) => ({ questions: inWords(s("topic")) }),
  page: (s, d) => ({
    title: s("title"),
    body: [
      d.output("question", ""),
      `<div id="${d.id("answers")}"></div>`,
      d.output("feedback", ""),
      d.output("score", `${s("score")}: 0`),
      d.button("again", s("again")),
    ].join("\n"),
    script: [
      `const questions = ${JSON.stringify(questions(s))};`,
      "let current = 0;",
      "let points = 0;",
      `function draw() {
const box = ${d.get("answers")};
box.textContent = "";
${d.get("score")}.textContent = ${jsString(`${s("score")}: `)} + points;
${d.get("again")}.hidden = current < questions.length;
if (current >= questions.length) {
${d.get("question")}.textContent = "";
return;
}
${d.get("question")}.textContent = questions[current].ask;
questions[current].answers.forEach(${d.fn(
        "answer",
        `const button = document.createElement("button");
button.textContent = answer;
button.addEventListener("click", ${d.fn("", "reply(answer);")});
box.appendChild(button);`,
      )});
}`,
      `function reply(answer) {
const right = answer === questions[current].right;
if (right) points = points + 1;
${d.get("feedback")}.textContent = right ? ${jsString(s("right"))} : ${jsString(s("wrong"))};
current = current + 1;
draw();
}`,
      d.on("again", "click", `current = 0;\npoints = 0;\n${d.get("feedback")}.textContent = "";\ndraw();`),
      "draw();",
    ].join("\n"),
  }),
  checks: (s) => {
    const all = questions(s);
    const right = all.map((question) => click(question.right));
    const wrong = click(all[0]?.answers.find((answer) => answer !== all[0]?.right) ?? "");
    return [
      { name: "asks", steps: [], expect: { see: all[0]?.ask ?? "" } },
      { name: "counts one", steps: right.slice(0, 1), expect: { see: `${s("score")}: 1` } },
      { name: "praises", steps: right.slice(0, 1), expect: { see: s("right") } },
      { name: "corrects", steps: [wrong], expect: { see: s("wrong") } },
      { name: "gives nothing for wrong", steps: [wrong], expect: { see: `${s("score")}: 0` } },
      { name: "goes on", steps: right.slice(0, 2), expect: { see: all[2]?.ask ?? "" } },
      { name: "counts all", steps: right, expect: { see: `${s("score")}: 3` } },
      { name: "plays again", steps: [...right, click(s("again"))], expect: { see: all[0]?.ask ?? "" } },
    ];
  },
};
