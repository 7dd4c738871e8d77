import { useApp, useInput } from "ink";
import { type ReactNode, useEffect, useRef } from "react";

/**
 * A screen that can be put aside with Ctrl-Z and fetched back with fg: before it stops, the terminal is as it was before
 * the screen came; when it goes on, everything is drawn anew, also where somebody else had stopped it.
 */
export function Suspendable({ children }: { readonly children: ReactNode }): ReactNode {
  const { suspendTerminal } = useApp();
  const isAway = useRef(false);
  const away = useRef(async (stop: () => void) => {
    if (isAway.current) return;
    isAway.current = true;
    try {
      await suspendTerminal(async () => stop());
    } finally {
      isAway.current = false;
    }
  });
  useInput((input, key) => {
    // In raw mode the terminal does not make a signal of it.
    if (key.ctrl && input === "z") void away.current(stop);
  });
  useEffect(() => {
    const onStop = (): void => void away.current(stop);
    // Stopped from outside without a word: the shell has taken its terminal modes back.
    const onGoOn = (): void => void away.current(() => undefined);
    process.on("SIGTSTP", onStop);
    process.on("SIGCONT", onGoOn);
    return () => {
      process.off("SIGTSTP", onStop);
      process.off("SIGCONT", onGoOn);
    };
  }, []);
  return children;
}

/** Stops this job, and comes back when it goes on. */
function stop(): void {
  const listeners = process.listeners("SIGTSTP");
  for (const listener of listeners) process.off("SIGTSTP", listener);
  // The whole group, as a terminal does it: a shell sees its job stop only when all of it stops. Where nobody could
  // fetch it back (no shell above) the system does not stop it, and the screen simply comes back.
  process.kill(0, "SIGTSTP");
  for (const listener of listeners) process.on("SIGTSTP", listener);
}
