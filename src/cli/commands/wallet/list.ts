import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { drawWallets } from "./wallet-table.ts";

export const walletList = (open: OpenContext): Command =>
  new Command("list")
    .alias("ls")
    .description("Wallets, their hotkeys and addresses; asks for no password")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum wallet list\n  $ colosseum wallet list --wallet-path ./wallets --json\n",
    )
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const { listWallets } = await import("../../../wallet/folder.ts");
      const wallets = await listWallets(ctx.paths.walletDir, (oddity) => ctx.out.warn(oddity));
      if (wallets.length === 0) {
        ctx.out.status(`No wallets in ${ctx.paths.walletDir}. Create one with: colosseum wallet create`);
      }
      ctx.out.result({ wallets }, () => (wallets.length === 0 ? "" : drawWallets(wallets, ctx.out.columns)));
    });
