import { Command, Option } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { Netuid } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { TaskKind } from "../../../mechanism/task-log.ts";
import type { RunningValidator } from "../../../validator/process.ts";
import type { ValidatorSettings } from "../../../validator/settings.ts";
import type { TaskType } from "../../../validator/task-types.ts";
import { commitFileOf } from "../../commit-file.ts";
import type { Context, OpenContext } from "../../context.ts";
import { type ArenaFlags, arenaMechanism, withArenaFlags } from "../arena/second-mechanism.ts";
import { validatorEventLine } from "./event-line.ts";
import { parseDuration, parseKinds, parseListen, parsePublicUrl, parseTaskTypes, parseWhole } from "./flags.ts";
import type { RuleFlags } from "./rules-file.ts";
import { validatorStateDir } from "./state-dir.ts";
import type { WatchFlags } from "./watch-over.ts";

interface StartFlags extends RuleFlags, WatchFlags, ArenaFlags {
  readonly listen: { readonly host: string; readonly port: number };
  readonly port?: number;
  readonly publicUrl?: string;
  readonly trustProxy?: boolean;
  readonly baseline?: string;
  readonly prompts?: string;
  readonly taskTypes?: readonly TaskType[];
  readonly proveDamage: boolean;
  readonly votersPerTask?: number;
  readonly whenEmpty: "hold" | "owner";
  readonly publish: "hashes" | "files";
  readonly generateTime?: number;
  readonly voteTime?: number;
  readonly roundsPerInterval?: number;
  readonly intervals?: number;
  readonly minMiners?: number;
  readonly firstKinds?: readonly TaskKind[];
  readonly closeEarly?: boolean;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum validator start --netuid 1 -w validator
  $ colosseum validator start --netuid 1 --preset scaled --listen 0.0.0.0:8091 --public-url https://arena.example.org
  $ colosseum validator start --netuid 1 -w validator --arena --arena-token-file token.txt
  $ colosseum validator start --netuid 1 --admin 127.0.0.1:9102 --log-file arena.log --notify exec:./page-me.sh
  $ colosseum validator start --netuid 1 --generate-time 1m --vote-time 1m --close-early --first-kinds synthetic,duel,trap
`;

const collect = (word: string, before: readonly string[] | undefined): string[] => [...(before ?? []), word];

/** `validator start`: runs rounds, takes answers, settles intervals and sets weights until it is told to stop. */
export const validatorStart = (open: OpenContext): Command => withArenaFlags(startCommand(open));

const startCommand = (open: OpenContext): Command =>
  new Command("start")
    .description("Run the arena: tasks, votes, scores, weights, until stopped")
    .option("--preset <name>", "rule set: paper (default), dojo-1.8.3 or scaled")
    .option("--rules <file>", "rules from a JSON file, with the keys of simulate --set")
    .option("--set <key=value>", "change one number of the rules; repeatable", collect)
    .addOption(
      new Option("--listen <host:port>", "where to listen; port 0 takes a free one")
        .argParser(parseListen)
        .default({ host: "127.0.0.1", port: 8091 }, "127.0.0.1:8091"),
    )
    // What --axon.port of older command lines is read as.
    .addOption(new Option("--port <port>", "port of --listen").argParser(parseWhole("port", 0, 65_535)).hideHelp())
    .option("--public-url <url>", "how miners reach it; published on the chain", parsePublicUrl)
    .option("--trust-proxy", "take addresses from X-Forwarded-For (behind a proxy of your own)")
    .option(
      "--baseline <spec>",
      "who makes the validator's outputs: fixtures:Q, openai:MODEL, exec:CMD (default fixtures:1)",
    )
    .option("--prompts <file>", "prompts of your own, one a line; needs a --baseline that can follow them")
    .option("--task-types <types>", "what is asked for: page (default), text, or both: page,text", parseTaskTypes)
    .option("--no-prove-damage", "do not run pages in the sandbox to prove that a trap's damage can be felt")
    .option(
      "--voters-per-task <n>",
      "invite so many to each vote (default: every miner gets as many votes)",
      parseWhole("voters-per-task", 1, 4_096),
    )
    .addOption(new Option("--when-empty <what>", "when nobody scored").choices(["hold", "owner"]).default("hold"))
    .addOption(
      new Option("--publish <what>", "what logs show of outputs").choices(["hashes", "files"]).default("hashes"),
    )
    .option("--generate-time <duration>", "for outputs (default 20m)", parseDuration("generate-time", 1_000))
    .option("--vote-time <duration>", "for votes (default 39m)", parseDuration("vote-time", 1_000))
    .option(
      "--rounds-per-interval <n>",
      "rounds between two settlements (default 1)",
      parseWhole("rounds-per-interval", 1, 1_000),
    )
    .option("--intervals <n>", "stop after so many settlements (default: never)", parseWhole("intervals", 1, 65_536))
    .option(
      "--min-miners <n>",
      "open a round once so many have checked in (default 2)",
      parseWhole("min-miners", 1, 4_096),
    )
    .option("--first-kinds <kinds>", "kinds of the very first tasks: synthetic,duel,trap", parseKinds)
    .option("--close-early", "end a stage as soon as everybody asked has answered")
    .option("--admin <host:port>", "serve /healthz and Prometheus /metrics on a loopback address", parseListen)
    .option("--log-file <file>", "structured log (JSON Lines); rotates at 10 MiB, keeps five")
    .option("--notify <where>", "exec:CMD or webhook:URL: told once when something needs you, and once when it is over")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: StartFlags, command: Command) => {
      await using ctx = await open(command);
      const { listen, port = listen.port } = flags;
      await runValidator(ctx, { ...flags, listen: { ...listen, port } });
    });

async function runValidator(ctx: Context, flags: StartFlags): Promise<void> {
  const netuid = ctx.netuid();
  const settings = await settingsOf(netuid, flags);
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
  const say = (event: Parameters<typeof validatorEventLine>[0]): void => {
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
  await watch.began(validator);
  ctx.out.event(
    { type: "ready", at: now(ctx), url: validator.url, hotkey: signer.address, netuid },
    () => `Validator of subnet ${netuid} at ${validator.url} (${settings.rules.name}). Ctrl-C stops.`,
  );
  await publishAddress(ctx, client, netuid, signer, flags, validator.url);
  await ended(ctx.signal, validator, settings.stopAfterIntervals);
  if (ctx.signal.aborted) ctx.out.status("Finishing the step in work…");
  await validator.stop();
}

const now = (ctx: Context): string => new Date(ctx.clock.nowMs()).toISOString();

async function settingsOf(netuid: Netuid, flags: StartFlags): Promise<ValidatorSettings> {
  const { chosenRules } = await import("./rules-file.ts");
  const { DEFAULT_SETTINGS, prepareMsFor } = await import("../../../validator/settings.ts");
  const standard = DEFAULT_SETTINGS;
  return {
    ...standard,
    netuid,
    rules: await chosenRules(flags),
    votersPerTask: flags.votersPerTask ?? standard.votersPerTask,
    whenEmpty: flags.whenEmpty,
    publish: flags.publish,
    generateMs: flags.generateTime ?? standard.generateMs,
    prepareMs: prepareMsFor(flags.generateTime ?? standard.generateMs),
    voteMs: flags.voteTime ?? standard.voteMs,
    roundsPerInterval: flags.roundsPerInterval ?? standard.roundsPerInterval,
    stopAfterIntervals: flags.intervals ?? standard.stopAfterIntervals,
    minMiners: flags.minMiners ?? standard.minMiners,
    firstKinds: flags.firstKinds ?? standard.firstKinds,
    closeEarly: flags.closeEarly ?? standard.closeEarly,
    trustProxy: flags.trustProxy ?? standard.trustProxy,
  };
}

async function taskSource(ctx: Context, flags: StartFlags) {
  const { taskSources } = await import("../../../validator/task-sources.ts");
  const prompts = flags.prompts === undefined ? undefined : await readPrompts(flags.prompts);
  if (prompts !== undefined && (flags.baseline === undefined || flags.baseline.startsWith("fixtures"))) {
    throw new UsageError("The fixture builder cannot follow prompts of your own.", {
      code: "usage.baseline",
      hint: "Name a baseline that can: --baseline openai:MODEL or --baseline exec:./agent.sh",
    });
  }
  const { makeBrain } = await import("../miner/make-brain.ts");
  const brain = flags.baseline === undefined ? undefined : await makeBrain(ctx, flags.baseline);
  const { createPageRunner } = await import("../../../sandbox/runner.ts");
  const inspector = flags.proveDamage ? createPageRunner() : undefined;
  if (inspector !== undefined) ctx.defer(() => inspector.close());
  return taskSources(flags.taskTypes ?? ["page"], {
    ...(prompts === undefined ? {} : { prompts }),
    ...(inspector === undefined ? {} : { inspector }),
    ...(brain === undefined
      ? {}
      : {
          baseline: (prompt, seed, taskType, signal) =>
            brain.generate(prompt, {
              signal: signal ?? ctx.signal,
              deadlineMs: ctx.clock.nowMs() + BASELINE_MS,
              seed,
              taskType,
            }),
        }),
  });
}

/** How long a model may take for one baseline. */
const BASELINE_MS = 10 * 60_000;

async function readPrompts(path: string): Promise<string[]> {
  const { readFile } = await import("node:fs/promises");
  const { ColosseumError, ExitCode, messageOf } = await import("../../../base/errors.ts");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new ColosseumError(`Cannot read the prompts ${path}: ${messageOf(error)}.`, {
      code: "validator.prompts-unreadable",
      exitCode: ExitCode.io,
      hint: "Give a text file with one prompt a line.",
      cause: error,
    });
  }
  const prompts = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (prompts.length === 0) {
    throw new ColosseumError(`There is no prompt in ${path}.`, {
      code: "validator.no-prompts",
      exitCode: ExitCode.invalid,
      hint: "Write one prompt a line.",
    });
  }
  return prompts;
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
      message: `uid ${self.uid} has no validator permit yet; it comes with enough stake at the next epoch: colosseum stake add --netuid ${netuid}`,
    });
  }
}

/** Tells the chain where miners find this validator. A loopback address is of no use to others. */
async function publishAddress(
  ctx: Context,
  client: ChainClient,
  netuid: Netuid,
  signer: Signer,
  flags: StartFlags,
  url: string,
): Promise<void> {
  const { host } = flags.listen;
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
  const isAnywhere = host === "0.0.0.0" || host === "::";
  if (flags.publicUrl === undefined && (isLoopback || isAnywhere)) {
    ctx.out.warn({
      code: "validator.not-published",
      message: isLoopback
        ? `A loopback address cannot be published on the chain; miners on this machine come with: --validator ${url}`
        : `Which address miners reach is not known here; publish one with --public-url, or they come with: --validator URL`,
    });
    return;
  }
  try {
    if (flags.publicUrl !== undefined) {
      const { fetchCommitment, publishUrl } = await import("../../../chain/commitments.ts");
      const { publishedUrl } = await import("../../../chain/commitment-fields.ts");
      const before = await fetchCommitment(client, netuid, signer.address);
      if (before === undefined || publishedUrl(before.text) !== flags.publicUrl) {
        await publishUrl(client, signer, netuid, flags.publicUrl);
      }
      ctx.out.status(`Miners find it at ${flags.publicUrl} (published as a commitment).`);
      return;
    }
    const { serveAxon } = await import("../../../chain/serve.ts");
    const { port } = new URL(url);
    await serveAxon(client, signer, netuid, host, Number(port));
    ctx.out.status(`Miners find it at ${url} (published as this hotkey's axon).`);
  } catch (error) {
    const { ColosseumError } = await import("../../../base/errors.ts");
    if (!(error instanceof ColosseumError)) throw error;
    ctx.out.warn({
      code: "validator.not-published",
      message: `The address is not on the chain: ${error.message} Miners come with: --validator ${flags.publicUrl ?? url}`,
    });
  }
}

/** The first Ctrl-C, the last wanted settlement, or a failure that the duties cannot go on after. */
async function ended(signal: AbortSignal, validator: RunningValidator, intervals: number | null): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });
  const settled = intervals === null ? [] : [validator.settled(intervals - 1)];
  await Promise.race([asked, validator.done, ...settled]);
}
