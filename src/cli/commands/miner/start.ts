import { Command, Option } from "commander";
import type { Signer } from "../../../base/ports.ts";
import { shortAddress } from "../../../base/text.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { RunningMiner } from "../../../miner/process.ts";
import type { Context, OpenContext } from "../../context.ts";
import { minerEventLine } from "./event-line.ts";
import { collectUrl, parseCount, parseRoles, type RoleFlag } from "./flags.ts";
import { minerStateDir } from "./state-dir.ts";

export interface StartFlags {
  readonly role?: readonly RoleFlag[];
  readonly brain?: string;
  readonly judge?: string;
  readonly validator?: readonly string[];
  readonly hotkeys?: string;
  readonly allow?: readonly string[];
  readonly block?: readonly string[];
  readonly budget?: string;
  readonly price?: string;
  readonly concurrency?: number;
  readonly passwordFile?: string;
  readonly notify?: string;
}

const EXAMPLES = `Examples:
  $ colosseum miner start --validator http://127.0.0.1:8091 --brain fixtures:0.8
  $ colosseum miner start --netuid 1 --brain exec:./agent.sh --judge heuristic
  $ colosseum miner start --netuid 1 --brain openai:gpt-4o-mini --budget 2usd
`;

const list = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  ...text.split(",").map((part) => part.trim()),
];

/** `miner start`: comes to the validators and answers until it is told to stop. */
export const minerStart = (open: OpenContext): Command =>
  new Command("start")
    .description("Answer the validators' tasks until stopped; needs no open port")
    .option("--role <roles>", "generator, discriminator, or both (default)", parseRoles)
    .option("--brain <spec>", "who generates: fixtures:Q, openai:MODEL, exec:CMD (default fixtures:1)")
    .option(
      "--judge <spec>",
      "who votes: heuristic, openai:MODEL, exec:CMD (default: the brain if it can, else heuristic)",
    )
    .option(
      "--validator <url>",
      "go to this validator; repeat for several (default: all that the chain names)",
      collectUrl,
    )
    .option("--hotkeys <names>", "several hotkeys of the wallet in one process, with commas")
    .option("--allow <hotkeys>", "only these validators of the chain", list)
    .option("--block <hotkeys>", "none of these validators", list)
    .option("--budget <limit>", "per day: 50 (answers), 200ktok (tokens) or 2usd")
    .option("--price <in/out>", "US dollars for a million tokens in and out, for a budget in money")
    .option("--concurrency <n>", "answers made at the same time (default 4)", parseCount("concurrency"))
    .option("--password-file <file>", "the hotkey's password, one line")
    .addOption(new Option("--notify <where>", "exec:CMD or webhook:URL, called when something needs you"))
    .addHelpText("before", EXAMPLES)
    .action(async (flags: StartFlags, command: Command) => {
      await using ctx = await open(command);
      await runMiners(ctx, flags);
    });

/** Starts one miner for each hotkey and waits for the first Ctrl-C. */
async function runMiners(ctx: Context, flags: StartFlags): Promise<void> {
  const { chooseBrains, openLimits } = await import("./make-brain.ts");
  const { showEstimate, showJudgeReport } = await import("./brain-report.ts");
  const limits = await openLimits(ctx, flags);
  const { budget } = limits;
  const chosen = await chooseBrains(ctx, flags, limits);
  for (const line of showEstimate(chosen, limits)) ctx.out.status(line);
  const signers = await openSigners(ctx, flags);
  const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const directory = flags.validator === undefined ? await openDirectory(ctx, flags, signers) : undefined;
  const { startMiner } = await import("../../../miner/process.ts");
  const { limited } = await import("../../../brains/limited.ts");
  const { openNotifier } = await import("./notifier.ts");
  const notify = openNotifier(ctx, flags.notify);
  const say = reporter(ctx, signers.length > 1);
  const miners: RunningMiner[] = [];
  for (const signer of signers) {
    const stateDir = minerStateDir(ctx, netuid, signer.address);
    miners.push(
      await startMiner({
        signer,
        validators: flags.validator ?? [],
        ...(directory === undefined ? {} : { directory }),
        roles: chosen.roles,
        ...(chosen.brain === undefined ? {} : { brain: limited(chosen.brain, budget) }),
        ...(chosen.judge === undefined ? {} : { judge: limited(chosen.judge, budget) }),
        clock: ctx.clock,
        stateDir,
        ...(netuid === undefined ? {} : { netuid }),
        ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
        onEvent: (event) => {
          say(signer.address, event);
          notify(signer.address, event);
        },
      }),
    );
  }
  ctx.out.event(
    {
      type: "ready",
      at: new Date(ctx.clock.nowMs()).toISOString(),
      hotkeys: signers.map(({ address }) => address),
      roles: chosen.roles,
    },
    () =>
      `Mining as ${signers.map(({ address }) => shortAddress(address)).join(", ")} (${chosen.roles.join(", ")}). Ctrl-C stops.`,
  );
  await ended(ctx.signal);
  await Promise.all(miners.map((miner) => miner.stop()));
  for (const line of showJudgeReport(chosen)) ctx.out.status(line);
}

async function openSigners(ctx: Context, flags: StartFlags): Promise<Signer[]> {
  const { chosenHotkey, openHotkey, unlock } = await import("../../open-wallet.ts");
  const password = { passwordFile: flags.passwordFile };
  if (flags.hotkeys === undefined) return [await openHotkey(ctx, password)];
  const names = [
    ...new Set(
      flags.hotkeys
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    ),
  ];
  const signers: Signer[] = [];
  for (const hotkey of names) signers.push(await unlock(ctx, await chosenHotkey(ctx, { hotkey }), password));
  return signers;
}

async function openDirectory(ctx: Context, flags: StartFlags, signers: readonly Signer[]) {
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("./find-validators.ts");
  const client = await openChain(ctx, { longLived: true });
  const directory = chainDirectory(client, netuid, {
    allow: flags.allow ?? [],
    block: flags.block ?? [],
    own: signers.map(({ address }) => address),
  });
  const found = await directory.find(ctx.signal);
  if (found.length === 0) {
    ctx.out.warn({
      code: "miner.no-validators",
      message: `No validator of subnet ${netuid} has published where it is; looking again every 5 minutes. Name one with --validator URL.`,
    });
  }
  return directory;
}

/** Prints events; a validator that stays away is mentioned once, not at each try. */
function reporter(ctx: Context, many: boolean): (hotkey: string, event: MinerEvent) => void {
  const lastTrouble = new Map<string, string>();
  return (hotkey, event) => {
    const at = new Date(ctx.clock.nowMs()).toISOString();
    if (ctx.flags.json) return ctx.out.event({ ...event, at, hotkey }, () => "");
    if (event.type === "validator-offline" || event.type === "check-in-refused") {
      const key = `${hotkey} ${event.type === "validator-offline" ? event.url : event.validator}`;
      if (lastTrouble.get(key) === event.code) return undefined;
      lastTrouble.set(key, event.code);
    }
    if (event.type === "checked-in" || event.type === "validator-online") lastTrouble.clear();
    const line = minerEventLine(event);
    if (line === undefined || (ctx.flags.quiet && !/refused|failed|missing|offline|spent/.test(event.type)))
      return undefined;
    return ctx.out.event(
      { ...event, at },
      () => `${at.slice(11, 19)} ${many ? `${shortAddress(hotkey)} ` : ""}${line}`,
    );
  };
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });
