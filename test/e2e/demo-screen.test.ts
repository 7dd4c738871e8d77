import { describe, expect, it } from "vitest";
import { temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

describe("demo at a terminal", () => {
  it("shows the arena live at 80 by 24, helps, and leaves with q and exit 0 after naming its log", async () => {
    using home = temporaryHome();
    using screen = openScreen(["demo", "--miners", "4"], home.env);
    await screen.shows(/ COLOSSEUM {2}demo paper +round 1 .*● block \d+/);
    await screen.shows(/● voting +\w+ +miner-\d × (miner-\d|baseline) +[━─]+ +\d\/\d/);
    await screen.shows(/Weights of interval 0 are in block \d+/);
    const rows = screen.frame();
    expect(rows.filter((row) => /^ {2}\d {2}miner-\d /.test(row))).toHaveLength(4);
    expect(rows[1]).toMatch(/^TASKS /);
    expect(rows.at(-1)).toBe(" q  quit   ?  help   j k  scroll");
    screen.type("?");
    await screen.shows(/whoever votes for it pays/);
    const { written } = screen;
    screen.type("?");
    screen.type("q");
    await screen.shows(/tasks\.json/);
    expect(await screen.exit).toBe(0);
    // What a busy screen costs: small frames, none of them twice, and nothing wiped after the first.
    const frames = written.split("\u001b[?2026l").slice(1, -1);
    expect(frames.length).toBeGreaterThan(20);
    expect(frames.join("").length / frames.length).toBeLessThan(1_000);
    expect(frames.filter((frame, index) => frame === frames[index - 1])).toEqual([]);
    expect(screen.written).not.toMatch(/\u001b\[[23]J/);
  });

  it("finishes cleanly at Ctrl-C and says so with exit 130", async () => {
    using home = temporaryHome();
    using screen = openScreen(["demo", "--miners", "3"], home.env);
    await screen.shows(/Round 1 opens/);
    screen.type("\x03");
    await screen.shows(/tasks\.json/);
    expect(await screen.exit).toBe(130);
  });

  it("draws no screen where nobody wants one", async () => {
    using home = temporaryHome();
    using screen = openScreen(["demo", "--miners", "3", "--rounds", "1", "--plain"], home.env, {
      columns: 120,
      rows: 80,
    });
    await screen.shows(/Interval 0 is settled/);
    expect(await screen.exit).toBe(0);
    expect(screen.frame().join("\n")).not.toContain("LEADERBOARD");
  });
});
