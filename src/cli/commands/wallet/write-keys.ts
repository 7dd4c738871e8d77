import type { NewKey } from "../../../wallet/create.ts";
import type { NewFile } from "../../../wallet/key-files.ts";
import type { Context } from "../../context.ts";
import { withProgress } from "../../progress.ts";

/** Writes new keys, and says so where a password makes it slow. A Ctrl-C meanwhile leaves nothing behind. */
export async function writeKeys(ctx: Context, keys: readonly NewKey[], beside: readonly NewFile[] = []): Promise<void> {
  const { createKeys } = await import("../../../wallet/create.ts");
  const write = (): Promise<void> => createKeys(ctx.paths.walletDir, keys, { beside, signal: ctx.signal });
  const isSlow = keys.some(({ password }) => password !== undefined);
  await (isSlow ? withProgress(ctx, "Encrypting, which takes some seconds", write) : write());
}
