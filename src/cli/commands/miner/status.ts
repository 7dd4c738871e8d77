import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import { toHotkey } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import { formatTao, parseTao } from "../../../base/units.ts";
import type { ValidatorAddress } from "../../../miner/ports.ts";
import type { MeResponse } from "../../../protocol/messages.ts";
import { chosenValidators } from "../../chosen-validators.ts";
import type { Context, OpenContext } from "../../context.ts";
import { drawTable } from "../../table.ts";
import { wrapText } from "../../wrap-text.ts";
import { type ChainStanding, drawStanding, fetchStanding } from "./chain-standing.ts";
import { earningsByReason, projectedOverall, projectedShare } from "./earnings.ts";
import { collectUrl } from "./flags.ts";
import { showTraps } from "./session-report.ts";
import { minerStateDir } from "./state-dir.ts";

interface StatusFlags {
  readonly validator?: readonly string[];
  readonly tasks?: boolean;
  readonly passwordFile?: string;
}

interface AtValidator {
  readonly url: string;
  readonly validator: string | null;
  /** As the chain has it; null where it was not asked or does not know this validator. */
  readonly stakeTao: string | null;
  /** Mean share of its weights in the last settled intervals; null before the first. */
  readonly projectedShare: number | null;
  readonly me: MeResponse | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const EXAMPLES = `Examples:
  $ colosseum miner status --netuid 1
  $ colosseum miner status --validator http://127.0.0.1:8091 --tasks
`;

/** `miner status`: what was earned and why, by validator, and where the miner stands on the chain. */
export const minerStatus = (open: OpenContext): Command =>
  new Command("status")
    .description("What was earned and why, and how safe the slot on the chain is")
    .option(
      "--validator <url>",
      "ask this validator; repeat for several (default: all that the chain names)",
      collectUrl,
    )
    .option("--tasks", "list each task with its reason")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: StatusFlags, command: Command) => {
      await using ctx = await open(command);
      const { openHotkey } = await import("../../open-wallet.ts");
      const signer = await openHotkey(ctx, { passwordFile: flags.passwordFile });
      const { chain, addresses } = await standing(ctx, flags, signer.address);
      const asked = await Promise.all(addresses.map((address) => askValidator(ctx, address, signer)));
      const validators = asked.map(({ answer }) => answer);
      const projected = projectedOverall(
        validators.flatMap(({ projectedShare, stakeTao }) =>
          projectedShare === null
            ? []
            : [{ share: projectedShare, stakeRao: stakeTao === null ? undefined : parseTao(stakeTao) }],
        ),
      );
      const receipts = receiptsOf(ctx, signer.address);
      const status = { hotkey: signer.address, chain, validators, projectedShare: projected ?? null, receipts };
      ctx.out.result(status, () => draw(ctx, status, flags.tasks === true));
      if (chain?.warning != null) ctx.out.warn(chain.warning);
      const failures = asked.flatMap(({ exitCode }) => (exitCode === undefined ? [] : [exitCode]));
      if (asked.length > 0 && failures.length === asked.length) ctx.exitWith(failedWith(failures));
    });

/** Where nobody gave a report: refused by all of them, or how the first of the others failed. */
const failedWith = (failures: readonly ExitCode[]): ExitCode =>
  failures.find((exitCode) => exitCode !== ExitCode.refused) ?? ExitCode.refused;

/** What the chain says, and whom to ask. Without a netuid the chain is not asked at all. */
async function standing(
  ctx: Context,
  flags: StatusFlags,
  hotkey: string,
): Promise<{ chain: ChainStanding | null; addresses: readonly ValidatorAddress[] }> {
  const named = chosenValidators(ctx, flags.validator).validator?.map((url): ValidatorAddress => ({ url }));
  if (ctx.config.netuid.value === undefined && named !== undefined) return { chain: null, addresses: named };
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("./find-validators.ts");
  const client = await openChain(ctx, { reading: true });
  const chain = await fetchStanding(client, netuid, toHotkey(hotkey));
  const found = await chainDirectory(client, netuid, { allow: [], block: [], own: [hotkey] }).find();
  return { chain, addresses: named?.map(({ url }) => found.find((other) => other.url === url) ?? { url }) ?? found };
}

