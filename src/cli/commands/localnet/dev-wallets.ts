import type { DevAccount } from "../../../localnet/dev-accounts.ts";
import { createKeys, type NewKey } from "../../../wallet/create.ts";
import { coldkeyPlace, hotkeyPlace, keyFacts } from "../../../wallet/folder.ts";
import { keypairFromUri } from "../../../wallet/keyring.ts";

/**
 * Writes each named account as a wallet without a password: its coldkey and the hotkey `default` are the same key, as in
 * Bittensor's own wallets of `//Alice`. What is there already from an earlier start stays.
 *
 * @throws WalletError `wallet.exists` (exit 14) if a wallet of the same name holds another key.
 */
export async function writeDevWallets(root: string, accounts: readonly DevAccount[]): Promise<void> {
  for (const { name, uri, address } of accounts) {
    const keys: NewKey[] = [];
    for (const place of [coldkeyPlace(root, name), hotkeyPlace(root, name, "default")]) {
      const facts = await keyFacts(place);
      if (facts.present && facts.address === address) continue;
      keys.push({ place, pair: keypairFromUri(uri), password: undefined });
    }
    await createKeys(root, keys);
  }
}
