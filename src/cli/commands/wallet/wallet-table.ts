import type { WalletEntry } from "../../../wallet/folder.ts";
import { drawTable } from "../../table.ts";

const UNKNOWN = "(encrypted, no public file)";

function coldkeyNote(wallet: WalletEntry): string {
  if (wallet.encrypted === null) return wallet.coldkey === null ? "no coldkey" : "public only";
  return wallet.encrypted ? "encrypted" : "not encrypted";
}

/** Wallets for people: the coldkey's line, then one line for each hotkey below it. */
export function drawWallets(wallets: readonly WalletEntry[], width: number): string {
  const rows = wallets.flatMap((wallet) => [
    [wallet.name, wallet.coldkey ?? (wallet.encrypted === true ? UNKNOWN : ""), coldkeyNote(wallet)],
    ...wallet.hotkeys.map((hotkey) => [`  ${hotkey.name}`, hotkey.address ?? UNKNOWN, ""]),
  ]);
  return drawTable(
    [{ title: "WALLET" }, { title: "ADDRESS", min: 48 }, { title: "COLDKEY", priority: 1 }],
    rows,
    width,
  );
}
