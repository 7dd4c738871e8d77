import type { PageFile, PageRun } from "../base/ports.ts";
import { containsText, type PageCheck, type PageStep } from "../pages/checks.ts";
import { controlsOf, enterValue, findControl, nameOfControl, visibleText } from "./controls.ts";
import { openPage, type PageSession } from "./page-session.ts";

/** Observations are cut here: enough to compare by, small enough to send. */
const MAX_TEXT = 2_000;
const MAX_CLICKS = 24;
const STYLES = [
  "display",
  "position",
  "flexDirection",
  "gap",
  "width",
  "height",
  "overflow",
  "marginLeft",
  "fontSize",
  "backgroundColor",
  "color",
] as const;

async function takeStep(session: PageSession, step: PageStep): Promise<boolean> {
  if (step.do === "wait") {
    await session.advance(step.seconds * 1_000);
    return true;
  }
  const control = findControl(session, step.target);
  if (control === undefined) return false;
  await session.act(() => {
    if (step.do === "click") (control as unknown as { click(): void }).click();
    else enterValue(session, control, step.value);
  });
  return true;
}

/** Whether a page, freshly loaded, does what a check expects. */
export async function passes(files: readonly PageFile[], check: PageCheck): Promise<boolean> {
  const session = await openPage(files);
  if (session === undefined) return false;
  try {
    for (const step of check.steps) if (!(await takeStep(session, step))) return false;
    const { expect } = check;
    if ("see" in expect) return containsText(visibleText(session), expect.see);
    if ("miss" in expect) return !containsText(visibleText(session), expect.miss);
    return findControl(session, expect.control) !== undefined;
  } finally {
    await session.close();
  }
}

/** What a page uses to lay itself out, independent of names: how many elements have which computed style. */
function layoutOf(session: PageSession): string {
  const seen = new Map<string, number>();
  for (const element of [...session.document.querySelectorAll("body, body *")].slice(0, 400)) {
    const style = session.window.getComputedStyle(element) as unknown as Record<string, string>;
    const key = `${element.tagName.toLowerCase()} ${STYLES.map((name) => style[name] ?? "").join("|")}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen]
    .map(([key, count]) => `${count} ${key}`)
    .sort()
    .join("\n");
}

/** What stands in the fields, in document order. */
const fieldValues = (session: PageSession): string =>
  [...session.document.querySelectorAll("input, textarea, select")]
    .map((field) => (field as unknown as { value: string }).value)
    .join(" | ");

const describeControl = (session: PageSession, element: Parameters<typeof nameOfControl>[1]): string =>
  `${element.tagName.toLowerCase()}${element.getAttribute("type") === null ? "" : `[${element.getAttribute("type")}]`}:${nameOfControl(session, element)}`;

/**
 * Watches a page: what stands there after loading, after every field was filled in, and after each control was clicked
 * once, forwards and backwards (the page goes on from click to click), and after its clock ran. Keys are places, not names, so that two prints
 * of one page give equal observations.
 */
export async function observe(files: readonly PageFile[]): Promise<PageRun> {
  const session = await openPage(files);
  if (session === undefined) return { ok: false, errors: ["There is no readable HTML page."], observations: {} };
  try {
    const observations: Record<string, string | number | boolean> = {};
    const look = (key: string): void => {
      observations[`${key}.text`] = visibleText(session).slice(0, MAX_TEXT);
      observations[`${key}.fields`] = fieldValues(session).slice(0, MAX_TEXT);
    };
    look("load");
    observations["load.elements"] = session.document.querySelectorAll("*").length;
    observations["load.layout"] = layoutOf(session).slice(0, 4 * MAX_TEXT);
    observations["load.controls"] = controlsOf(session)
      .map((control) => describeControl(session, control))
      .join("\n")
      .slice(0, MAX_TEXT);
    const fields = controlsOf(session).filter((element) => /^(input|textarea)$/i.test(element.tagName));
    for (const [index, field] of fields.entries()) {
      const type = (field.getAttribute("type") ?? "text").toLowerCase();
      if (/^(checkbox|radio|button|submit|reset|file)$/.test(type)) continue;
      await session.act(() =>
        enterValue(session, field, /^(number|range)$/.test(type) ? String(40 + index * 7) : `Sample ${index + 1}`),
      );
    }
    look("filled");
    const before = controlsOf(session).filter(
      (element) => !/^(text|number|range|password|email)$/.test(element.getAttribute("type") ?? ""),
    );
    for (const [index, control] of before.slice(0, MAX_CLICKS).entries()) {
      // An earlier click may have redrawn the page: the control at the same place then stands for it.
      const now = controlsOf(session);
      const target = control.isConnected ? control : now[Math.min(index, now.length - 1)];
      if (target === undefined) break;
      await session.act(() => (target as unknown as { click(): void }).click());
      look(`click.${index}`);
      if (index === 0) {
        await session.advance(3_000);
        look("click.0.later");
      }
    }
    // Once more from the last control to the first: what a page keeps from click to click then shows.
    for (let index = Math.min(controlsOf(session).length, MAX_CLICKS) - 1; index >= 0; index--) {
      const target = controlsOf(session)[index];
      if (target !== undefined) await session.act(() => (target as unknown as { click(): void }).click());
    }
    look("again");
    await session.advance(60_000);
    look("end");
    return { ok: session.errors.length === 0, errors: session.errors, observations };
  } finally {
    await session.close();
  }
}
