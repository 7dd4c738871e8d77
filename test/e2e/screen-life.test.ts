import { describe, expect, it } from "vitest";
import { temporaryHome } from "../helpers/run-bin.ts";
import { BIN, openProgram, openScreen, type Screen } from "../helpers/screen.ts";

const ARGS = ["localnet", "--port", "0", "--block-time", "manual"];
const KEY_BAR = / q {2}quit {3}\? {2}help/;
/** One header above, one key bar below, nothing of an older frame between them. */
const whole = (rows: number): RegExp =>
  new RegExp(`^ COLOSSEUM [^\\n]*(\\n(?! COLOSSEUM)(?! q  quit)[^\\n]*){${rows - 2}}\\n q  quit [^\\n]*$`);
const GIVEN_BACK = { alternate: false, cursorHidden: false };

/** Opens the screen of a chain that makes no block by itself. */
async function opened(env: Record<string, string>): Promise<Screen> {
  const screen = openScreen(ARGS, env);
  await screen.shows(KEY_BAR);
  return screen;
}

/** A frame may stand before anybody reads keys: opens the help and closes it. */
async function takesKeys(screen: Screen): Promise<void> {
  screen.type("?");
  await screen.shows(/HELP/);
  screen.type("?");
  await screen.shows(/^(?![\s\S]*HELP)[\s\S]* q {2}quit/);
}

describe("a live screen at a real terminal", () => {
  it("follows its size, says when it is too small, and is whole again after a storm of sizes", async () => {
    using home = temporaryHome();
    using screen = await opened(home.env);
    for (const [columns, rows] of [
      [200, 50],
      [60, 20],
      [40, 10],
      [120, 36],
    ] as const) {
      screen.resize(columns, rows);
      await screen.shows(whole(rows));
    }
    screen.resize(30, 8);
    await screen.shows(/too small: 30\s+by 8[\s\S]+press q/);
    for (let n = 0; n < 60; n++) screen.resize(20 + ((n * 37) % 160), 5 + ((n * 13) % 40));
    screen.resize(90, 20);
    await screen.shows(whole(20));
    expect(screen.written).not.toMatch(/\u001b\[[23]J/);
    screen.type("q");
    expect(await screen.exit).toBe(0);
    expect(screen.modes()).toEqual(GIVEN_BACK);
  });

  it("costs nothing but its clock while nothing happens", async () => {
    using home = temporaryHome();
    using screen = await opened(home.env);
    await screen.shows(/block 0, 2 s old/);
    const [from, before] = [screen.written.length, screen.bytes];
    await screen.shows(/block 0, 5 s old/);
    // Three frames of one second each, all of them for the age of the block.
    expect(screen.written.slice(from).split("\u001b[?2026l").length - 1).toBeLessThanOrEqual(4);
    expect(screen.bytes - before).toBeLessThan(3 * 200);
  });

  it("gives the terminal back when it is ended from outside", async () => {
    using home = temporaryHome();
    for (const [signal, code] of [
      ["SIGTERM", 143],
      ["SIGHUP", 0],
    ] as const) {
      using screen = await opened(home.env);
      expect(screen.modes()).toEqual({ alternate: true, cursorHidden: true });
      screen.signal(signal);
      // Of a process that a signal ended, the terminal's library tells no code.
      expect(await screen.exit).toBe(code);
      expect(screen.modes()).toEqual(GIVEN_BACK);
    }
  });

  it("ends with its terminal", async () => {
    using home = temporaryHome();
    using screen = await opened(home.env);
    screen.hangUp();
    await screen.exit;
  });

  it("is put aside with Ctrl-Z, with the terminal as before, and drawn anew with fg", async () => {
    using home = temporaryHome();
    const quoted = [process.execPath, BIN, ...ARGS].map((word) => `'${word}'`).join(" ");
    using shell = openProgram("bash", ["--norc", "--noprofile", "-i"], { ...home.env, PS1: "$ " });
    await shell.shows(/^\$ $|\$ *$/m);
    shell.type(`${quoted}\r`);
    await shell.shows(whole(24));
    await takesKeys(shell);
    shell.type("\x1a");
    await shell.shows(/Stopped/);
    expect(shell.modes()).toEqual(GIVEN_BACK);
    // The shell has its line editing back: what is typed is seen, and understood.
    shell.type("echo $((6 * 7))\r");
    await shell.shows(/^42$/m);
    shell.type("fg\r");
    await shell.shows(whole(24));
    shell.type("m");
    await shell.shows(/● block 1/);
    shell.type("q");
    await shell.shows(/Stopped[\s\S]+\$ *$/);
    shell.type("exit $?\r");
    expect(await shell.exit).toBe(0);
  });

  it("comes back by itself from Ctrl-Z where there is no shell, and is drawn anew when it was stopped from outside", async () => {
    using home = temporaryHome();
    using screen = await opened(home.env);
    await takesKeys(screen);
    screen.type("\x1a");
    screen.type("m");
    await screen.shows(/● block 1/);
    expect(screen.modes().alternate).toBe(true);
    const from = screen.written.length;
    screen.signal("SIGSTOP");
    screen.signal("SIGCONT");
    await screen.shows(whole(24));
    screen.type("m");
    await screen.shows(/● block 2/);
    screen.type("q");
    expect(await screen.exit).toBe(0);
    expect(screen.written.slice(from)).toContain("\u001b[?1049h");
    expect(screen.modes()).toEqual(GIVEN_BACK);
  });
});

describe("what a terminal cannot show", () => {
  it.each([
    ["colour, with NO_COLOR", { NO_COLOR: "1" }, /\u001b\[(?:3[0-7]|9[0-7])m/],
    ["colours beyond its sixteen, with COLORTERM", { COLORTERM: "truecolor" }, /\u001b\[[34]8;/],
    ["more than ASCII, with LANG=C", { LANG: "C" }, /[^\u0000-\u007f]/],
  ])("is not sent to it: %s", async (_, env, never) => {
    using home = temporaryHome();
    using screen = await opened({ ...home.env, ...env });
    screen.type("?");
    await screen.shows(/HELP/);
    screen.type("q");
    expect(await screen.exit).toBe(0);
    const { written } = screen;
    expect(written.slice(written.indexOf("\u001b[?1049h"), written.indexOf("\u001b[?1049l"))).not.toMatch(never);
  });

  it("draws although a variable looks like that of a build server, and lines alone for a screen reader", async () => {
    using home = temporaryHome();
    using screen = await opened({ ...home.env, CI_COLOURS: "1" });
    screen.type("q");
    expect(await screen.exit).toBe(0);
    using reader = openScreen(ARGS, { ...home.env, INK_SCREEN_READER: "true" });
    await reader.shows(/Stop with Ctrl-C/);
    reader.type("\x03");
    expect(await reader.exit).toBe(130);
    expect(reader.written).not.toContain("\u001b[?1049h");
  });
});
