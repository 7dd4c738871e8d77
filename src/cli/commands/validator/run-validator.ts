import type { Netuid } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import { showDuration } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { ValidatorEvent } from "../../../validator/events.ts";
import type { RunningValidator } from "../../../validator/process.ts";
import type { ValidatorSettings } from "../../../validator/settings.ts";
import { commitFileOf } from "../../commit-file.ts";
import type { Context } from "../../context.ts";
import { arenaMechanism } from "../arena/second-mechanism.ts";
import { validatorEventLine } from "./event-line.ts";
import { publishAddress } from "./publish-address.ts";
import type { StartFlags } from "./start-flags.ts";
import { validatorStateDir } from "./state-dir.ts";
import { taskSource } from "./task-source.ts";

/** Puts a validator together, publishes its address, and lets it work until it is stopped or has settled enough. */
export async function runValidator(ctx: Context, flags: StartFlags): Promise<void> {
  const netuid = ctx.netuid();
  const settings = await settingsOf(ctx.io.cwd, netuid, flags);
  const source = await taskSource(ctx, flags);
  const { openHotkey } = await import("../../open-wallet.ts");
  const signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
  const stateDir = validatorStateDir(ctx, netuid, signer.address);
  const { startValidator, STORE_FILE } = await import("../../../validator/process.ts");
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { awaitChain } = await import("./await-chain.ts");
  const isBack = existsSync(join(stateDir, STORE_FILE));
  const { client } = await awaitChain(ctx, isBack, (chain) => warnUnlessReady(ctx, chain, netuid, signer));
  const ports = await import("../../../validator/chain-ports.ts");
  /** What happened before the ready line, which comes first: scripts wait for it. */
  let early: ValidatorEvent[] | undefined = [];
  const say = (event: ValidatorEvent): void => {
    if (early !== undefined) {
      early.push(event);
      return;
    }
    const line = validatorEventLine(event, ctx.flags.verbose > 0);
    if (ctx.flags.json) ctx.out.event({ ...event }, () => "");
    else if (line !== undefined && !ctx.flags.quiet) ctx.out.event({ ...event }, () => line);
  };
  const { watchOver } = await import("./watch-over.ts");
  const watch = await watchOver(ctx, flags, signer.address, stateDir);
  const second = await arenaMechanism(ctx, client, signer, netuid, flags);
  const validator = await startValidator(
    {
      signer,
      ...(second === undefined ? {} : { second }),
      clock: ctx.clock,
      subnet: ports.chainSubnet(client, netuid),
      beacon: client.beacon(),
      weights: ports.chainWeights(client, signer, netuid, await commitFileOf(ctx, client, signer.address)),
      anchors: ports.chainAnchors(client, signer, netuid),
      tasks: source,
      stateDir,
      listen: flags.listen,
      onEvent: (event) => {
        watch.onEvent(event);
        say(event);
      },
    },
    settings,
  );
  ctx.defer(() => validator.stop());
  const tellAdmin = await watch.began(validator);
  ctx.out.event(
    { type: "ready", at: now(ctx), url: validator.url, hotkey: signer.address, netuid },
    () =>
      `Validator of subnet ${netuid} at ${validator.url} (${settings.rules.name}). A round: ${roundWords(settings)}. Ctrl-C stops.`,
  );
  tellAdmin();
  const before = early;
  early = undefined;
  before.forEach(say);
  await publishAddress(ctx, client, netuid, signer, flags, validator.url);
  await ended(ctx.signal, validator);
  await validator.stop();
}

/** "20 min for outputs, 39 min for votes": how long nothing may be seen to happen. */
function roundWords({ generateMs, voteMs, closeEarly }: ValidatorSettings): string {
  const most = closeEarly ? "at most " : "";
  return `${most}${showDuration(generateMs)} for outputs, ${most}${showDuration(voteMs)} for votes`;
}

const now = (ctx: Context): string => new Date(ctx.clock.nowMs()).toISOString();

async function settingsOf(cwd: string, netuid: Netuid, flags: StartFlags): Promise<ValidatorSettings> {
  const { chosenRules } = await import("./rules-file.ts");
  const { DEFAULT_SETTINGS, prepareMsFor } = await import("../../../validator/settings.ts");
  const standard = DEFAULT_SETTINGS;
  return {
    ...standard,
    netuid,
    rules: await chosenRules(cwd, flags),
    votersPerTask: flags.votersPerTask ?? standard.votersPerTask,
    whenEmpty: flags.whenEmpty,
    publish: flags.publish,
    generateMs: flags.generateTime ?? standard.generateMs,
    prepareMs: prepareMsFor(flags.generateTime ?? standard.generateMs),
    voteMs: flags.voteTime ?? standard.voteMs,
    roundsPerInterval: flags.roundsPerInterval ?? standard.roundsPerInterval,
    stopAfterIntervals: flags.intervals ?? standard.stopAfterIntervals,
    minMiners: flags.minMiners ?? standard.minMiners,
    // Where rounds are short, waiting for more would cost more than it brings.
    gatherMs: flags.closeEarly ? 0 : Math.min(standard.gatherMs, flags.generateTime ?? standard.generateMs),
    firstKinds: flags.firstKinds ?? standard.firstKinds,
    closeEarly: flags.closeEarly ?? standard.closeEarly,
    trustProxy: flags.trustProxy ?? standard.trustProxy,
  };
}

/** What would keep the weights from the chain is said at the start, not after an hour's work. */
async function warnUnlessReady(ctx: Context, client: ChainClient, netuid: Netuid, signer: Signer): Promise<void> {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { neurons } = await fetchMetagraph(client, netuid);
  const self = neurons.find(({ hotkey }) => hotkey === signer.address);
  if (self === undefined) {
    ctx.out.warn({
      code: "validator.not-registered",
      message: `${signer.address} is not registered in subnet ${netuid}, so no weights can be set; register it: colosseum register --netuid ${netuid}`,
    });
  } else if (!self.permit) {
    ctx.out.warn({
      code: "validator.no-permit",
      message: `uid ${self.uid} has no validator permit yet; it comes with enough stake at the next epoch: colosseum stake add AMOUNT --netuid ${netuid}`,
    });
  }
}

/** The first Ctrl-C, the last wanted settlement, or a failure that the duties cannot go on after. */
async function ended(signal: AbortSignal, validator: RunningValidator): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });
  await Promise.race([asked, validator.done, validator.enough]);
}
