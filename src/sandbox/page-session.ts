import { Window } from "happy-dom";
import type { PageFile } from "../base/ports.ts";
import { attributeOf, elementsOf, parseHtml, rawTextOf, scriptsOf } from "../pages/parse.ts";
import { printHtml } from "../pages/print-html.ts";
import { PAGE_CLOCK } from "./page-clock.ts";

type Dom = Window["document"];
export type DomElement = NonNullable<ReturnType<Dom["querySelector"]>>;

const MAX_ERRORS = 20;
const MAX_ERROR_LENGTH = 200;

/** A loaded page: what an examiner can do with it. Lives only inside the sandbox's child. */
export interface PageSession {
  readonly document: Dom;
  readonly window: Window;
  readonly errors: readonly string[];
  /** Lets the page's clock run. */
  advance(ms: number): Promise<void>;
  /** Runs something on the page; what its handlers throw is kept as an error. */
  act(what: () => void): Promise<void>;
  close(): Promise<void>;
}

/** The page as one HTML text: other files of the set are put in where it refers to them by name. */
function assemble(files: readonly PageFile[]): { markup: string; scripts: string[] } | undefined {
  const page =
    files.find(({ name }) => name.toLowerCase() === "index.html") ?? files.find(({ name }) => /\.html?$/i.test(name));
  const parsed = page === undefined ? undefined : parseHtml(page.content);
  if (parsed === undefined) return undefined;
  const { document } = parsed;
  const named = (reference: string | undefined): string | undefined =>
    files.find(({ name }) => reference !== undefined && name === reference.replace(/^\.\//, ""))?.content;
  const inline = new Set(scriptsOf(document));
  const scripts: string[] = [];
  for (const element of elementsOf(document)) {
    if (element.tagName !== "script") continue;
    // A script that the source never closed does not run in any browser.
    const closed = element.sourceCodeLocation?.endTag !== undefined;
    const source = inline.has(element) ? rawTextOf(element) : named(attributeOf(element, "src"));
    if (source !== undefined && closed) scripts.push(source);
  }
  const markup = printHtml(document, {
    raw: (element, text) => (element.tagName === "script" ? "" : text),
    attributes: (element) =>
      element.tagName === "link" || element.tagName === "iframe" || element.tagName === "object" ? [] : element.attrs,
  });
  const styles = elementsOf(document)
    .filter(({ tagName }) => tagName === "link")
    .flatMap((element) => named(attributeOf(element, "href")) ?? [])
    .map((css) => `<style>${css.replace(/<\/style/gi, "")}</style>`);
  return { markup: markup.replace("</head>", () => `${styles.join("")}</head>`), scripts };
}

/**
 * Loads a page into a fresh window with its own clock, no network and no frames, and runs its scripts in order.
 *
 * @returns undefined if there is no readable page.
 */
export async function openPage(files: readonly PageFile[]): Promise<PageSession | undefined> {
  const assembled = assemble(files);
  if (assembled === undefined) return undefined;
  const errors: string[] = [];
  const note = (thrown: unknown): void => {
    if (errors.length >= MAX_ERRORS) return;
    let text: string;
    try {
      text = String((thrown as { message?: unknown })?.message ?? thrown);
    } catch {
      text = "an error that cannot be read";
    }
    errors.push(text.slice(0, MAX_ERROR_LENGTH));
  };
  const window = new Window({
    url: "http://page.invalid/",
    settings: {
      enableJavaScriptEvaluation: true,
      suppressInsecureJavaScriptEnvironmentWarning: true,
      disableJavaScriptFileLoading: true,
      disableCSSFileLoading: true,
      disableIframePageLoading: true,
      handleDisabledFileLoadingAsSuccess: true,
      navigation: {
        disableMainFrameNavigation: true,
        disableChildFrameNavigation: true,
        disableChildPageNavigation: true,
      },
    },
  });
  window.addEventListener("error", (event) =>
    note(
      (event as unknown as { error?: unknown; message?: string }).error ??
        (event as unknown as { message?: string }).message,
    ),
  );
  const clock = window.eval(PAGE_CLOCK) as { advance(ms: number, failed: (thrown: unknown) => void): void };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await Promise.resolve();
  };
  const act = async (what: () => void): Promise<void> => {
    try {
      what();
    } catch (thrown) {
      note(thrown);
    }
    await settle();
    clock.advance(0, note);
    await settle();
  };
  await act(() => window.document.write(assembled.markup));
  for (const source of assembled.scripts) await act(() => window.eval(source));
  await act(() => {
    window.document.dispatchEvent(new window.Event("DOMContentLoaded", { bubbles: true }));
    window.dispatchEvent(new window.Event("load"));
  });
  return {
    document: window.document,
    window,
    errors,
    act,
    advance: async (ms) => {
      clock.advance(ms, note);
      await settle();
    },
    close: async () => {
      await window.happyDOM.close();
    },
  };
}
