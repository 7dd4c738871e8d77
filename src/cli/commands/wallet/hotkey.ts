import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { hotkeyAdd } from "./hotkey-add.ts";
import { hotkeyImport } from "./hotkey-import.ts";
import { hotkeyRemove } from "./hotkey-remove.ts";

export const hotkeyCommand = (open: OpenContext): Command =>
  new Command("hotkey")
    .description("Hotkeys of a wallet: add, import, remove")
    .addCommand(hotkeyAdd(open))
    .addCommand(hotkeyImport(open))
    .addCommand(hotkeyRemove(open));
