import { ColosseumError, ExitCode, UsageError } from "../../../base/errors.ts";
import { type Netuid, toNetuid } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context, OpenedKeys } from "../../context.ts";
import { askConfirmation } from "../../prompts.ts";
import { showLine } from "../../shell-line.ts";
import type { Answers, Scene } from "./answers.ts";
import { askNetuid, askNetwork, askPlayer, askWallet } from "./questions.ts";
import { type InitFlags, restOf } from "./rest-of-answers.ts";
import { agreeToOverwrite, type Settings, saveFile, saveSettings } from "./save.ts";
import { againLine, chainSteps, lacksTao, lastLine, type Step, walletSteps } from "./steps.ts";

/** Asks, shows what will be done, does it by our own commands, keeps the settings, starts or says what is next. */
export async function runInit(ctx: Context, flags: InitFlags): Promise<void> {
  const as = await askPlayer(ctx, flags.as);
  if (flags.preset !== undefined) {
    const { ruleSetNamed } = await import("../../../mechanism/rule-set.ts");
    ruleSetNamed(flags.preset);
  }
  if (as === "designer") return finish(ctx, designer(flags), [], undefined);
  const network = await askNetwork(ctx);
  const client = await reachChain(ctx, network);
  const { fetchSubnets } = await import("../../../chain/subnets.ts");
  const { isDevelopment, lookAround } = await import("./scene.ts");
  const { listWallets } = await import("../../../wallet/folder.ts");
  const wallets = await listWallets(ctx.paths.walletDir, (oddity) => ctx.out.warn(oddity));
  const { wallet, hotkey } = await askWallet(ctx, wallets);
  const subnets = await fetchSubnets(client);
  const netuid = await askNetuid(ctx, subnets, await isDevelopment(client));
  const entry = wallets.find(({ name }) => name === wallet);
  const scene = await lookAround(client, subnets, netuid, entry, hotkey);
  refuseMissingSubnet(subnets, netuid, scene);
  const chosen = { as, network, wallet, hotkey, netuid };
  const answers = await restOf(ctx, client, chosen, scene, flags);

  const file = saveFile(ctx, answers.save);
  const { validators } = answers;
  const settings: Settings = {
    ...{ network, netuid, wallet, hotkey },
    ...(validators.length === 0 ? {} : { validator: validators.join(",") }),
  };
  const makesKeys = walletSteps(answers, scene, flags);
  const keys: OpenedKeys = new Map();
  // The address of a coldkey that is yet to be made is filled in once it is there.
  const planned = [...makesKeys, ...chainSteps(answers, scene, entry?.coldkey ?? "COLDKEY", flags)];
  const isPoor = lacksTao(answers, scene);
  if (ctx.flags.dryRun) {
    if (isPoor) ctx.out.warn(needsTao(answers, scene, entry?.coldkey));
    return tell(ctx, answers, { wouldRun: planned, file, settings });
  }
  if (file !== undefined) await agreeToOverwrite(ctx, file, settings);
  await agreeToPlan(ctx, planned, file, scene.development);
  if (!(await runSteps(ctx, makesKeys, keys))) return;
  const made = (await listWallets(ctx.paths.walletDir, () => undefined)).find(({ name }) => name === wallet);
  const onChain = chainSteps(answers, scene, made?.coldkey ?? "", flags);
  if (!(await runSteps(ctx, onChain, keys))) return;
  keys.clear();
  if (file !== undefined) {
    await saveSettings(file, settings);
    ctx.out.status(`Kept network, subnet and wallet in ${file}`);
  }
  if (isPoor) throw stopForTao(ctx, answers, scene, made?.coldkey, file !== undefined);
  client.close();
  await finish(ctx, answers, [...makesKeys, ...onChain], file === undefined ? undefined : { file, settings });
}

const needsTao = (answers: Answers, scene: Scene, coldkey: string | null | undefined) => ({
  code: "init.needs-tao",
  message: `A slot in subnet ${answers.netuid} costs ${scene.slotTao.toFixed(9)} τ now, and the coldkey ${coldkey ?? `of "${answers.wallet}"`} has ${scene.freeTao.toFixed(9)} τ.`,
});

/** Where money is no matter of a faucet, the person has to send some; everything else is done by then. */
function stopForTao(
  ctx: Context,
  answers: Answers,
  scene: Scene,
  coldkey: string | null | undefined,
  saved: boolean,
): ColosseumError {
  const { code, message } = needsTao(answers, scene, coldkey);
  return new ColosseumError(message, {
    code,
    exitCode: ExitCode.refused,
    hint: `Send it more than that, then go on with: ${showLine([...againLine(answers, saved), ...placeFlags(ctx)])}`,
    details: { coldkey: coldkey ?? null, haveTao: scene.freeTao.toFixed(9), needTao: scene.slotTao.toFixed(9) },
  });
}

const designer = (flags: InitFlags): Answers => ({
  ...{ as: "designer", network: "local", wallet: "default", hotkey: "default", netuid: toNetuid(0), save: "none" },
  ...{ maxCostTao: undefined, brain: undefined, judge: undefined, budget: undefined, validators: [] },
  ...{ preset: flags.preset, listen: undefined, publicUrl: undefined, handle: undefined, start: false },
});

