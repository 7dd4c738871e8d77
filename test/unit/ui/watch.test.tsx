import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import type { Step } from "../../../src/ui/keys.ts";
import { intervalBar, scaleOf } from "../../../src/ui/rating-panel.tsx";
import { themeFor } from "../../../src/ui/theme.ts";
import type { NeuronLine, WatchEvent } from "../../../src/ui/watch-events.ts";
import { initialWatchState, type WatchKey, type WatchState, watchReducer } from "../../../src/ui/watch-state.ts";
import { WatchView } from "../../../src/ui/watch-view.tsx";

const HOSTILE = "\u001b[2J\u0007";
const hotkey = (n: number): string => `5${String.fromCharCode(65 + n).repeat(47)}`;
const neurons = Array.from(
  { length: 30 },
  (_, uid): NeuronLine => ({
    uid,
    hotkey: hotkey(uid % 26),
    stakeTao: uid === 0 ? 10_000 : uid / 4,
    incentive: uid / 100,
    dividends: uid === 0 ? 1 : 0,
    emissionTao: uid,
    permit: uid === 0,
    immunityBlocksLeft: uid === 29 ? 4_000 : 0,
    pruneRank: uid === 0 ? null : uid,
    endpoint: uid === 0 ? `http://${HOSTILE}` : null,
  }),
);
const events: WatchEvent[] = [
  { type: "chain", atMs: 0, endpoint: "ws://127.0.0.1:9944", connected: true },
  { type: "block", atMs: 1_000, number: 500 },
  {
    type: "metagraph",
    atMs: 1_000,
    block: 500,
    name: "one",
    tempo: 360,
    blocksSinceEpoch: 100,
    maxUids: 256,
    burnTao: 1.5,
    neurons,
  },
  {
    type: "validator",
    atMs: 1_000,
    validator: {
      where: `http://${HOSTILE}`,
      reachable: true,
      interval: 3,
      stage: "voting",
      round: 1,
      stageEndsAtMs: 31_000,
      checkedIn: 7,
      settled: 3,
    },
  },
  {
    type: "tasks",
    atMs: 1_000,
    tasks: [
      {
        id: "t-0009",
        kind: "duel",
        stage: "voting",
        generators: [hotkey(2), hotkey(3)],
        completions: 2,
        votes: 3,
        invited: 5,
        reason: "",
      },
    ],
  },
  {
    type: "board",
    atMs: 1_000,
    battles: 128,
    rows: [
      {
        hotkey: hotkey(1),
        score: 1.25,
        rating: { mean: 1_100, low: 1_040, high: 1_160 },
        rank: 1,
        battles: 60,
        provisional: false,
      },
      {
        hotkey: hotkey(2),
        score: -1,
        rating: { mean: 900, low: 600, high: 1_200 },
        rank: 1,
        battles: 8,
        provisional: true,
      },
      { hotkey: hotkey(3), score: null, rating: null, rank: null, battles: 0, provisional: true },
    ],
  },
  { type: "note", atMs: 1_500, level: "warn", text: `somebody wrote ${HOSTILE}` },
  { type: "tick", atMs: 2_000 },
];
const stateAfter = (more: readonly (WatchEvent | WatchKey)[], from: readonly WatchEvent[] = events): WatchState =>
  [...from, ...more].reduce<WatchState>(watchReducer, initialWatchState(0));
const frame = (state: WatchState, columns = 80, rows = 23, unicode = true): string[] =>
  renderToString(
    <WatchView
      state={state}
      theme={themeFor({ color: false, unicode })}
      title="netuid 1"
      columns={columns}
      rows={rows}
    />,
    { columns },
  ).split("\n");
const pages = ["overview", "tasks", "leaderboard", "metagraph", "log"] as const;

