import type { Signer } from "../base/ports.ts";
import { formatTao, showTao } from "../base/units.ts";
import type { ChainClient } from "./client.ts";
import { estimateFeeRao } from "./fee.ts";
import { plainBigint } from "./plain.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import type { CallSpec } from "./runtime.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

/** The call that moves an amount; the sender's account stays alive unless `allowDeath`. */
export const transferCall = (to: string, amountRao: bigint, allowDeath = false): CallSpec => ({
  pallet: "Balances",
  name: allowDeath ? "transfer_allow_death" : "transfer_keep_alive",
  args: { dest: to, value: amountRao },
});

/**
 * Moves TAO.
 *
 * @throws ChainRefusedError before sending where amount and fee are more than the account can spend.
 */
export async function transfer(
  client: ChainClient,
  from: Signer,
  to: string,
  amountRao: bigint,
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const call = transferCall(to, amountRao);
  await refuseTooPoor(client, from.address, call, amountRao);
  return await submit(client, call, from, {
    ...options,
    about: { to, amountTao: formatTao(amountRao), ...options.about },
  });
}

/** @throws ChainRefusedError where an account cannot pay an amount, its fee and the deposit that must stay. */
export async function refuseTooPoor(
  client: ChainClient,
  address: string,
  call: CallSpec,
  amountRao: bigint,
): Promise<{ readonly feeRao: bigint; readonly freeRao: bigint }> {
  const [feeRao, { freeRao, frozenRao }] = await Promise.all([
    estimateFeeRao(client, call, address),
    client.balance(address),
  ]);
  const depositRao = client.runtime.hasConstant("Balances", "ExistentialDeposit")
    ? plainBigint(client.runtime.constant("Balances", "ExistentialDeposit"), "the existential deposit")
    : 0n;
  const staysRao = frozenRao > depositRao ? frozenRao : depositRao;
  if (amountRao + feeRao + staysRao > freeRao) {
    throw refusedBeforehand(
      "InsufficientBalance",
      {
        address,
        amountTao: formatTao(amountRao),
        feeTao: formatTao(feeRao),
        staysTao: formatTao(staysRao),
        balanceTao: formatTao(freeRao),
      },
      `The coldkey has ${showTao(freeRao)}; sending ${showTao(amountRao)} takes a fee of ${showTao(feeRao)} beside it, and ${showTao(staysRao)} must stay`,
    );
  }
  return { feeRao, freeRao };
}