/** The chain, or, at a terminal, a second chance after it was started. */
async function reachChain(ctx: Context, network: string): Promise<ChainClient> {
  const { parseNetwork } = await import("../../../chain/networks.ts");
  const { ChainClient } = await import("../../../chain/client.ts");
  for (;;) {
    try {
      const client = await ChainClient.connect({
        network: parseNetwork(network),
        clock: ctx.clock,
        signal: ctx.signal,
      });
      ctx.defer(() => client.close());
      return client;
    } catch (error) {
      const isAway = error instanceof ColosseumError && error.exitCode === ExitCode.network;
      if (!isAway || !ctx.interactive || network !== "local") throw error;
      ctx.out.status("No chain answers on this machine. Start one in another terminal: colosseum localnet");
      if (!(await askConfirmation({ ...ctx, flags: { ...ctx.flags, yes: false } }, "Is it running now?"))) throw error;
    }
  }
}

function refuseMissingSubnet(subnets: readonly { readonly netuid: number }[], netuid: Netuid, scene: Scene): void {
  const next = Math.max(0, ...subnets.map((subnet) => subnet.netuid)) + 1;
  if (scene.subnetExists || (scene.development && netuid === next)) return;
  throw new UsageError(`There is no subnet ${netuid} on this chain.`, {
    code: "usage.netuid",
    hint: "See them all: colosseum subnet list",
  });
}

/** At a terminal the lines are shown before the first one runs. */
async function agreeToPlan(
  ctx: Context,
  planned: readonly Step[],
  file: string | undefined,
  development: boolean,
): Promise<void> {
  if (planned.length === 0 && file === undefined) return;
  if (planned.length > 0) ctx.out.status("What is to be done:");
  // A line of its own for each command: it can be copied, however narrow the terminal is.
  for (const { args, why } of planned) ctx.out.status(`  # ${why}\n  ${showLine(args)}`);
  if (!ctx.interactive || planned.length === 0 || (await askConfirmation(ctx, "Do this now?", development))) return;
  throw new ColosseumError("You said no; nothing was changed.", { code: "init.kept", exitCode: ExitCode.refused });
}

/**
 * Runs our own command lines one after the other; the first failure, worded by its command, ends it. A coldkey is unlocked
 * once for all of them, and forgotten before a miner or validator starts.
 */
async function runSteps(ctx: Context, steps: readonly Step[], keys: OpenedKeys): Promise<boolean> {
  const places = placeFlags(ctx);
  for (const { args } of steps) {
    ctx.out.status(`$ ${showLine(args)}`);
    // With --json only a failure is told: one object on stderr, as from the command itself.
    const [how, to] = ctx.flags.json
      ? (["--json", "nowhere"] as const)
      : (["--quiet", ctx.flags.quiet ? "nowhere" : "status"] as const);
    const code = await ctx.runLine([...args, ...places, how], to, keys);
    if (code === ExitCode.ok && !ctx.signal.aborted) continue;
    ctx.exitWith(code);
    return false;
  }
  return true;
}

/** Where wallets, settings and state are, if this command was told so. */
function placeFlags(ctx: Context): string[] {
  const { walletPath } = ctx.config;
  return [
    ...(walletPath.origin === "flag" && walletPath.value !== undefined ? ["--wallet-path", walletPath.value] : []),
    ...(ctx.home === undefined ? [] : ["--home", ctx.home]),
  ];
}

/** What comes next; it names network, subnet and keys unless the settings just kept decide about them. */
function nextLine(ctx: Context, answers: Answers, kept: boolean): string[] {
  const overruled = Object.values(ctx.config).some(
    ({ origin }) => origin === "environment" || (origin === "project file" && answers.save === "user"),
  );
  return [...lastLine(answers, kept && !overruled), ...placeFlags(ctx)];
}

interface Kept {
  readonly file: string;
  readonly settings: Settings;
}

async function finish(ctx: Context, answers: Answers, done: readonly Step[], kept: Kept | undefined): Promise<void> {
  const line = nextLine(ctx, answers, kept !== undefined);
  if (answers.start) {
    ctx.out.status(`$ ${showLine(line)}`);
    ctx.exitWith(await ctx.runLine([...line, ...(ctx.flags.json ? ["--json"] : [])], "result"));
    return;
  }
  tell(ctx, answers, { done, ...(kept ?? { file: undefined, settings: {} }) });
}

interface Told {
  readonly done?: readonly Step[];
  readonly wouldRun?: readonly Step[];
  readonly file: string | undefined;
  readonly settings: Settings;
}

function tell(ctx: Context, answers: Answers, told: Told): void {
  const next = showLine(nextLine(ctx, answers, told.file !== undefined));
  const lines = (steps: readonly Step[]): string[] => steps.map(({ args }) => showLine(args));
  const { as } = answers;
  const saved = told.file === undefined ? null : { file: told.file, settings: told.settings };
  if (told.wouldRun !== undefined) {
    const wouldRun = lines(told.wouldRun);
    const keeps = told.file === undefined ? [] : [`Would keep the settings in ${told.file}`];
    ctx.out.result({ as, wouldRun, wouldSave: saved, next }, () => [...wouldRun, ...keeps, `Then: ${next}`].join("\n"));
    return;
  }
  ctx.out.result({ as, done: lines(told.done ?? []), saved, next }, () => `Next: ${next}`);
}
