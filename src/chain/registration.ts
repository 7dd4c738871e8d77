import { ColosseumError, ExitCode } from "../base/errors.ts";
import { type Coldkey, type Hotkey, type Netuid, toUid, type Uid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import { encodeSs58 } from "../base/ss58.ts";
import { formatTao, showTao } from "../base/units.ts";
import type { ChainClient } from "./client.ts";
import { fetchMetagraph, type Neuron } from "./metagraph.ts";
import { costOf } from "./paid.ts";
import { type Plain, plainBigint, plainNumber, plainText } from "./plain.ts";
import type { ChainRefusedError } from "./refusals.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import type { CallSpec } from "./runtime.ts";
import { type SubmitOptions, submit } from "./submit.ts";

/** What a registration would cost and change, at one block. */
export interface RegistrationQuote {
  readonly netuid: Netuid;
  readonly block: number;
  /** The price in this block; it falls a little with every block and jumps with every registration. */
  readonly priceRao: bigint;
  /** Blocks in which the price falls by half; 0 where it does not fall. */
  readonly halfLifeBlocks: number;
  /** It never falls below this. */
  readonly leastPriceRao: bigint;
  readonly allowed: boolean;
  /** The hotkey belongs to another coldkey, since it was registered by that one somewhere; undefined where it does not. */
  readonly ownedBy: string | undefined;
  /** Set where the hotkey is in the subnet already. */
  readonly registeredUid: Uid | undefined;
  readonly n: number;
  readonly maxUids: number;
  /** Who would have to go; undefined as long as there is a free slot, or where nobody can go. */
  readonly replaces: Neuron | undefined;
  readonly immunityPeriod: number;
  readonly balanceRao: bigint;
}

export interface Registration {
  readonly netuid: Netuid;
  readonly hotkey: Hotkey;
  readonly uid: Uid;
  readonly costRao: bigint;
  readonly feeRao: bigint;
  readonly block: number;
  readonly extrinsic: string;
}

const SUBTENSOR = "SubtensorModule";
/** The account of 32 zero bytes, which owns what nobody does. */
const NOBODY = encodeSs58(new Uint8Array(32));

/** Reads everything that decides about a registration. @throws SubnetMissingError */
export async function quoteRegistration(
  client: ChainClient,
  netuid: Netuid,
  hotkey: Hotkey,
  coldkey: Coldkey,
): Promise<RegistrationQuote> {
  const storedOr0 = (name: string): Promise<Plain> =>
    client.runtime.hasStorage(SUBTENSOR, name) ? client.storage(SUBTENSOR, name, [netuid]) : Promise.resolve(0);
  const [metagraph, balance, halfLife, leastPrice, owner] = await Promise.all([
    fetchMetagraph(client, netuid),
    client.balance(coldkey),
    storedOr0("BurnHalfLife"),
    storedOr0("MinBurn"),
    client.storage(SUBTENSOR, "Owner", [hotkey]),
  ]);
  const { neurons } = metagraph;
  const isFull = metagraph.n >= metagraph.maxUids;
  return {
    netuid,
    block: metagraph.block,
    priceRao: metagraph.burnRao,
    halfLifeBlocks: plainNumber(halfLife, "BurnHalfLife"),
    leastPriceRao: plainBigint(leastPrice, "MinBurn"),
    allowed: metagraph.registrationAllowed,
    ownedBy: owner === coldkey || owner === NOBODY ? undefined : plainText(owner, "the hotkey's owner"),
    registeredUid: neurons.find((neuron) => neuron.hotkey === hotkey)?.uid,
    n: metagraph.n,
    maxUids: metagraph.maxUids,
    replaces: isFull ? neurons.find(({ uid }) => uid === metagraph.nextPruned) : undefined,
    immunityPeriod: metagraph.immunityPeriod,
    balanceRao: balance.freeRao,
  };
}

/**
 * Refuses what the chain would refuse, with the same codes, before a coldkey is unlocked.
 *
 * @param maxCostRao - The most the user agreed to.
 * @throws ChainRefusedError (exit 13): already registered, closed, nobody can be replaced, price above. What the coldkey
 * has is another matter: {@link refuseTooPoor}.
 */
export function refuseRegistration(quote: RegistrationQuote, hotkey: Hotkey, maxCostRao: bigint): void {
  const about = { netuid: quote.netuid, hotkey, block: quote.block };
  if (quote.netuid === 0) throw refusedBeforehand("RegistrationNotPermittedOnRootSubnet", about);
  if (quote.registeredUid !== undefined) {
    const words = `The hotkey is already registered in subnet ${quote.netuid}, as uid ${quote.registeredUid}`;
    throw refusedBeforehand("HotKeyAlreadyRegisteredInSubNet", { ...about, uid: quote.registeredUid }, words);
  }
  if (quote.ownedBy !== undefined) {
    const words = `The hotkey belongs to another coldkey, ${quote.ownedBy}`;
    throw refusedBeforehand("NonAssociatedColdKey", { ...about, owner: quote.ownedBy }, words);
  }
  if (!quote.allowed) throw refusedBeforehand("SubNetRegistrationDisabled", about);
  if (quote.n >= quote.maxUids && quote.replaces === undefined) throw refusedBeforehand("NoNeuronIdAvailable", about);
  if (quote.priceRao > maxCostRao) throw new PriceAboveLimitError(quote, maxCostRao);
}

/** Why the coldkey cannot pay the price, as the chain would refuse it; undefined where it can. */
export function tooPoor(quote: RegistrationQuote, hotkey: Hotkey): ChainRefusedError | undefined {
  if (quote.priceRao <= quote.balanceRao) return undefined;
  return refusedBeforehand(
    "NotEnoughBalanceToStake",
    {
      ...{ netuid: quote.netuid, hotkey, block: quote.block },
      ...{ priceTao: formatTao(quote.priceRao), balanceTao: formatTao(quote.balanceRao) },
    },
    `The coldkey has ${showTao(quote.balanceRao)}, and a slot costs ${showTao(quote.priceRao)} now`,
  );
}

/** @throws ChainRefusedError (exit 13) where the coldkey cannot pay the price. */
export function refuseTooPoor(quote: RegistrationQuote, hotkey: Hotkey): void {
  const refusal = tooPoor(quote, hotkey);
  if (refusal !== undefined) throw refusal;
}

/** Blocks until the price has fallen to a limit if nobody registers meanwhile; undefined where it never does. */
export function blocksUntilPrice(quote: RegistrationQuote, limitRao: bigint): number | undefined {
  if (quote.priceRao <= limitRao) return 0;
  if (quote.halfLifeBlocks === 0 || limitRao < quote.leastPriceRao || limitRao <= 0n) return undefined;
  return Math.ceil(quote.halfLifeBlocks * Math.log2(Number(quote.priceRao) / Number(limitRao)));
}

function howItFalls(quote: RegistrationQuote, limitRao: bigint): string {
  if (quote.halfLifeBlocks === 0) return "";
  const blocks = blocksUntilPrice(quote, limitRao);
  return blocks === undefined
    ? `; it never falls below ${showTao(quote.leastPriceRao)}`
    : `; if nobody registers, it is there in about ${blocks} ${blocks === 1 ? "block" : "blocks"}`;
}

/** The price is above what the user agreed to: nothing was sent. */
export class PriceAboveLimitError extends ColosseumError {
  constructor(quote: RegistrationQuote, maxCostRao: bigint) {
    const falls = howItFalls(quote, maxCostRao);
    super(`Registering costs ${showTao(quote.priceRao)} now, more than the ${showTao(maxCostRao)} allowed${falls}.`, {
      code: "chain.registration-price-limit-exceeded",
      exitCode: ExitCode.refused,
      hint: `Wait, or allow it: colosseum register --netuid ${quote.netuid} --max-cost ${formatTao(quote.priceRao).replace(/\.?0+$/, "")}`,
      details: {
        netuid: quote.netuid,
        priceTao: formatTao(quote.priceRao),
        maxCostTao: formatTao(maxCostRao),
        halfLifeBlocks: quote.halfLifeBlocks,
        blocksUntilLimit: blocksUntilPrice(quote, maxCostRao) ?? null,
        block: quote.block,
      },
    });
  }
}

/**
 * Registers a hotkey, never above the price that was agreed to: by `register_limit` where the chain has it, else by
 * `burned_register` right after a last look at the price.
 *
 * @throws PriceAboveLimitError, ChainRefusedError.
 */
export async function register(
  client: ChainClient,
  coldkey: Signer,
  input: { readonly netuid: Netuid; readonly hotkey: Hotkey; readonly maxCostRao: bigint },
  options: SubmitOptions = {},
): Promise<Registration> {
  const { netuid, hotkey, maxCostRao } = input;
  const quote = await quoteRegistration(client, netuid, hotkey, coldkey.address as Coldkey);
  refuseRegistration(quote, hotkey, maxCostRao);
  refuseTooPoor(quote, hotkey);
  const call: CallSpec = client.runtime.hasCall(SUBTENSOR, "register_limit")
    ? { pallet: SUBTENSOR, name: "register_limit", args: { netuid, hotkey, limit_price: maxCostRao } }
    : { pallet: SUBTENSOR, name: "burned_register", args: { netuid, hotkey } };
  const inclusion = await submit(client, call, coldkey, {
    ...options,
    about: { netuid, hotkey, maxCostTao: formatTao(maxCostRao), ...options.about },
  });
  const [uid, costRao] = await Promise.all([
    client.storage(SUBTENSOR, "Uids", [netuid, hotkey], inclusion.blockHash),
    costOf(client, inclusion, coldkey.address),
  ]);
  return {
    netuid,
    hotkey,
    uid: toUid(plainNumber(uid, "the new uid")),
    costRao,
    feeRao: inclusion.feeRao,
    block: inclusion.block,
    extrinsic: inclusion.extrinsic,
  };
}
