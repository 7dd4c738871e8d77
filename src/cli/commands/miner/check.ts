import { Command } from "commander";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import type { Signer } from "../../../base/ports.ts";
import { escapeControl } from "../../../base/text.ts";
import { showDuration } from "../../../base/units.ts";
import { chosenValidators } from "../../chosen-validators.ts";
import type { Context, OpenContext } from "../../context.ts";
import { SAMPLE_MS, sampleGenerate, sampleJudge } from "./brain-sample.ts";
import type { CheckResult } from "./check-result.ts";
import { collectUrl, parseRoles } from "./flags.ts";
import type { StartFlags } from "./start.ts";
import { minerStateDir } from "./state-dir.ts";

const EXAMPLES = `Examples:
  $ colosseum miner check --netuid 1 --brain exec:./agent.sh
  $ colosseum miner check --validator http://127.0.0.1:8091 --brain fixtures:0.8
`;

/** `miner check`: tries everything that `miner start` will need, before anything costs money. */
export const minerCheck = (open: OpenContext): Command =>
  new Command("check")
    .description("Try wallet, registration, validators, clock and brains before anything costs money")
    .option("--role <roles>", "generator, discriminator, or both (default)", parseRoles)
    .option("--brain <spec>", "who generates")
    .option("--judge <spec>", "who votes")
    .option("--validator <url>", "try this validator; repeat for several", collectUrl)
    .option("--budget <limit>", "as in: colosseum miner start")
    .option("--price <in/out>", "US dollars for a million tokens in and out, for a budget in money")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: StartFlags, command: Command) => {
      await using ctx = await open(command);
      const checks = await runChecks(ctx, flags);
      ctx.out.result({ checks }, () => checks.map(drawCheck).join("\n"));
      if (checks.some(({ status }) => status === "fail")) ctx.exitWith(ExitCode.findings);
    });

const SIGNS = { ok: "ok  ", warn: "warn", fail: "FAIL", skip: "skip" } as const;
const drawCheck = ({ id, status, message, hint }: CheckResult): string =>
  `${SIGNS[status]}  ${id.padEnd(13)} ${escapeControl(message)}${hint === null ? "" : `\n      ${" ".repeat(13)} ${escapeControl(hint)}`}`;

type Tried = Omit<CheckResult, "id">;
const ok = (message: string): Tried => ({ status: "ok", message, hint: null });
const skip = (message: string): Tried => ({ status: "skip", message, hint: null });

async function tryIt(id: string, what: () => Promise<Tried>): Promise<CheckResult> {
  try {
    return { id, ...(await what()) };
  } catch (thrown) {
    const hint = thrown instanceof ColosseumError ? (thrown.hint ?? null) : null;
    return { id, status: "fail", message: messageOf(thrown), hint };
  }
}

async function runChecks(ctx: Context, flags: StartFlags): Promise<CheckResult[]> {
  const { validator: named } = chosenValidators(ctx, flags.validator);
  const results: CheckResult[] = [];
  const step = async (id: string, what: () => Promise<Tried>): Promise<void> => {
    const asksBrain = id === "generator" || id === "discriminator";
    ctx.out.status(`Checking ${id}…${asksBrain ? ` (it has ${showDuration(SAMPLE_MS)})` : ""}`);
    const result = await tryIt(id, what);
    results.push({ ...result, hint: result.hint === null ? null : ctx.out.inScope(result.hint) });
  };
  let signer: Signer | undefined;
  await step("wallet", async () => {
    const { openHotkey } = await import("../../open-wallet.ts");
    signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
    return ok(`The hotkey ${signer.address} opens.`);
  });
  const hotkey = signer?.address;
  const urls: { url: string; hotkey?: string }[] = (named ?? []).map((url) => ({ url }));
  await step("registration", () => checkRegistration(ctx, hotkey, named === undefined, urls));
  await step("validators", async () => {
    if (urls.length > 0) return ok(`${urls.length} to ask.`);
    if (results.some(({ id, status }) => id === "registration" && status !== "ok"))
      return skip("The chain was not asked who they are; --validator URL names one.");
    return {
      status: "fail",
      message: "No validator of this subnet has published where it is.",
      hint: "Name one: --validator URL",
    };
  });
  const skewsMs: number[] = [];
  for (const { url, hotkey: expected } of urls)
    await step("validator", () => checkValidator(ctx, url, expected, signer, (skewMs) => skewsMs.push(skewMs)));
  await step("clock", async () => checkClock(skewsMs));
  await checkBrains(ctx, flags, hotkey, step);
  return named === undefined ? someReached(results) : results;
}

/** One validator of the chain that is away is nothing to stop for while another is there. */
function someReached(results: readonly CheckResult[]): CheckResult[] {
  const reached = results.some(({ id, status }) => id === "validator" && status === "ok");
  return results.map((result) =>
    reached && result.id === "validator" && result.status === "fail" ? { ...result, status: "warn" } : result,
  );
}

/** Signatures carry the time: a validator takes none that is more than 10 s old or 2 s ahead (`protocol/auth`). */
const MOST_SKEW_MS = 2_000;

