import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { toColdkey } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { SettingWish } from "../../../chain/setting-calls.ts";
import type { Context, OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, openColdkey } from "../../open-wallet.ts";
import { drawTable } from "../../table.ts";
import { settingMeaning } from "./setting-meaning.ts";

interface HyperparameterFlags {
  readonly set?: readonly SettingWish[];
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum subnet hyperparameters --netuid 1
  $ colosseum subnet hyperparameters --netuid 1 -w owner --set tempo=720 --set immunity_period=7200 --dry-run
`;

const parseWish = (text: string, before: readonly SettingWish[] = []): readonly SettingWish[] => {
  const [, name, value] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) {
    if (before.every((wish) => wish.name !== name)) return [...before, { name, values: value.split(",") }];
    throw new UsageError(`${name} is set twice.`, { code: "usage.setting", hint: "Set each once." });
  }
  throw new UsageError(`"${text.slice(0, 80)}" is not NAME=VALUE.`, {
    code: "usage.setting",
    hint: "For example: --set tempo=720",
  });
};

/** `subnet hyperparameters`: what the chain holds, and with `--set` what its owner wants it to hold. */
export const subnetHyperparameters = (open: OpenContext): Command =>
  new Command("hyperparameters")
    .alias("hparams")
    .description("A subnet's settings, by the chain's own names; its owner (-w) changes them with --set")
    .option("--set <name=value>", "change one, in the chain's own unit; repeatable, all or none take effect", parseWish)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: HyperparameterFlags, command: Command) => {
      await using ctx = await open(command);
      if (flags.set === undefined) await show(ctx);
      else await change(ctx, flags.set, flags.passwordFile);
    });

async function show(ctx: Context): Promise<void> {
  const netuid = ctx.netuid();
  const client = await openChain(ctx, { reading: true });
  const { fetchHyperparameters } = await import("../../../chain/hyperparameters.ts");
  const [hyperparameters, head] = await Promise.all([fetchHyperparameters(client, netuid), client.head()]);
  ctx.out.result({ netuid, block: head.number, hyperparameters }, () =>
    drawTable(
      [{ title: "NAME" }, { title: "VALUE", align: "right" }, { title: "MEANS", priority: 1 }],
      Object.entries(hyperparameters).map(([name, value]) => [name, String(value), settingMeaning(name, value)]),
      ctx.out.columns,
    ),
  );
}

const READ_BACK: ReadonlyMap<boolean | null, string> = new Map([
  [true, ", read back and equal"],
  [false, "; the chain shows something else"],
  [null, "; the chain does not show all of it, so it was not read back"],
]);

async function change(ctx: Context, wishes: readonly SettingWish[], passwordFile: string | undefined): Promise<void> {
  const netuid = ctx.netuid();
  const coldkey = toColdkey(await coldkeyAddress(ctx));
  const client: ChainClient = await openChain(ctx);
  const { changeSettings, planSettings } = await import("../../../chain/change-settings.ts");
  const plan = await planSettings(client, netuid, coldkey, wishes);
  const table = drawTable(
    [{ title: "NAME" }, { title: "NOW", align: "right" }, { title: "WISHED", align: "right" }],
    plan.changes.map(({ name, from, to }) => [name, from === null ? "-" : String(from), String(to)]),
    ctx.out.columns,
  );
  if (ctx.flags.dryRun) {
    const { by, block, changes } = plan;
    ctx.out.result({ netuid, block, by, changes, wouldSend: true }, () => `${table}\nNothing was sent.`);
    return;
  }
  const words = plan.changes.map(({ name, from, to }) => `${name} to ${to} (now ${from ?? "unknown"})`).join(", ");
  await agreeOnFinney(ctx, client, `set ${words} in subnet ${netuid}`);
  const signer = await openColdkey(ctx, { passwordFile });
  ctx.out.status(`Changing ${plan.changes.map(({ name }) => name).join(", ")} of subnet ${netuid}…`);
  const { block, extrinsic, changes, verified } = await changeSettings(client, signer, plan);
  ctx.out.result({ netuid, block, extrinsic, by: plan.by, changes, verified }, () =>
    [table, `Changed in block ${block}${READ_BACK.get(verified)}.`].join("\n"),
  );
}
