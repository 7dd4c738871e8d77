import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { chosenHotkey } from "../../open-wallet.ts";
import { askConfirmation } from "../../prompts.ts";

const EXAMPLES = `Examples:
  $ colosseum wallet hotkey remove miner2 -w miner
  $ colosseum wallet hotkey remove miner2 -w miner --yes
`;

export const hotkeyRemove = (open: OpenContext): Command =>
  new Command("remove")
    .description("Delete a hotkey's files; only its mnemonic brings it back")
    .argument("[name]", "hotkey; default: -H")
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      await using ctx = await open(command);
      const place = await chosenHotkey(ctx, { hotkey: name });
      const { refuseMissing, removeKey } = await import("../../../wallet/remove.ts");
      const { keyFacts } = await import("../../../wallet/folder.ts");
      await refuseMissing(ctx.paths.walletDir, place);
      const address = (await keyFacts(place).catch(() => undefined))?.address ?? null;
      const label = `"${place.wallet}/${place.name}"${address === null ? "" : ` (${address})`}`;
      const result = { wallet: place.wallet, name: place.name, address, removed: false };
      if (!ctx.flags.dryRun) {
        if (!(await askConfirmation(ctx, `Delete the hotkey ${label}? Only its mnemonic brings it back.`))) {
          return ctx.out.result(result, () => "Nothing was deleted.");
        }
        await removeKey(place);
      }
      ctx.out.result({ ...result, removed: !ctx.flags.dryRun }, () =>
        ctx.flags.dryRun ? `Would delete the hotkey ${label}` : `Deleted the hotkey ${label}`,
      );
    });
