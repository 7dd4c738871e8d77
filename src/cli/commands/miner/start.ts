import { Command, Option } from "commander";
import { ColosseumError } from "../../../base/errors.ts";
import { type Netuid, toHotkey } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import { parseTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { MinerEvent } from "../../../miner/events.ts";
import type { RunningMiner } from "../../../miner/process.ts";
import { chosenValidators } from "../../chosen-validators.ts";
import type { Context, OpenContext } from "../../context.ts";
import { eventPrinter } from "./event-printer.ts";
import { collectHotkeys, collectUrl, parseCount, parseRoles, type RoleFlag } from "./flags.ts";
import type { ChosenBrains } from "./make-brain.ts";
import { minerStateDir } from "./state-dir.ts";
import { type StandingEvent, watchStanding } from "./watch-standing.ts";

export interface StartFlags {
  readonly role?: readonly RoleFlag[];
  readonly brain?: string;
  readonly judge?: string;
  readonly validator?: readonly string[];
  readonly hotkeys?: string;
  readonly allow?: readonly string[];
  readonly block?: readonly string[];
  readonly minStake?: bigint;
  readonly budget?: string;
  readonly price?: string;
  readonly concurrency?: number;
  readonly passwordFile?: string;
  readonly notify?: string;
}

/** How long a validator has for the last question of a session. */
const ASK_LAST_MS = 3_000;

const EXAMPLES = `Examples:
  $ colosseum miner start --validator http://127.0.0.1:8091 --brain fixtures:0.8
  $ colosseum miner start --netuid 1 --brain exec:./agent.sh --judge heuristic
  $ colosseum miner start --netuid 1 --brain openai:gpt-4o-mini --budget 2usd --price 0.15/0.60
`;

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
    .option("--allow <hotkeys>", "only these validators of the chain", collectHotkeys)
    .option("--block <hotkeys>", "none of these validators", collectHotkeys)
    .option("--min-stake <tao>", "only validators of the chain with at least this stake (default: any)", parseTao)
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
async function runMiners(ctx: Context, given: StartFlags): Promise<void> {
  const flags = { ...given, ...chosenValidators(ctx, given.validator) };
  const { chooseBrains, openLimits } = await import("./make-brain.ts");
  const { showEstimate } = await import("./estimate.ts");
  const { openNotifier } = await import("./notifier.ts");
  const notifier = openNotifier(ctx, flags.notify);
  const signers = await openSigners(ctx, flags);
  const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const [first] = signers;
  const limits = await openLimits(
    ctx,
    flags,
    first === undefined ? undefined : minerStateDir(ctx, netuid, first.address),
  );
  const { budget } = limits;
  const chosen = await chooseBrains(ctx, flags, limits);
  for (const line of showEstimate(chosen, limits)) ctx.out.status(line);
  const { startMiner } = await import("../../../miner/process.ts");
  const { limited } = await import("../../../brains/limited.ts");
  const print = eventPrinter(ctx, signers.length > 1);
  const tell = (hotkey: string, event: MinerEvent | StandingEvent): void => {
    print(hotkey, event);
    notifier.event(hotkey, event);
  };
  const chain = flags.validator === undefined ? await openChainSide(ctx, flags, signers) : undefined;
  // Who names the validators needs no chain to play, but is warned of losing the slot all the same.
  const slots = chain ?? (netuid === undefined ? undefined : slotsWithoutHurry(ctx, netuid));
  const online = new Map<string, string>();
  const miners: RunningMiner[] = [];
  const watching: Promise<void>[] = [];
  for (const signer of signers) {
    miners.push(
      await startMiner({
        signer,
        validators: flags.validator ?? [],
        ...(chain === undefined ? {} : { directory: chain.directory }),
        roles: chosen.roles,
        ...(chosen.brain === undefined ? {} : { brain: limited(chosen.brain, budget) }),
        ...(chosen.judge === undefined ? {} : { judge: limited(chosen.judge, budget) }),
        clock: ctx.clock,
        stateDir: minerStateDir(ctx, netuid, signer.address),
        ...(netuid === undefined ? {} : { netuid }),
        ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
        onEvent: (event) => {
          if (event.type === "validator-online") online.set(event.url, event.validator);
          tell(signer.address, event);
        },
      }),
    );
    if (slots !== undefined)
      watching.push(
        watchStanding(
          () => slots.standing(signer.address),
          (event) => tell(signer.address, event),
          ctx.clock,
          ctx.signal,
        ),
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
      `Mining as ${signers.map(({ address }) => shortAddress(address)).join(", ")} (${cast(chosen)}). Ctrl-C stops.`,
  );
  await ended(ctx.signal);
  await Promise.all([...miners.map((miner) => miner.stop()), ...watching]);
  const kept = miners.reduce((sum, { unsent }) => sum + unsent, 0);
  if (kept > 0)
    ctx.out.status(`${kept} answer${kept === 1 ? " was" : "s were"} not delivered; the next start sends what is kept.`);
  const { sessionReport } = await import("./session-report.ts");
  const traps = chosen.judge === undefined ? [] : await askTraps(ctx, signers, online);
  const { lines, facts } = sessionReport(chosen, traps);
  ctx.out.event({ type: "session", at: new Date(ctx.clock.nowMs()).toISOString(), ...facts }, () => lines.join("\n"));
}

/** Which brain plays which role. */
const cast = ({ roles, brain, judge }: ChosenBrains): string =>
  roles.map((role) => `${role}: ${escapeControl((role === "generator" ? brain : judge)?.spec ?? "nobody")}`).join(", ");

/** The trap record at each validator that was reached; one that is away now is left out. */
async function askTraps(ctx: Context, signers: readonly Signer[], online: ReadonlyMap<string, string>) {
  const { connectValidator } = await import("../../../miner/client.ts");
  const asked = signers.flatMap((signer) => [...online].map(([url, validator]) => ({ signer, url, validator })));
  const found = await Promise.all(
    asked.map(async ({ signer, url, validator }) => {
      try {
        const client = connectValidator({ url }, { signer, clock: ctx.clock, requestTimeoutMs: ASK_LAST_MS });
        return [{ hotkey: signer.address, validator, traps: (await client.me()).traps }];
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
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

/** What the chain is good for: finding validators, and watching over the slot. */
async function openChainSide(ctx: Context, flags: StartFlags, signers: readonly Signer[]) {
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("./find-validators.ts");
  const { fetchStanding } = await import("./chain-standing.ts");
  const client = await openChain(ctx);
  const directory = chainDirectory(client, netuid, {
    allow: flags.allow ?? [],
    block: flags.block ?? [],
    own: signers.map(({ address }) => address),
    ...(flags.minStake === undefined ? {} : { minStakeRao: flags.minStake }),
  });
  return { directory, standing: (hotkey: string) => fetchStanding(client, netuid, toHotkey(hotkey)) };
}

/** The slots' standing by a chain that is connected to at the first question, and again until it is there. */
function slotsWithoutHurry(ctx: Context, netuid: Netuid) {
  let client: Promise<ChainClient> | undefined;
  let told = false;
  const connect = async (): Promise<ChainClient> => {
    const { openChain } = await import("../../open-chain.ts");
    return openChain(ctx);
  };
  return {
    standing: async (hotkey: string) => {
      const { fetchStanding } = await import("./chain-standing.ts");
      client ??= connect();
      const connected = await client.catch((thrown: unknown) => {
        client = undefined;
        if (!told && thrown instanceof ColosseumError && !ctx.signal.aborted) {
          const { code, message } = thrown;
          ctx.out.warn({ code, message: `${message} The miner plays on; nobody watches over its slot meanwhile.` });
        }
        told = true;
        throw thrown;
      });
      return fetchStanding(connected, netuid, toHotkey(hotkey));
    },
  };
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    return undefined;
  });
