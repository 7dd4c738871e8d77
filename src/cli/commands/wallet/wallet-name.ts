import { UsageError } from "../../../base/errors.ts";
import type { Context } from "../../context.ts";

/**
 * The wallet a command is about: its argument, else `-w` and the configuration.
 *
 * @throws UsageError `usage.two-names` if argument and flag disagree.
 */
export function walletName(ctx: Context, argument: string | undefined): string {
  return chosenName("wallet", "-w", argument, ctx.config.wallet);
}

/** The hotkey a command is about: its argument, else `-H` and the configuration. @throws UsageError `usage.two-names`. */
export function hotkeyName(ctx: Context, argument: string | undefined): string {
  return chosenName("hotkey", "-H", argument, ctx.config.hotkey);
}

function chosenName(
  kind: string,
  flag: string,
  argument: string | undefined,
  setting: { readonly value: string | undefined; readonly origin: string },
): string {
  if (argument !== undefined && setting.origin === "flag" && setting.value !== argument) {
    throw new UsageError(`Two ${kind}s are named: "${argument}" and ${flag} "${setting.value}".`, {
      code: "usage.two-names",
      hint: `Name the ${kind} once.`,
    });
  }
  return argument ?? setting.value ?? "default";
}
