import type { ChainClient } from "./client.ts";
import type { Inclusion } from "./submit.ts";

/**
 * What a transaction cost its signer beside the fee: the difference its block made, if nothing else of that account was
 * in it, else what its events took from the account.
 *
 * @returns Rao, never negative.
 */
export async function costOf(client: ChainClient, inclusion: Inclusion, address: string): Promise<bigint> {
  const parent = await client.blockHash(inclusion.block - 1);
  if (parent !== undefined) {
    const [before, after] = await Promise.all([
      client.balance(address, parent),
      client.balance(address, inclusion.blockHash),
    ]);
    const spent = before.freeRao - after.freeRao - inclusion.feeRao;
    if (after.nonce - before.nonce === 1 && spent >= 0n) return spent;
  }
  const taken = inclusion.events
    .filter(
      ({ pallet, name, named }) =>
        pallet === "Balances" && TAKES.has(name) && (named["who"] ?? named["from"]) === address,
    )
    .reduce((sum, { named }) => sum + BigInt(String(named["amount"] ?? 0)), 0n);
  const spent = taken - inclusion.feeRao;
  return spent > 0n ? spent : 0n;
}

/** Events by which an account loses free balance. */
const TAKES: ReadonlySet<string> = new Set(["Withdraw", "Transfer", "Burned"]);
