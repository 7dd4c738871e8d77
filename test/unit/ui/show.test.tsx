import { PassThrough, Writable } from "node:stream";
import { Text } from "ink";
import { afterEach, describe, expect, it } from "vitest";
import { showScreen } from "../../../src/ui/show.tsx";
import type { WatchEvent } from "../../../src/ui/watch-events.ts";
import { showWatch } from "../../../src/ui/watch-screen.tsx";

/** A terminal that keeps what is written, and tells of it. */
class FakeTerminal extends Writable {
  readonly isTTY = true;
  columns = 80;
  rows = 24;
  text = "";
  #listeners: (() => void)[] = [];

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
    for (const listener of this.#listeners.splice(0)) listener();
  }

  /** Resolves once the text since `from` has something; nothing is looked at in vain. */
  async wrote(what: string, from = 0): Promise<void> {
    while (!this.text.slice(from).includes(what)) {
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }
}

class FakeKeyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }
  ref(): void {}
  unref(): void {}
}

const FRAME_END = "\u001b[?2026l";
const frames = (text: string): number => text.split(FRAME_END).length - 1;
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const screen of open.splice(0)) await screen.close().catch(() => undefined);
});

function watching() {
  const [stdin, stdout] = [new FakeKeyboard(), new FakeTerminal()];
  const quits: string[] = [];
  let tell: (event: WatchEvent) => void = () => undefined;
  const screen = showWatch({
    title: "netuid 1",
    nowMs: 0,
    color: true,
    unicode: true,
    stdin,
    stdout,
    subscribe: (on) => {
      tell = on;
      return () => undefined;
    },
    onQuit: (by) => quits.push(by),
  });
  open.push(screen);
  tell({ type: "chain", atMs: 0, endpoint: "ws://x", connected: true });
  return { stdin, stdout, quits, screen, tell: (event: WatchEvent) => tell(event) };
}

describe("a live screen", () => {
  it("takes the alternate screen and the keys, and gives both back", async () => {
    const { stdin, stdout, screen, quits } = watching();
    expect(stdout.text.startsWith("\u001b[?1049h")).toBe(true);
    expect(stdin.isRaw).toBe(true);
    stdin.write("q");
    await expect.poll(() => quits).toEqual(["key"]);
    await screen.close();
    expect(stdin.isRaw).toBe(false);
    expect(stdout.text.slice(stdout.text.lastIndexOf("\u001b[?1049l"))).toBe("\u001b[?1049l\u001b[?25h");
  });

  it("writes nothing for a thousand events that change nothing on it", async () => {
    const { stdout, tell } = watching();
    tell({ type: "block", atMs: 0, number: 41 });
    await stdout.wrote("block 41");
    const before = stdout.text.length;
    for (let atMs = 1; atMs <= 1_000; atMs++) tell({ type: "tick", atMs });
    for (let atMs = 1; atMs <= 1_000; atMs++) tell({ type: "chain", atMs, endpoint: "ws://x", connected: true });
    tell({ type: "block", atMs: 1_001, number: 42 });
    await stdout.wrote(FRAME_END, before);
    const written = stdout.text.slice(before);
    expect(frames(written)).toBe(1);
    expect(written).toContain("2");
  });

  it("writes little where little changes, and never wipes the screen", async () => {
    const { stdout, tell } = watching();
    tell({ type: "block", atMs: 0, number: 100 });
    await stdout.wrote("block 100");
    const before = stdout.text.length;
    for (let number = 101; number <= 110; number++) {
      const from = stdout.text.length;
      tell({ type: "block", atMs: number, number });
      await stdout.wrote(FRAME_END, from);
    }
    const written = stdout.text.slice(before);
    expect(frames(written)).toBe(10);
    // A digit, the way to it and back over the rows, and the marks of a frame.
    expect(Buffer.byteLength(written) / 10).toBeLessThan(200);
    expect(stdout.text).not.toMatch(/\u001b\[[23]J/);
  });

  it("draws a storm of events in a few frames", async () => {
    const { stdout, tell } = watching();
    await stdout.wrote("COLOSSEUM");
    const before = stdout.text.length;
    for (let n = 1; n <= 5_000; n++) tell({ type: "note", atMs: n, level: "info", text: `line ${n}` });
    await stdout.wrote("line 5000", before);
    expect(frames(stdout.text.slice(before))).toBeLessThanOrEqual(5);
  });

  it("says in a small terminal that it is too small, and comes back in a larger one", async () => {
    const { stdout, tell } = watching();
    tell({ type: "block", atMs: 0, number: 7 });
    await stdout.wrote("block 7");
    const resized = async (columns: number, rows: number, expected: string): Promise<void> => {
      const from = stdout.text.length;
      Object.assign(stdout, { columns, rows });
      stdout.emit("resize");
      await stdout.wrote(expected, from);
    };
    await resized(39, 9, "is too small");
    await resized(1, 1, "T");
    await resized(120, 40, "block 7");
  });

  it("gives the terminal back when it breaks, ends what runs, and says why at its close", async () => {
    const [stdin, stdout] = [new FakeKeyboard(), new FakeTerminal()];
    const quits: string[] = [];
    const Broken = () => {
      throw new Error("a broken view");
    };
    const screen = showScreen(
      <Text>
        <Broken />
      </Text>,
      { stdin, stdout, onQuit: (by) => quits.push(by) },
    );
    await expect(screen.close()).rejects.toThrow("a broken view");
    expect(quits).toEqual(["key"]);
    expect(stdout.text).toContain("\u001b[?1049l");
    expect(stdin.isRaw).toBe(false);
  });
});
