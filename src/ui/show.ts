import { render } from "ink";
import type { ReactNode } from "react";

export interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
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
