import { render } from "ink";
import type { ReactNode } from "react";

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

/** Shows a screen on the alternate buffer until `close`; the terminal comes back as it was. */
export function showScreen(screen: ReactNode, { stdin, stdout }: Streams): { close: () => Promise<void> } {
  const instance = render(screen, {
    stdin: stdin as NodeJS.ReadStream,
    stdout: stdout as NodeJS.WriteStream,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 15,
    patchConsole: false,
  });
  return {
    close: async () => {
      instance.unmount();
      await instance.waitUntilExit();
    },
  };
}
