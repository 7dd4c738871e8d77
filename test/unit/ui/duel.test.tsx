import fc from "fast-check";
import { render } from "ink-testing-library";
import { describe, expect, it } from "vitest";
import { type DuelCard, type DuelEvent, duelReducer, initialDuelState } from "../../../src/ui/duel-state.ts";
import { DuelView, scrollLimit } from "../../../src/ui/duel-view.tsx";
import { themeFor } from "../../../src/ui/theme.ts";

const card = (key: string, fields: Partial<DuelCard> = {}): DuelCard => ({
  key,
  prompt: `Make ${key}`,
  a: ["# One", "[Go]"],
  b: ["# Two"],
  sourceA: ["<h1>One</h1>"],
  sourceB: ["<h1>Two</h1>"],
  expiresAtMs: 100_000,
  worth: 0,
  ...fields,
});
const stateAfter = (...events: DuelEvent[]) => events.reduce(duelReducer, initialDuelState(0));
const keys = (state: ReturnType<typeof stateAfter>) => state.queue.map(({ key }) => key);

describe("the duel screen's state", () => {
  it("keeps the duel on the screen and orders the others by deadline", () => {
    const state = stateAfter(
      { type: "duel", card: card("a", { expiresAtMs: 90 }) },
      { type: "duel", card: card("b", { expiresAtMs: 80 }) },
      { type: "duel", card: card("c", { expiresAtMs: 70 }) },
    );
    expect(keys(state)).toEqual(["a", "c", "b"]);
  });

  it("shows what may earn most first: at once while nobody can have read the other, else next", () => {
    const a = card("a", { worth: 1 });
    const b = card("b", { worth: 2 });
    expect(keys(stateAfter({ type: "duel", card: a }, { type: "duel", card: b }))).toEqual(["b", "a"]);
    const later = stateAfter(
      { type: "duel", card: a },
      { type: "tick", nowMs: 10_000 },
      { type: "duel", card: card("c", { worth: 1, expiresAtMs: 90_000 }) },
      { type: "duel", card: b },
    );
    expect(keys(later)).toEqual(["a", "b", "c"]);
  });

  it("takes a vote, and gives the duel back at an undo until its deadline", () => {
    const voted = stateAfter({ type: "duel", card: card("a") }, { type: "choose", choice: "B" });
    expect(keys(voted)).toEqual([]);
    const undone = duelReducer(voted, { type: "undo" });
    expect(keys(undone)).toEqual(["a"]);
    expect(undone.notice).toMatch(/had chosen 2/);
    const late = duelReducer({ ...voted, nowMs: 100_000 }, { type: "undo" });
    expect(keys(late)).toEqual([]);
    expect(late.notice).toMatch(/over/);
  });

  it("brings a skipped duel back at the end", () => {
    expect(
      keys(stateAfter({ type: "duel", card: card("a") }, { type: "duel", card: card("b") }, { type: "skip" })),
    ).toEqual(["b", "a"]);
  });

  it("drops duels whose time is over", () => {
    const state = stateAfter(
      { type: "duel", card: card("a", { expiresAtMs: 50 }) },
      { type: "duel", card: card("b") },
      { type: "tick", nowMs: 60 },
    );
    expect(keys(state)).toEqual(["b"]);
    expect(state.notice).toMatch(/over/);
  });

  it("asks once, after one's own vote, whether to show results", () => {
    const asking = stateAfter(
      { type: "earned", text: "+1" },
      { type: "duel", card: card("a") },
      { type: "choose", choice: "A" },
    );
    expect(asking.reveal).toBe("asking");
    const no = duelReducer(asking, { type: "reveal", yes: false });
    expect(stateAfter({ type: "duel", card: card("a") }).reveal).toBe("unasked");
    expect(
      [{ type: "duel", card: card("b") } as const, { type: "choose", choice: "A" } as const].reduce(duelReducer, no)
        .reveal,
    ).toBe("no");
  });

  it("shows each duel once, however often it comes", () => {
    const state = stateAfter(
      { type: "duel", card: card("a") },
      { type: "duel", card: card("a") },
      { type: "choose", choice: "A" },
      { type: "duel", card: card("a") },
    );
    expect(keys(state)).toEqual([]);
  });

  it("never loses a duel, whatever keys are pressed", () => {
    const event = fc.constantFrom<DuelEvent>(
      { type: "choose", choice: "A" },
      { type: "choose", choice: "B" },
      { type: "skip" },
      { type: "undo" },
      { type: "view" },
      { type: "scroll", by: -3, most: 9 },
      { type: "scroll", by: 5, most: 9 },
      { type: "toggle-help" },
      { type: "reveal", yes: true },
    );
    const all = ["a", "b", "c", "d"];
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = stateAfter(...all.map((key): DuelEvent => ({ type: "duel", card: card(key) })), ...events);
        expect([...keys(state), ...state.cast.map((vote) => vote.card.key)].sort()).toEqual(all);
        expect(state.scroll).toBeGreaterThanOrEqual(0);
        expect(state.scroll).toBeLessThanOrEqual(9);
      }),
    );
  });
});

