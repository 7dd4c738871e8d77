import type { PageRun } from "../base/ports.ts";
import { normalText } from "../pages/checks.ts";
import type { PromptFacts } from "../pages/features.ts";

/** What can be measured of a page by running it; every value from 0 (worst) to 1 (best). */
export const BEHAVIOURS = [
  "runs",
  "quiet",
  "responds",
  "checks",
  "controlsFound",
  "textsFound",
  "sane",
  "visible",
] as const;
export type BehaviourName = (typeof BEHAVIOURS)[number];
export type Behaviour = Readonly<Record<BehaviourName, number>>;

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/**
 * Describes what a page did in the sandbox: did it run, do clicks change anything, does what the prompt names exist as
 * control or text, does nonsense such as NaN appear.
 *
 * @param run - As the sandbox reported it; all 0 if it could not run at all.
 * @param passed - Results of the checks that the prompt gave rise to; none count as passed.
 */
export function pageBehaviour(run: PageRun, passed: readonly boolean[], facts: PromptFacts): Behaviour {
  const texts = Object.entries(run.observations).filter(([key]) => key.endsWith(".text") || key.endsWith(".later"));
  if (texts.length === 0) {
    return { runs: 0, quiet: 0, responds: 0, checks: 0, controlsFound: 0, textsFound: 0, sane: 0, visible: 0 };
  }
  const clicks = texts.filter(([key]) => /^click\.[0-9]+\.text$/.test(key)).map(([, text]) => String(text));
  const before = String(run.observations["filled.text"] ?? "");
  const changed = clicks.filter((text, index) => text !== (index === 0 ? before : clicks[index - 1]));
  const controls = normalText(String(run.observations["load.controls"] ?? ""));
  const all = normalText(texts.map(([, text]) => String(text)).join(" ")) + controls;
  return {
    runs: run.errors.length === 0 ? 1 : 0.5,
    quiet: 1 / (1 + run.errors.length),
    responds: share(changed.length, clicks.length),
    checks: share(passed.filter(Boolean).length, passed.length),
    controlsFound: share(
      facts.phrases.filter((phrase) => controls.includes(normalText(phrase))).length,
      facts.phrases.length,
    ),
    textsFound: share(facts.phrases.filter((phrase) => all.includes(normalText(phrase))).length, facts.phrases.length),
    sane: /\bnan\b|undefined|\[object |infinity/.test(all) ? 0 : 1,
    visible: soundLayout(String(run.observations["load.layout"] ?? "")),
  };
}

/** The share of styles that do not put content out of sight. Layout lines: `count tag display|position|…`. */
function soundLayout(layout: string): number {
  let elements = 0;
  let broken = 0;
  for (const line of layout.split("\n")) {
    const [, count = "0", rest = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
    const [head = "", position = "", , , width = "", height = "", overflow = "", marginLeft = "", fontSize = ""] =
      rest.split("|");
    elements += Number(count);
    const small = (value: string): boolean => /^([0-9]|[1-4][0-9])px$/.test(value);
    const bad =
      /\bnone$/.test(head) ||
      (position === "absolute" && !/\b(li|ul)\b/.test(head)) ||
      (overflow === "hidden" && (small(width) || small(height))) ||
      /^-[0-9]{3,}px$/.test(marginLeft) ||
      /^[0-4]px$/.test(fontSize);
    if (bad) broken += Number(count);
  }
  return elements === 0 ? 0 : 1 / (1 + broken);
}
