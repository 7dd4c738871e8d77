import { render } from "ink";
import type { ReactNode } from "react";
import { Suspendable } from "./suspend.tsx";

export interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
}

/** Where and how a screen is drawn. */
export interface ScreenPlace extends Streams {
  /** When it comes up. */
  readonly nowMs: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

/** What every screen is given. */
export interface ScreenOptions<Event> extends ScreenPlace {
  /** Delivers every event from now on; returns the unsubscribe. */
  readonly subscribe: (on: (event: Event) => void) => () => void;
  /** The user wants to leave; the owner ends what runs and then closes the screen. */
  readonly onQuit: (by: "key" | "ctrl-c") => void;
}

const stayUp = (): void => undefined;

/**
 * Shows a screen on the alternate buffer until `close`; the terminal comes back as it was. A screen that breaks gives the
 * terminal back too and ends as if somebody had left it; `close` then throws what broke it.
 */
export function showScreen(
  screen: ReactNode,
  { stdin, stdout, onQuit }: Streams & Pick<ScreenOptions<never>, "onQuit">,
): { close: () => Promise<void> } {
  // Until the screen reads its keys the terminal makes a signal of Ctrl-Z, which would stop it with the screen left up.
  process.on("SIGTSTP", stayUp);
  const instance = render(<Suspendable>{screen}</Suspendable>, {
    stdin: stdin as NodeJS.ReadStream,
    stdout: stdout as NodeJS.WriteStream,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
    // Whoever calls has made sure of a terminal; Ink itself would take any variable named CI_… for a build server.
    interactive: true,
    maxFps: 15,
    patchConsole: false,
  });
  const ended = instance.waitUntilExit().finally(() => process.off("SIGTSTP", stayUp));
  ended.catch(() => onQuit("key"));
  return {
    close: async () => {
      instance.unmount();
      await ended;
    },
  };
}
