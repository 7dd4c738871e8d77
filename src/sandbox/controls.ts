import { normalText } from "../pages/checks.ts";
import type { DomElement, PageSession } from "./page-session.ts";

const CONTROLS = "button, input, select, textarea, a[href], summary, [role=button], [role=tab], [onclick]";

/** Whether a person could see an element: neither it nor what it stands in is hidden. */
export function isVisible(session: PageSession, element: DomElement): boolean {
  for (let at: DomElement | null = element; at !== null; at = at.parentElement) {
    if (at.hasAttribute("hidden")) return false;
    const style = session.window.getComputedStyle(at as never);
    if (style.display === "none" || style.visibility === "hidden") return false;
  }
  return true;
}

/** The text that a person sees, whitespace joined; parts that are hidden, scripts and styles left out. */
export function visibleText(session: PageSession): string {
  const parts: string[] = [];
  const visit = (element: DomElement): void => {
    if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(element.tagName.toUpperCase())) return;
    if (element.hasAttribute("hidden")) return;
    const style = session.window.getComputedStyle(element as never);
    if (style.display === "none" || style.visibility === "hidden") return;
    for (const child of element.childNodes) {
      if (child.nodeType === 3) parts.push(child.textContent ?? "");
      else if (child.nodeType === 1) {
        const inline = /^(A|B|EM|I|SMALL|SPAN|STRONG|LABEL|TSPAN|SUB|SUP)$/.test(
          (child as DomElement).tagName.toUpperCase(),
        );
        if (!inline) parts.push(" ");
        visit(child as DomElement);
        if (!inline) parts.push(" ");
      }
    }
  };
  if (session.document.body !== null) visit(session.document.body as unknown as DomElement);
  return parts.join("").replace(/\s+/g, " ").trim();
}

/** Everything to click or fill in that can be seen, in document order, at most 60. */
export function controlsOf(session: PageSession): DomElement[] {
  const found = [...session.document.querySelectorAll(CONTROLS)] as unknown as DomElement[];
  return found
    .filter((element) => element.getAttribute("type") !== "hidden" && isVisible(session, element))
    .slice(0, 60);
}

/** What a control calls itself: its label, its text, its value if it is a button, its placeholder. */
export function nameOfControl(session: PageSession, element: DomElement): string {
  const aria = element.getAttribute("aria-label");
  if (aria !== null && aria.trim() !== "") return aria.trim();
  const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
  const described = by
    .map((id) => session.document.getElementById(id)?.textContent ?? "")
    .join(" ")
    .trim();
  if (described !== "") return described;
  const tag = element.tagName.toLowerCase();
  if (!/^(input|select|textarea)$/.test(tag))
    return (element.textContent ?? "").trim() || (element.getAttribute("title") ?? "");
  const { id } = element;
  const labels = [...session.document.querySelectorAll("label")] as unknown as DomElement[];
  const label = labels.find(
    (candidate) => (id !== "" && candidate.getAttribute("for") === id) || candidate.contains(element as never),
  );
  const text = label === undefined ? "" : ownText(label);
  if (text !== "") return text;
  if (/^(button|submit|reset)$/.test(element.getAttribute("type") ?? "")) return element.getAttribute("value") ?? "";
  return element.getAttribute("placeholder") ?? element.getAttribute("title") ?? "";
}

/** A label's words without those of a list or field inside it. */
const ownText = (label: DomElement): string =>
  [...label.childNodes]
    .filter(
      (node) =>
        node.nodeType === 3 ||
        (node.nodeType === 1 && !/^(INPUT|SELECT|TEXTAREA)$/.test((node as DomElement).tagName.toUpperCase())),
    )
    .map((node) => node.textContent ?? "")
    .join("")
    .replace(/\s+/g, " ")
    .trim();

/** The control of a name: the same words first, else the first whose name holds them. */
export function findControl(session: PageSession, target: string): DomElement | undefined {
  const wanted = normalText(target).replace(/[:*]$/, "");
  const named = controlsOf(session).map((element) => ({
    element,
    name: normalText(nameOfControl(session, element)).replace(/\s*[:*]+$/, ""),
  }));
  return (
    named.find(({ name }) => name === wanted) ??
    named.find(({ name }) => name.length > wanted.length && ` ${name} `.includes(` ${wanted} `))
  )?.element;
}

/** Puts a value into a field as a person would: the value, then the events that follow typing. */
export function enterValue(session: PageSession, element: DomElement, value: string): void {
  const field = element as unknown as {
    value: string;
    checked?: boolean;
    options?: Iterable<{ value: string; textContent: string | null }>;
  };
  const tag = element.tagName.toLowerCase();
  if (tag === "select") {
    const option = [...(field.options ?? [])].find(
      (one) => normalText(one.textContent ?? "") === normalText(value) || one.value === value,
    );
    if (option !== undefined) field.value = option.value;
  } else field.value = value;
  element.dispatchEvent(new session.window.Event("input", { bubbles: true }) as never);
  element.dispatchEvent(new session.window.KeyboardEvent("keyup", { bubbles: true, key: value.slice(-1) }) as never);
  element.dispatchEvent(new session.window.Event("change", { bubbles: true }) as never);
}