describe("the duel screen", () => {
  const frame = (state: ReturnType<typeof stateAfter>, columns = 80, rows = 23, color = false): string => {
    const { lastFrame, unmount } = render(
      <DuelView state={state} theme={themeFor({ color, unicode: true })} columns={columns} rows={rows} />,
    );
    const drawn = lastFrame() ?? "";
    unmount();
    return drawn;
  };

  it("fits 80×24 with both pages side by side, the time left and the keys", () => {
    const drawn = frame(stateAfter({ type: "duel", card: card("a counter") }));
    const lines = drawn.split("\n");
    expect(lines.length).toBeLessThanOrEqual(23);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    for (const text of [
      "1 min 40 s left",
      "1 waiting",
      "Make a counter",
      "# One",
      "# Two",
      "[Go]",
      " 1 2  choose",
      " u  undo",
    ])
      expect(drawn).toContain(text);
  });

  it.each([
    ["long lines, long prompts and many of them", 80, 23],
    ["a narrow terminal", 40, 12],
    ["a wide one", 200, 60],
  ])("never grows past its terminal with %s", (_, columns, rows) => {
    const long = Array.from({ length: 500 }, (__, index) => `${"word ".repeat(60)}${index} ${"x".repeat(300)}`);
    const big = card("a", { prompt: long.slice(0, 9).join("\n"), a: long, b: long, sourceA: long, sourceB: long });
    let state = stateAfter({ type: "duel", card: big });
    for (const _mode of ["pages", "first", "second", "diff", "prompt"]) {
      const lines = frame(state, columns, rows).split("\n");
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
      state = duelReducer(state, { type: "view" });
    }
  });

  it("draws no control character that a page brought along", () => {
    const hostile = ["\u001b[2J\u001b[31mred\u0007", "\u202egnp.exe", "a\rb"];
    let state = stateAfter({
      type: "duel",
      card: card("a", { prompt: hostile.join("\n"), a: hostile, b: hostile, sourceA: hostile, sourceB: hostile }),
    });
    for (const _mode of ["pages", "first", "second", "diff", "prompt"]) {
      expect(frame(state)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
      state = duelReducer(state, { type: "view" });
    }
  });

  it("says the same without colour", () => {
    const state = stateAfter({ type: "duel", card: card("a") }, { type: "view" }, { type: "view" }, { type: "view" });
    const plain = frame(state, 80, 23, true).replace(/\u001b\[[0-9;]*m/g, "");
    expect(frame(state)).toBe(plain);
    expect(plain).toContain("- # One");
    expect(plain).toContain("+ # Two");
  });

  it("shows the whole task where the pages leave room for it, and its beginning where they do not", () => {
    const prompt = Array.from({ length: 9 }, (_, line) => `line ${line} of the task`).join("\n");
    const roomy = stateAfter({ type: "duel", card: card("a", { prompt }) });
    expect(frame(roomy)).toContain("line 8 of the task");
    expect(frame(roomy)).toContain("[Go]");
    const full = stateAfter({ type: "duel", card: card("a", { prompt, a: Array(40).fill("page") }) });
    expect(frame(full)).not.toContain("line 8 of the task");
    expect(frame(full)).toContain("line 3 of the task … (v)");
  });

  it("scrolls to the last line and no further, and says how much is not shown", () => {
    const a = Array.from({ length: 40 }, (_, line) => `row ${line}`);
    let state = stateAfter({ type: "duel", card: card("a", { a }) });
    expect(frame(state)).toMatch(/OUTPUT 1 \d+ more below .*OUTPUT 2/);
    const most = scrollLimit(state, 80, 23, themeFor({ color: false, unicode: true }));
    for (let presses = 0; presses < 100; presses++) state = duelReducer(state, { type: "scroll", by: 1, most });
    expect(state.scroll).toBe(most);
    expect(frame(state)).toContain("row 39");
    expect(frame(state)).not.toContain("below");
    expect(frame(duelReducer(state, { type: "scroll", by: -1, most }))).toContain("1 more below");
  });

  it("says what has to be said whole, also where it is longer than a line", () => {
    const text = `Open: http://127.0.0.1:32951/${"0".repeat(32)}/  http://127.0.0.1:32951/${"1".repeat(32)}/`;
    const drawn = frame(stateAfter({ type: "duel", card: card("a") }, { type: "notice", text }));
    expect(drawn).toContain(`/${"0".repeat(32)}/`);
    expect(drawn).toContain(`/${"1".repeat(32)}/`);
  });

  it("says that nothing waits", () => {
    expect(frame(stateAfter())).toMatch(/No duel waits/);
  });

  it("explains its keys", () => {
    expect(frame(stateAfter({ type: "duel", card: card("a") }, { type: "toggle-help" }))).toMatch(
      /take the last duel back/,
    );
  });
});
