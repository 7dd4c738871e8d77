import { ColosseumError } from "../../../base/errors.ts";
import type { ChainSnapshot } from "../../../localnet/engine/chain.ts";
import type { Localnet } from "../../../localnet/server.ts";
import { writeState } from "../../../localnet/state-file.ts";
import type { Context } from "../../context.ts";

/** After a kill, at most so much is missing. */
const SAVE_EVERY_MS = 1_000;
/** Writing takes at most this part of the time, however large the state is. */
const WRITING_SHARE = 1 / 10;

/**
 * Keeps the chain in a file: every second while something changes, and once more at the end.
 *
 * @returns What saves for the last time.
 */
export function keepSaved(ctx: Context, localnet: Localnet, file: string): () => Promise<void> {
  const { chain } = localnet;
  let saved: ChainSnapshot | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  /** Writes if anything is different: a block, a state changed outside of one, the clock. */
  const save = async (): Promise<void> => {
    const now = chain.snapshot();
    if (saved !== undefined && now.head === saved.head && now.timeOffsetMs === saved.timeOffsetMs) return;
    await writeState(file, chain.dump());
    saved = now;
    if (ctx.flags.verbose > 0) {
      const { number: block } = now.head.header;
      const at = new Date(ctx.clock.nowMs()).toISOString();
      ctx.out.event({ type: "saved", at, block, file }, () => `#${block} is in ${file}`);
    }
  };
  let writing: Promise<void> = Promise.resolve();
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      const start = performance.now();
      writing = save()
        .catch((thrown: unknown) => {
          if (!(thrown instanceof ColosseumError)) throw thrown;
          ctx.out.warn({ code: thrown.code, message: thrown.message });
        })
        .then(() => {
          if (!ended) later(Math.max(SAVE_EVERY_MS, (performance.now() - start) / WRITING_SHARE));
        });
    }, ms);
  };
  later(SAVE_EVERY_MS);
  return async () => {
    ended = true;
    clearTimeout(timer);
    await writing;
    await save();
  };
}