describe("watchReducer", () => {
  it("clears staleness with the next block", () => {
    const stale = stateAfter([{ type: "stale", atMs: 70_000, sinceMs: 1_000 }]);
    expect(stale.chain.staleSinceMs).toBe(1_000);
    expect(
      stateAfter([
        { type: "stale", atMs: 70_000, sinceMs: 1_000 },
        { type: "block", atMs: 71_000, number: 501 },
      ]).chain,
    ).toMatchObject({
      staleSinceMs: null,
      block: 501,
    });
  });

  it("takes a block from the metagraph only where it is newer", () => {
    const metagraph = events[2] as WatchEvent;
    expect(stateAfter([{ type: "block", atMs: 5_000, number: 510 }, metagraph]).chain).toMatchObject({
      block: 510,
      epochBlock: 400,
    });
  });

  it("goes round its pages, and scrolls no further than a full last page", () => {
    expect(stateAfter(pages.map(() => ({ type: "next-page" }) as const)).page).toBe("overview");
    const page = { type: "page", page: "metagraph" } as const;
    const scroll = (by: Step): WatchKey => ({ type: "scroll", by, room: 20 });
    expect(stateAfter([page, scroll(1_000)]).scroll).toBe(10);
    expect(stateAfter([page, scroll("end"), scroll(-1)]).scroll).toBe(9);
    expect(stateAfter([page, scroll(-5)]).scroll).toBe(0);
    expect(stateAfter([page, scroll(9), { type: "next-page" }]).scroll).toBe(0);
  });

  it("keeps the lines in sight of who reads back in the log, and follows its end for everybody else", () => {
    const note = (n: number): WatchEvent => ({ type: "note", atMs: n, level: "info", text: `line ${n}` });
    const many = Array.from({ length: 50 }, (_, n) => note(n));
    const back: WatchKey[] = [
      { type: "page", page: "log" },
      { type: "scroll", by: -7, room: 20 },
    ];
    expect(stateAfter([...many, ...back]).scroll).toBe(7);
    expect(stateAfter([...many, ...back, note(51), note(52)]).scroll).toBe(9);
    expect(stateAfter([...many, ...back, { type: "scroll", by: "end", room: 20 }, note(51)]).scroll).toBe(0);
  });

  it("stays small however long it runs", () => {
    const notes = Array.from(
      { length: 5_000 },
      (_, n): WatchEvent => ({ type: "note", atMs: n, level: "info", text: `${n}` }),
    );
    expect(stateAfter(notes).log).toHaveLength(200);
  });
});

describe("WatchView", () => {
  it.each(pages)("shows %s at 80 by 24", (page) => {
    expect(frame(stateAfter([{ type: "page", page }])).join("\n")).toMatchSnapshot();
  });

  it("puts four panels side by side where there is room", () => {
    expect(frame(stateAfter([]), 180, 40).join("\n")).toMatchSnapshot();
  });

  it("lets nothing that a peer wrote reach the terminal raw", () => {
    // Ink itself drops what moves the cursor; colours pass it.
    const colour = "\u001b[7m";
    const hostile = events.map((event): WatchEvent => {
      if (event.type === "validator") return { ...event, validator: { ...event.validator, stage: colour } };
      if (event.type === "tasks")
        return { ...event, tasks: event.tasks.map((t) => ({ ...t, id: colour, kind: colour })) };
      if (event.type === "board") return { ...event, rows: event.rows.map((row) => ({ ...row, hotkey: colour })) };
      return event;
    });
    for (const page of pages)
      expect(frame(stateAfter([{ type: "page", page }], hostile), 200, 40).join("\n")).not.toMatch(/[\u001b\u0007]/);
  });

  it("says when the chain is silent, stale or gone", () => {
    expect(frame(stateAfter([{ type: "tick", atMs: 61_000 }]))[0]).toContain("no block for 1 min");
    expect(
      frame(
        stateAfter([
          { type: "stale", atMs: 61_000, sinceMs: 1_000 },
          { type: "tick", atMs: 121_000 },
        ]),
      )[0],
    ).toContain("no block for 2 min");
    expect(frame(stateAfter([{ type: "chain", atMs: 2_000, endpoint: "ws://x", connected: false }]))[0]).toContain(
      "no chain",
    );
  });
});

describe("intervalBar", () => {
  const theme = themeFor({ color: false, unicode: true });
  it.each([
    [{ mean: 50, low: 20, high: 80 }, "  ├──●──┤  "],
    [{ mean: 0, low: -50, high: 30 }, "●──┤       "],
    [{ mean: 100, low: 100, high: 100 }, "          ●"],
  ])("draws %o on a scale from 0 to 100", (rating, drawn) => {
    expect(intervalBar(rating, { low: 0, high: 100 }, 11, theme)).toBe(drawn);
  });

  it("has room for every rating", () => {
    const scale = scaleOf([{ mean: 1_000 }, { mean: 1_400 }]);
    expect(scale).toEqual({ low: 800, high: 1_600 });
    expect(scaleOf([{ mean: 1_000 }])).toEqual({ low: 900, high: 1_100 });
  });
});
