import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

const place = z.object({ network: z.string(), netuid: z.number(), validator: z.string(), wallets: z.string() });

/** Where the demo that runs on this machine can be joined. */
export type RunningDemo = z.infer<typeof place>;

const fileOf = (ctx: Context): string => join(ctx.paths.stateDir, "demo", "running.json");

/** Leaves word where a demo can be joined. A disk that refuses costs nothing but that. @returns Takes the word back. */
export async function tellOfDemo(ctx: Context, demo: RunningDemo): Promise<() => Promise<void>> {
  const file = fileOf(ctx);
  const text = `${JSON.stringify(demo)}\n`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
  } catch {
    return () => Promise.resolve();
  }
  return async () => {
    // A demo that began later has left its own word there.
    if ((await readFile(file, "utf8").catch(() => "")) === text) await rm(file, { force: true });
  };
}

const noDemo = (file: string, words: string): ColosseumError =>
  new ColosseumError(words, {
    code: "vote.no-demo",
    exitCode: ExitCode.io,
    hint: "Start one in another terminal: colosseum demo",
    details: { file },
  });

/**
 * The demo that began last on this machine and can still be reached.
 *
 * @throws ColosseumError `vote.no-demo` (14) where none runs; one that was killed has left its word behind.
 */
export async function findDemo(ctx: Context): Promise<RunningDemo> {
  const file = fileOf(ctx);
  let demo: RunningDemo;
  try {
    demo = place.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    throw noDemo(file, "No demo runs on this machine.");
  }
  if (!(await listens(demo.network))) throw noDemo(file, "The demo that was here has ended.");
  return demo;
}

/** Whether something takes connections at a ws:// address of this machine. */
function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", end(true)).once("error", end(false));
  });
}
