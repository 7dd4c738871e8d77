import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context } from "../../context.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Opens the chain and asks it the first questions. A first start with a wrong address ends at once; a validator that
 * comes back (`isBack`) while the chain is away says so once and waits, since nobody may be there to start it again.
 *
 * @param ask - Run on the open chain; what it throws because the chain went away is tried again too.
 * @throws ColosseumError of the chain, or when the command is told to stop.
 */
export async function awaitChain<T>(
  ctx: Context,
  isBack: boolean,
  ask: (client: ChainClient) => Promise<T>,
): Promise<{ readonly client: ChainClient; readonly answer: T }> {
  const { openChain } = await import("../../open-chain.ts");
  let client: ChainClient | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
    try {
      client ??= await openChain(ctx, { longLived: true });
      return { client, answer: await ask(client) };
    } catch (error) {
      const isAway =
        error instanceof ColosseumError &&
        (error.exitCode === ExitCode.network || error.exitCode === ExitCode.timeout) &&
        !ctx.signal.aborted;
      if (!isBack || !isAway) throw error;
      if (pauseMs === FIRST_PAUSE_MS) {
        ctx.out.warn({
          code: "validator.awaiting-chain",
          message: `${error.message} Everything stored is safe; the validator goes on as soon as the chain answers.`,
        });
      }
      await ctx.clock.wait(pauseMs, ctx.signal);
      ctx.signal.throwIfAborted();
    }
  }
}
