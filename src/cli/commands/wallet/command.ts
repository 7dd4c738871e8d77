import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { walletBalance } from "./balance.ts";
import { walletCreate } from "./create.ts";
import { walletDecrypt } from "./decrypt.ts";
import { walletEncrypt } from "./encrypt.ts";
import { hotkeyCommand } from "./hotkey.ts";
import { walletImport } from "./import.ts";
import { walletList } from "./list.ts";
import { walletShow } from "./show.ts";
import { walletSign } from "./sign.ts";
import { walletTransfer } from "./transfer.ts";
import { walletVerify } from "./verify.ts";

export const walletCommand = (open: OpenContext): Command =>
  new Command("wallet")
    .description("Keys in Bittensor's own wallet folders")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum wallet create validator\n  $ colosseum wallet list\n  $ colosseum wallet sign hello -w validator\n",
    )
    .addCommand(walletCreate(open))
    .addCommand(walletList(open))
    .addCommand(walletShow(open))
    .addCommand(walletImport(open))
    .addCommand(walletSign(open))
    .addCommand(walletVerify(open))
    .addCommand(walletEncrypt(open))
    .addCommand(walletDecrypt(open))
    .addCommand(walletBalance(open))
    .addCommand(walletTransfer(open))
    .addCommand(hotkeyCommand(open));
