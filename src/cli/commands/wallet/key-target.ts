import type { KeyPlace } from "../../../wallet/folder.ts";
import type { Context } from "../../context.ts";
import { chosenColdkey, chosenHotkey } from "../../open-wallet.ts";

/** The key whose file a command changes: the coldkey, or the hotkey that was named on this command line. */
export async function targetKey(ctx: Context, wallet: string | undefined, coldkey: boolean): Promise<KeyPlace> {
  const { config } = ctx;
  const isNamed =
    config.hotkey.origin === "flag" || (config.wallet.origin === "flag" && config.wallet.value?.includes("/"));
  return coldkey || isNamed !== true ? chosenColdkey(ctx, { wallet }) : chosenHotkey(ctx, { wallet });
}
