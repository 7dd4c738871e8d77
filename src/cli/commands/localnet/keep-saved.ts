import { ColosseumError } from "../../../base/errors.ts";
import type { Localnet } from "../../../localnet/server.ts";
import { writeState } from "../../../localnet/state-file.ts";
import type { Context } from "../../context.ts";

/** After a kill, at most so much is missing. */
const SAVE_EVERY_MS = 2_000;

/**
 * Keeps the chain in a file: every few seconds while blocks come, and once more at the end.
 *
 * @returns What saves for the last time.
 */
export function keepSaved(ctx: Context, localnet: Localnet, file: string): () => Promise<void> {
  let saved = -1;
  let writing: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    const { number } = localnet.chain.head.header;
    if (number === saved) return writing;
    saved = number;
    const dump = localnet.chain.dump();
    writing = writing.then(() => writeState(file, dump));
    return writing;
  };
  const timer = setInterval(() => {
    save().catch((thrown: unknown) => {
      saved = -1;
      if (!(thrown instanceof ColosseumError)) throw thrown;
      writing = Promise.resolve();
      ctx.out.warn({ code: thrown.code, message: thrown.message });
    });
  }, SAVE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await save();
  };
}