async function askValidator(
  ctx: Context,
  address: ValidatorAddress,
  signer: Signer,
): Promise<{ readonly answer: AtValidator; readonly exitCode?: ExitCode }> {
  const { connectValidator } = await import("../../../miner/client.ts");
  const client = connectValidator(address, { signer, clock: ctx.clock });
  const { url } = address;
  const stakeTao = address.stakeRao === undefined ? null : formatTao(address.stakeRao);
  try {
    const me = await client.me(ctx.signal);
    const share = projectedShare(me) ?? null;
    return {
      answer: { url, validator: client.validator ?? null, stakeTao, projectedShare: share, me, error: null },
    };
  } catch (thrown) {
    if (ctx.signal.aborted) throw thrown;
    const { code, exitCode } = thrown instanceof ColosseumError ? thrown : { code: "bug", exitCode: ExitCode.bug };
    const error = { code, message: messageOf(thrown) };
    const answer = { url, validator: client.validator ?? null, stakeTao, projectedShare: null, me: null, error };
    return { answer, exitCode };
  }
}

interface Status {
  readonly hotkey: string;
  readonly chain: ChainStanding | null;
  readonly validators: readonly AtValidator[];
  /** Over all validators, by stake. */
  readonly projectedShare: number | null;
  /** The folder of what validators signed for; null where this machine has none. */
  readonly receipts: string | null;
}

/** Where this hotkey's receipts are kept, if it has played from here. */
function receiptsOf(ctx: Context, hotkey: string): string | null {
  const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const folder = join(minerStateDir(ctx, netuid, hotkey), "receipts");
  return existsSync(folder) ? folder : null;
}

const showShare = (share: number): string => `${(share * 100).toFixed(1)} %`;

function draw(ctx: Context, { hotkey, chain, validators, ...overall }: Status, tasks: boolean): string {
  const lines = [`Miner ${hotkey}`];
  if (chain !== null) lines.push(...drawStanding(chain).flatMap((line) => wrapText(line, ctx.out.lineWidth, "    ")));
  if (overall.projectedShare !== null && validators.length > 1)
    lines.push(
      `  Projected: ${showShare(overall.projectedShare)} of the incentive, by the stake of those who answered.`,
    );
  if (validators.length === 0)
    lines.push("", "No validator of this subnet has published where it is. Name one: --validator URL");
  for (const { url, validator, projectedShare: share, me, error } of validators) {
    lines.push("", `Validator ${validator === null ? "" : `${shortAddress(validator)} `}at ${escapeControl(url)}`);
    if (me === null) {
      lines.push(`  ${escapeControl(error?.message ?? "")}`);
      continue;
    }
    lines.push(
      `  ${me.eligible ? "Checked in" : "Not checked in"}; ${me.open} task${me.open === 1 ? "" : "s"} open; ${showTraps(me.traps)}.`,
    );
    if (share !== null)
      lines.push(`  Projected weight: ${showShare(share)} of its row, the mean of the last settled intervals.`);
    if (me.intervals.length > 0) {
      const burns = me.intervals.some(({ weight, weightBeforeBurn = weight }) => weight !== weightBeforeBurn);
      const rows = me.intervals
        .slice(-8)
        .map((interval) => [
          String(interval.n),
          interval.score.toFixed(4),
          `${(interval.share * 100).toFixed(1)} %`,
          String(interval.weight),
          ...(burns ? [String(interval.weightBeforeBurn ?? interval.weight)] : []),
          `${interval.rank} of ${interval.miners}`,
        ]);
      const titles = ["interval", "score", "share", "weight", ...(burns ? ["before burn"] : []), "place"];
      const columns = titles.map((title) => ({
        title,
        align: "right" as const,
      }));
      lines.push(...indent(drawTable(columns, rows, ctx.out.columns - 2)));
    }
    if (me.tasks.length > 0) {
      const rows = earningsByReason(me).map(({ role, reason, tasks: count, earned }) => [
        role,
        reason,
        String(count),
        earned.toFixed(4),
      ]);
      const columns = [
        { title: "role" },
        { title: "reason" },
        { title: "tasks", align: "right" as const },
        { title: "earned", align: "right" as const },
      ];
      lines.push("", ...indent(drawTable(columns, rows, ctx.out.columns - 2)));
    }
    if (tasks && me.tasks.length > 0) {
      const rows = me.tasks
        .slice(-40)
        .map((task) => [String(task.interval), task.id, task.kind, task.role, task.earned.toFixed(4), task.reason]);
      const columns = [
        { title: "interval", align: "right" as const },
        { title: "task", priority: 2 },
        { title: "kind" },
        { title: "role", priority: 1 },
        { title: "earned", align: "right" as const },
        { title: "reason" },
      ];
      lines.push(...indent(drawTable(columns, rows, ctx.out.columns - 2)));
    }
  }
  if (overall.receipts !== null)
    lines.push(
      "",
      "Receipts, to hold a validator's log against: colosseum audit URL --receipts DIR",
      `  ${overall.receipts}`,
    );
  return lines.join("\n");
}

const indent = (table: string): string[] => table.split("\n").map((line) => `  ${line}`);
