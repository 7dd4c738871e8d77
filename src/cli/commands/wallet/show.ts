import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { chosenNames } from "../../wallet-choice.ts";
import { drawWallets } from "./wallet-table.ts";

export const walletShow = (open: OpenContext): Command =>
  new Command("show")
    .description("One wallet: addresses, hotkeys, whether its coldkey is encrypted")
    .argument("[name]", "wallet; default: -w")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum wallet show validator\n  $ colosseum wallet show -w validator --json\n",
    )
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      await using ctx = await open(command);
      const { readWallet } = await import("../../../wallet/folder.ts");
      const wallet = await readWallet(ctx.paths.walletDir, chosenNames(ctx, { wallet: name }).wallet, (oddity) =>
        ctx.out.warn(oddity),
      );
      ctx.out.result(wallet, () => `${drawWallets([wallet], ctx.out.columns)}\n\n${wallet.path}`);
    });
