// What live screens cost the terminal: bytes and frames a second, bytes a frame, frames that repeat the one before, wipes;
// prints JSON. Needs a build (npm run build): the real commands run at a pseudo-terminal behind an emulator.
import { setTimeout as sleep } from "node:timers/promises";
import { startBin, temporaryHome } from "../test/helpers/run-bin.ts";
import { openScreen, type Screen } from "../test/helpers/screen.ts";

/** A screen marks the end of each frame (synchronized output). */
const FRAME = "\u001b[?2026l";
const SIZES = { "80x24": { columns: 80, rows: 24 }, "220x50": { columns: 220, rows: 50 } } as const;
const SECONDS = 15;

/** What a screen writes in the time to come, from the first frame that begins in it. */
async function cost(screen: Screen): Promise<Record<string, number>> {
  const from = screen.written.length;
  const before = screen.bytes;
  await sleep(SECONDS * 1_000);
  const bytes = screen.bytes - before;
  const written = screen.written.slice(from);
  const frames = written.split(FRAME).slice(0, -1);
  return {
    bytesPerSecond: Math.round(bytes / SECONDS),
    framesPerSecond: Number((frames.length / SECONDS).toFixed(1)),
    bytesPerFrame: frames.length === 0 ? 0 : Math.round(bytes / frames.length),
    repeatedFrames: frames.filter((frame, index) => index > 0 && frame === frames[index - 1]).length,
    wipes: written.split(/\u001b\[[0-3]?J/).length - 1,
  };
}

/** Opens a screen, waits for what it is measured at, measures, leaves. */
async function measured(
  args: readonly string[],
  env: Record<string, string>,
  size: { readonly columns: number; readonly rows: number },
  ready: RegExp,
): Promise<Record<string, number>> {
  using screen = openScreen(args, env, size);
  await screen.shows(ready);
  const figures = await cost(screen);
  screen.type("q");
  await screen.exit;
  return figures;
}

const figures: Record<string, Record<string, unknown>> = {};
for (const [name, size] of Object.entries(SIZES)) {
  using home = temporaryHome();
  const { env } = home;
  const demo = await measured(["demo"], env, size, /● voting/);
  const busyChain = await measured(["localnet", "--port", "0", "--block-time", "20ms"], env, size, /block \d\d/);
  const idleChain = await measured(
    ["localnet", "--port", "0", "--block-time", "manual"],
    env,
    size,
    /block 0, 2 s old/,
  );
  await using localnet = startBin(["localnet", "--port", "0", "--block-time", "12s", "--json"], env);
  const network = { ...env, BT_NETWORK: String((await localnet.event("ready"))["url"]) };
  const watch = await measured(["watch", "--netuid", "0"], network, size, /METAGRAPH/);
  figures[name] = { demo, localnetBusy: busyChain, localnetIdle: idleChain, watchIdle: watch };
}
console.log(JSON.stringify(figures, undefined, 2));
