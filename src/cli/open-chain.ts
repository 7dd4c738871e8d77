import { ColosseumError, ExitCode } from "../base/errors.ts";
import { showDuration } from "../base/units.ts";
import type { ChainClient } from "../chain/client.ts";
import type { Context } from "./context.ts";
import { askConfirmation } from "./prompts.ts";

export interface OpenChainOptions {
  /**
   * The command only reads: Ctrl-C ends it at once. One that sends finishes what is under way first (default).
   */
  readonly reading?: boolean;
  /** The command runs for hours: it follows upgrades of the chain, and says when the chain goes stale. */
  readonly longLived?: boolean;
}

/**
 * The chain that the configuration names, connected; closed when the command ends.
 *
 * @throws UsageError `usage.network`; ChainUnreachableError (exit 10); ChainDeadlineError (15).
 */
export async function openChain(ctx: Context, options: OpenChainOptions = {}): Promise<ChainClient> {
  const { parseNetwork } = await import("../chain/networks.ts");
  const network = parseNetwork(ctx.config.network.value ?? "local");
  const { ChainClient } = await import("../chain/client.ts");
  const client = await ChainClient.connect({ network, clock: ctx.clock, signal: ctx.signal });
  ctx.defer(() => client.close());
  if (options.reading === true) {
    if (ctx.signal.aborted) client.close();
    ctx.signal.addEventListener("abort", () => client.close(), { once: true });
  }
  if (options.longLived === true) {
    await keepInStep(ctx, client).catch((error: unknown) => {
      // A node that restricts these methods is still a chain to work with.
      if (!(error instanceof ColosseumError) || error.code !== "chain.rpc-error") throw error;
      ctx.out.status(`${error.message} After an upgrade of the chain this command must be started again.`);
    });
  }
  if (ctx.flags.verbose > 0) {
    const { specName, specVersion } = client.runtime;
    ctx.out.status(`Connected to ${client.endpoint} (${specName} ${specVersion}).`);
    client.onLine((line) => {
      ctx.out.status(
        line.state === "connected" ? `Connected to ${line.endpoint}.` : `Lost ${line.endpoint}: ${line.reason}.`,
      );
    });
  }
  return client;
}

async function keepInStep(ctx: Context, client: ChainClient): Promise<void> {
  const { followUpgrades } = await import("../chain/upgrades.ts");
  const { watchLiveness } = await import("../chain/liveness.ts");
  const time = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
  ctx.defer(
    await followUpgrades(client, ({ from, to }) =>
      ctx.out.status(`The chain was upgraded from spec ${from} to ${to}; its metadata was read anew.`),
    ),
  );
  ctx.defer(
    await watchLiveness(client, (event) => {
      if (event.type === "fresh") {
        ctx.out.status(`The chain gives blocks again, after ${showDuration(event.afterMs)}.`);
        return;
      }
      ctx.out.warn({
        code: "chain.no-new-blocks",
        message: `The chain is stale since ${time(event.sinceMs)}: no new block at ${event.endpoint}; taking the next endpoint.`,
      });
    }),
  );
}

/**
 * Asks before real money moves: on finney (told by its first block, whatever endpoint led there) the question names
 * the network and what is about to happen. Elsewhere, and with `--yes`, nothing is asked.
 *
 * @throws UsageError `usage.confirm` on finney where nobody can be asked; `chain.declined` (exit 13) after a no.
 */
export async function agreeOnFinney(ctx: Context, client: ChainClient, what: string): Promise<void> {
  const { FINNEY_GENESIS } = await import("../chain/networks.ts");
  if (client.genesis !== FINNEY_GENESIS) return;
  if (await askConfirmation(ctx, `On finney, with real TAO: ${what}. Go ahead?`)) return;
  throw new ColosseumError("You said no, so nothing was sent.", { code: "chain.declined", exitCode: ExitCode.refused });
}
