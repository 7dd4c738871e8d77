import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";

const BIN = fileURLToPath(new URL("../../bin/colosseum.js", import.meta.url));

/** The built binary at a pseudo-terminal, driven like a person drives it. */
export interface Terminal extends Disposable {
  /** Everything drawn so far, without control sequences. */
  readonly text: string;
  /** Resolves when the text since the last wait has what is expected; the test's own time limit is the limit. */
  until(expected: RegExp): Promise<void>;
  /** Types characters; `\r` is Enter, `\x03` Ctrl-C. */
  type(keys: string): void;
  readonly exit: Promise<number>;
}

export function openTerminal(args: readonly string[], env: Record<string, string>): Terminal {
  const pty = spawn(process.execPath, [BIN, ...args], {
    cols: 120,
    rows: 40,
    cwd: env["HOME"] ?? "/",
    env: { ...env, TERM: "xterm-256color" },
  });
  let text = "";
  let seen = 0;
  let ended = false;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  pty.onData((chunk) => {
    text += stripVTControlCharacters(chunk);
    changed();
  });
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      ended = true;
      changed();
      resolve(exitCode);
    });
  });
  return {
    get text() {
      return text;
    },
    until: (expected) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = expected.exec(text.slice(seen));
          if (match !== null) {
            seen += match.index + match[0].length;
            listeners.delete(look);
            resolve();
          } else if (ended) {
            listeners.delete(look);
            reject(new Error(`ended without ${expected}:\n${text.slice(seen)}`));
          }
        };
        listeners.add(look);
        look();
      }),
    type: (keys) => pty.write(keys),
    exit,
    [Symbol.dispose]: () => {
      if (!ended) pty.kill();
    },
  };
}