function checkClock(skewsMs: readonly number[]): Tried {
  const [least] = [...skewsMs].sort((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined) return skip("No validator told its time.");
  // Where several differ, ours is right if one of them agrees.
  if (Math.abs(least) <= MOST_SKEW_MS) return ok("This machine's clock agrees with the validators'.");
  return {
    status: "warn",
    message: `This machine's clock is ${showDuration(Math.abs(least))} ${least > 0 ? "behind" : "ahead of"} the validators'; the miner follows theirs.`,
    hint: "Set this machine's clock: timedatectl set-ntp true",
  };
}

async function checkRegistration(
  ctx: Context,
  hotkey: string | undefined,
  findValidators: boolean,
  urls: { url: string; hotkey?: string }[],
): Promise<Tried> {
  if (hotkey === undefined) return skip("Without a hotkey there is nothing to look for.");
  if (ctx.config.netuid.value === undefined) {
    return findValidators
      ? { status: "fail", message: "Which subnet? No netuid was given.", hint: "Add --netuid N" }
      : skip("No --netuid was given, so the chain was not asked; the validator will say.");
  }
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("./find-validators.ts");
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const client = await openChain(ctx, { reading: true });
  if (findValidators)
    urls.push(...(await chainDirectory(client, netuid, { allow: [], block: [], own: [hotkey] }).find()));
  const { neurons } = await fetchMetagraph(client, netuid);
  const neuron = neurons.find((candidate) => candidate.hotkey === hotkey);
  if (neuron !== undefined) {
    return ok(
      `Registered in subnet ${netuid} as uid ${neuron.uid}; ${neuron.immunityBlocksLeft} blocks of immunity left.`,
    );
  }
  return {
    status: "fail",
    message: `Not registered in subnet ${netuid}.`,
    hint: `See the price: colosseum register --netuid ${netuid} --dry-run`,
  };
}

async function checkValidator(
  ctx: Context,
  url: string,
  expected: string | undefined,
  signer: Signer | undefined,
  onSkew: (skewMs: number) => void,
): Promise<Tried> {
  const { connectValidator } = await import("../../../miner/client.ts");
  const { OtherSubnetError } = await import("../../../miner/errors.ts");
  const { toHotkey } = await import("../../../base/ids.ts");
  if (signer === undefined) return skip(`${url} was not asked without a hotkey.`);
  const address = expected === undefined ? { url } : { url, hotkey: toHotkey(expected) };
  const client = connectValidator(address, { signer, clock: ctx.clock });
  const info = await client.info(ctx.signal);
  if (ctx.config.netuid.value !== undefined && info.netuid !== ctx.netuid()) {
    throw new OtherSubnetError(url, info.netuid, ctx.netuid());
  }
  onSkew(Date.parse(info.now) - ctx.clock.nowMs());
  // A signed question: shows that clock, key and registration are what the validator wants, and earns no duty.
  await client.me(ctx.signal);
  return ok(`${url} knows this hotkey (subnet ${info.netuid}, rules ${info.preset}).`);
}

async function checkBrains(
  ctx: Context,
  flags: StartFlags,
  hotkey: string | undefined,
  step: (id: string, what: () => Promise<Tried>) => Promise<void>,
): Promise<void> {
  const { chooseBrains, openLimits } = await import("./make-brain.ts");
  const { estimate, setAside, showEstimate } = await import("./estimate.ts");
  const { endpointName } = await import("../../../brains/openai.ts");
  let chosen: Awaited<ReturnType<typeof chooseBrains>> | undefined;
  let limits: Awaited<ReturnType<typeof openLimits>> = {};
  await step("brains", async () => {
    const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
    // What the samples cost counts towards the day.
    limits = await openLimits(ctx, flags, hotkey === undefined ? undefined : minerStateDir(ctx, netuid, hotkey));
    chosen = await chooseBrains(ctx, flags, limits);
    const names = [chosen.brain, chosen.judge].flatMap((brain) => (brain === undefined ? [] : [brain.spec]));
    const asksModel = names.some((name) => name.startsWith("openai:"));
    const where = asksModel ? `; the model is asked at ${endpointName(ctx.io.env)}` : "";
    return ok(`${[...new Set(names)].join(" and ")}${where}.`);
  });
  if (chosen !== undefined) {
    for (const line of showEstimate(chosen, limits)) ctx.out.status(line);
    const { budget } = limits;
    const [each = 0, aside = 0] = [estimate(chosen, limits), setAside(chosen, limits)];
    await step("budget", async () => {
      if (budget === undefined) return skip("No --budget was given.");
      const { unit, perDay } = budget.limit;
      const left = Number(budget.left().toFixed(4));
      if (budget.left() <= 0 || Math.max(each, aside) > budget.left()) {
        const forWhat =
          aside > budget.left()
            ? `one request, which sets aside ${Number(aside.toFixed(4))} ${unit} before it is sent`
            : "one answer of each role";
        return {
          status: "fail",
          message: `Of ${perDay} ${unit} a day ${left} are left: not enough for ${forWhat}.`,
          hint: "Raise --budget, or wait for 00:00 UTC.",
        };
      }
      return ok(`Of ${perDay} ${unit} a day ${left} are left.`);
    });
  }
  const { brain, judge } = chosen ?? {};
  if (brain !== undefined) await step("generator", async () => sampleGenerate(ctx, brain));
  if (judge !== undefined) await step("discriminator", async () => sampleJudge(ctx, judge));
  await Promise.all([brain?.close?.(), judge?.close?.()]);
}
