import { fileURLToPath } from "node:url";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

/** The built binary. */
export const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));

/** The built binary at a pseudo-terminal behind a real terminal emulator: what a person would see. */
export interface Screen extends Disposable {
  /** The rows as they stand now, without trailing blanks. */
  frame(): string[];
  /** Resolves when the visible screen matches; rejects if the program ends first. */
  shows(expected: RegExp): Promise<void>;
  /** Types characters; `\r` is Enter, `\x03` Ctrl-C. */
  type(keys: string): void;
  /** Makes the terminal larger or smaller; the program is told as by any terminal. */
  resize(columns: number, rows: number): void;
  signal(name: NodeJS.Signals): void;
  /** The terminal goes away, as its window does when it is closed. */
  hangUp(): void;
  /** What the program has left switched on in the terminal. */
  modes(): { readonly alternate: boolean; readonly cursorHidden: boolean };
  /** Everything that the program has written so far, control sequences included. */
  readonly written: string;
  /** Bytes that the program has written so far. */
  readonly bytes: number;
  readonly exit: Promise<number>;
}

export function openScreen(
  args: readonly string[],
  env: Record<string, string>,
  size: { readonly columns: number; readonly rows: number } = { columns: 80, rows: 24 },
): Screen {
  return openProgram(process.execPath, [BIN, ...args], env, size);
}

/** Any program at a pseudo-terminal; `TERM` and `LANG` are those of a terminal of today unless `env` says otherwise. */
export function openProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  size: { readonly columns: number; readonly rows: number } = { columns: 80, rows: 24 },
): Screen {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  const pty = spawn(program, [...args], {
    cols: size.columns,
    rows: size.rows,
    cwd: env["HOME"] ?? "/",
    env: { TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
  });
  let bytes = 0;
  let written = "";
  let ended = false;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  pty.onData((chunk) => {
    bytes += Buffer.byteLength(chunk);
    written += chunk;
    terminal.write(chunk, changed);
  });
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      ended = true;
      // Whatever is still in the emulator's queue is drawn before anybody is told.
      terminal.write("", () => {
        changed();
        resolve(exitCode);
      });
    });
  });
  const frame = (): string[] => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? "",
    );
  };
  return {
    frame,
    get written() {
      return written;
    },
    get bytes() {
      return bytes;
    },
    shows: (expected) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const seen = frame().join("\n");
          if (expected.test(seen)) resolve();
          else if (ended) reject(new Error(`ended without ${expected}:\n${seen}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    type: (keys) => pty.write(keys),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      pty.resize(columns, rows);
    },
    signal: (name) => pty.kill(name),
    hangUp: () => (pty as unknown as { destroy: () => void }).destroy(),
    modes: () => ({
      alternate: terminal.buffer.active.type === "alternate",
      // The emulator does not tell; the last thing that was asked for holds.
      cursorHidden: written.lastIndexOf("\u001b[?25l") > written.lastIndexOf("\u001b[?25h"),
    }),
    exit,
    [Symbol.dispose]: () => {
      if (!ended) pty.kill("SIGKILL");
      terminal.dispose();
    },
  };
}
