import { Command } from "commander";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import { toHotkey } from "../../../base/ids.ts";
import type { Signer } from "../../../base/ports.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import { showDuration, showTao } from "../../../base/units.ts";
import type { MeResponse } from "../../../protocol/messages.ts";
import type { Context, OpenContext } from "../../context.ts";
import { drawTable } from "../../table.ts";
import { type ChainStanding, fetchStanding } from "./chain-standing.ts";
import { collectUrl } from "./flags.ts";

interface StatusFlags {
  readonly validator?: readonly string[];
  readonly tasks?: boolean;
  readonly passwordFile?: string;
}

interface AtValidator {
  readonly url: string;
  readonly validator: string | null;
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
      const { chain, urls } = await standing(ctx, flags, signer.address);
      const validators = await Promise.all(urls.map((url) => askValidator(ctx, url, signer)));
      ctx.out.result({ hotkey: signer.address, chain, validators }, () =>
        draw(ctx, signer.address, chain, validators, flags.tasks === true),
      );
      if (validators.length > 0 && validators.every(({ me }) => me === null)) ctx.exitWith(ExitCode.network);
    });

/** What the chain says, and whom to ask. Without a netuid the chain is not asked at all. */
async function standing(
  ctx: Context,
  flags: StatusFlags,
  hotkey: string,
): Promise<{ chain: ChainStanding | null; urls: readonly string[] }> {
  if (ctx.config.netuid.value === undefined && flags.validator !== undefined)
    return { chain: null, urls: flags.validator };
  const netuid = ctx.netuid();
  const { openChain } = await import("../../open-chain.ts");
  const { chainDirectory } = await import("./find-validators.ts");
  const client = await openChain(ctx, { reading: true });
  const chain = await fetchStanding(client, netuid, toHotkey(hotkey));
  const found =
    flags.validator ??
    (await chainDirectory(client, netuid, { allow: [], block: [], own: [hotkey] }).find()).map(({ url }) => url);
  return { chain, urls: found };
}

async function askValidator(ctx: Context, url: string, signer: Signer): Promise<AtValidator> {
  const { connectValidator } = await import("../../../miner/client.ts");
  const client = connectValidator({ url }, { signer, clock: ctx.clock });
  try {
    const me = await client.me(ctx.signal);
    return { url, validator: client.validator ?? null, me, error: null };
  } catch (thrown) {
    if (ctx.signal.aborted) throw thrown;
    const code = thrown instanceof ColosseumError ? thrown.code : "bug";
    return { url, validator: client.validator ?? null, me: null, error: { code, message: messageOf(thrown) } };
  }
}

function draw(
  ctx: Context,
  hotkey: string,
  chain: ChainStanding | null,
  validators: readonly AtValidator[],
  tasks: boolean,
): string {
  const lines = [`Miner ${hotkey}`];
  if (chain !== null) lines.push(...drawStanding(chain));
  if (validators.length === 0)
    lines.push("", "No validator of this subnet has published where it is. Name one: --validator URL");
  for (const { url, validator, me, error } of validators) {
    lines.push("", `Validator ${validator === null ? "" : `${shortAddress(validator)} `}at ${escapeControl(url)}`);
    if (me === null) {
      lines.push(`  ${escapeControl(error?.message ?? "")}`);
      continue;
    }
    const { faced, avoided } = me.traps;
    lines.push(
      `  ${me.eligible ? "Checked in" : "Not checked in"}; ${me.open} task${me.open === 1 ? "" : "s"} open; traps: ${avoided} of ${faced} avoided.`,
    );
    if (me.intervals.length > 0) {
      const rows = me.intervals
        .slice(-8)
        .map((interval) => [
          String(interval.n),
          interval.score.toFixed(4),
          `${(interval.share * 100).toFixed(1)} %`,
          String(interval.weight),
          `${interval.rank} of ${interval.miners}`,
        ]);
      const columns = ["interval", "score", "share", "weight", "place"].map((title) => ({
        title,
        align: "right" as const,
      }));
      lines.push(...indent(drawTable(columns, rows, ctx.out.columns - 2)));
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
  return lines.join("\n");
}

const indent = (table: string): string[] => table.split("\n").map((line) => `  ${line}`);

function drawStanding(chain: ChainStanding): string[] {
  const { netuid, uid } = chain;
  const price = `A slot costs ${showTao(BigInt(chain.registrationCostRao))} now.`;
  if (uid === null) return [`Not registered in subnet ${netuid}. ${price}`];
  const time = showDuration(chain.immunityMsLeft);
  const immunity =
    chain.immunityBlocksLeft > 0 ? `immune for ${chain.immunityBlocksLeft} blocks (${time})` : "immunity is over";
  const place =
    chain.pruneRank === null
      ? "cannot be replaced"
      : chain.slotsFree > 0
        ? `${chain.slotsFree} slots are free, so nobody is replaced`
        : `${chain.pruneRank - 1} would be replaced before it`;
  const soon = chain.inDanger
    ? ["  Warning: it is among the next to be replaced; earn more before its immunity ends."]
    : [];
  return [
    `  uid ${uid} in subnet ${netuid}: incentive ${(chain.incentive * 100).toFixed(2)} %, ${immunity}, ${place}. ${price}`,
    ...soon,
  ];
}
