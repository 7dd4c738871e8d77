import { UsageError } from "../base/errors.ts";
import type { Context } from "./context.ts";

/** Wallet and hotkey by name, not yet checked for being fit as names of files. */
export interface WalletChoice {
  readonly wallet: string;
  readonly hotkey: string;
}

const twoNames = (kind: string, one: string, other: string): UsageError =>
  new UsageError(`Two ${kind}s are named: "${one}" and "${other}".`, {
    code: "usage.two-names",
    hint: `Name the ${kind} once.`,
  });

/**
 * Which wallet and hotkey a command is about: its arguments, else `-w` and `-H` and the configuration. `-w WALLET/HOTKEY`
 * names both at once, as btcli has it.
 *
 * @throws UsageError `usage.two-names` if two of them disagree.
 */
export function chosenNames(
  ctx: Context,
  named: { wallet?: string | undefined; hotkey?: string | undefined } = {},
): WalletChoice {
  const { wallet, hotkey } = ctx.config;
  const [first = "default", second, ...more] = (wallet.value ?? "default").split("/");
  const isPair = second !== undefined && more.length === 0 && first !== "" && !first.startsWith(".");
  const walletFlag = isPair ? first : (wallet.value ?? "default");
  if (named.wallet !== undefined && wallet.origin === "flag" && walletFlag !== named.wallet) {
    throw twoNames("wallet", named.wallet, walletFlag);
  }
  const flags = [named.hotkey, hotkey.origin === "flag" ? hotkey.value : undefined, isPair ? second : undefined];
  const [chosen, other] = [...new Set(flags.filter((name) => name !== undefined))];
  if (chosen !== undefined && other !== undefined) throw twoNames("hotkey", chosen, other);
  return { wallet: named.wallet ?? walletFlag, hotkey: chosen ?? hotkey.value ?? "default" };
}
