import type { KeyPlace } from "../../../wallet/folder.ts";
import type { Context } from "../../context.ts";
import { chosenColdkey, chosenHotkey } from "../../open-wallet.ts";
import { walletName } from "./wallet-name.ts";

/** The key whose file a command changes: the coldkey, or the hotkey that was named with `-H` on this command line. */
export async function targetKey(ctx: Context, wallet: string | undefined, coldkey: boolean): Promise<KeyPlace> {
  const name = walletName(ctx, wallet);
  const named = ctx.config.hotkey.origin === "flag" ? ctx.config.hotkey.value : undefined;
  return coldkey || named === undefined ? chosenColdkey(ctx, name) : chosenHotkey(ctx, named, name);
}
