import { unlink } from "node:fs/promises";
import { messageOf } from "../base/errors.ts";
import { WalletError } from "./errors.ts";
import { hotkeyNotFound, type KeyPlace, refuseOutsideLink } from "./folder.ts";
import { exists } from "./key-files.ts";

/**
 * Makes sure that there is a hotkey to remove.
 *
 * @throws WalletError `wallet.hotkey-not-found`, `wallet.symlink`.
 */
export async function refuseMissing(root: string, place: KeyPlace): Promise<void> {
  await refuseOutsideLink(root, place);
  if (!(await exists(place.path)) && !(await exists(place.publicPath))) {
    throw await hotkeyNotFound(root, place.wallet, place.name);
  }
}

/** Deletes a key's private and public file. @throws WalletError `wallet.unwritable`. */
export async function removeKey(place: KeyPlace): Promise<void> {
  for (const path of [place.path, place.publicPath]) {
    try {
      await unlink(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      throw new WalletError(`Cannot delete ${path}: ${messageOf(error)}.`, {
        code: "wallet.unwritable",
        hint: "Check the folder's owner and rights.",
        details: { path },
        cause: error,
      });
    }
  }
}
