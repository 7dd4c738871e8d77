import type { Netuid } from "../base/ids.ts";
import { toNetuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import { formatTao, RAO_PER_TAO, showTao } from "../base/units.ts";
import type { ChainClient } from "./client.ts";
import { type Plain, plainBigint, plainBool, plainList, plainNumber, plainRecord, plainText } from "./plain.ts";
import { refusedBeforehand } from "./refused-beforehand.ts";
import type { CallSpec } from "./runtime.ts";
import { type Inclusion, type SubmitOptions, submit } from "./submit.ts";

const SUBTENSOR = "SubtensorModule";
const SWAP_API = "SwapRuntimeApi";

/** One hotkey's stake of one coldkey in one subnet. */
export interface StakePosition {
  readonly netuid: Netuid;
  readonly hotkey: string;
  /** In the subnet's own alpha (TAO on root). */
  readonly stakeRao: bigint;
  /** What it earned in the last epoch, alpha. */
  readonly emissionRao: bigint;
  readonly registered: boolean;
}

/** All stake of a coldkey, by subnet and hotkey. @throws ChainUnsupportedError where the chain has no such question. */
export async function fetchStakes(client: ChainClient, coldkey: string): Promise<StakePosition[]> {
  const answer = await client.runtimeCall("StakeInfoRuntimeApi", "get_stake_info_for_coldkey", [coldkey]);
  return plainList(answer, "the stakes")
    .map(readPosition)
    .filter(({ stakeRao }) => stakeRao > 0n)
    .sort((a, b) => a.netuid - b.netuid || a.hotkey.localeCompare(b.hotkey));
}

function readPosition(value: Plain): StakePosition {
  const record = plainRecord(value, "a stake");
  return {
    netuid: toNetuid(plainNumber(record["netuid"], "a stake's netuid")),
    hotkey: plainText(record["hotkey"], "a stake's hotkey"),
    stakeRao: plainBigint(record["stake"], "a stake"),
    emissionRao: plainBigint(record["emission"] ?? 0, "a stake's emission"),
    registered: plainBool(record["isRegistered"] ?? false, "a stake's registration"),
  };
}

/** What one hotkey holds for one coldkey in one subnet, alpha rao. */
export async function fetchStake(
  client: ChainClient,
  coldkey: string,
  hotkey: string,
  netuid: Netuid,
  at?: string,
): Promise<bigint> {
  const args = [hotkey, coldkey, netuid];
  const answer = await client.runtimeCall("StakeInfoRuntimeApi", "get_stake_info_for_hotkey_coldkey_netuid", args, at);
  return answer === null ? 0n : readPosition(answer).stakeRao;
}

/** Price of one alpha in rao of TAO; one TAO on root and where the chain has no market. */
export async function fetchAlphaPriceRao(client: ChainClient, netuid: Netuid): Promise<bigint> {
  if (netuid === 0 || !client.runtime.hasApi(SWAP_API, "current_alpha_price")) return RAO_PER_TAO;
  return plainBigint(await client.runtimeCall(SWAP_API, "current_alpha_price", [netuid]), "the alpha price");
}

/** The worst price a user accepts. */
export interface PriceLimit {
  /** Rao of TAO for one alpha: most when buying, least when selling. */
  readonly limitPriceRao: bigint;
  /** Take what can be had at that price instead of nothing. */
  readonly allowPartial: boolean;
}

/** The limit that a tolerance sets around a price: 0.05 → 5 % worse. */
export const priceWithin = (priceRao: bigint, tolerance: number, side: "buy" | "sell"): bigint => {
  const parts = BigInt(Math.round(tolerance * 1_000_000));
  return (priceRao * (side === "buy" ? 1_000_000n + parts : 1_000_000n - parts)) / 1_000_000n;
};

/** Buys stake: TAO of the coldkey into alpha on the hotkey. @throws ChainRefusedError */
export async function addStake(
  client: ChainClient,
  coldkey: Signer,
  input: { readonly hotkey: string; readonly netuid: Netuid; readonly amountRao: bigint; readonly limit?: PriceLimit },
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const { hotkey, netuid, amountRao, limit } = input;
  const about = { netuid, hotkey, amountTao: formatTao(amountRao) };
  if (amountRao === 0n) throw refusedBeforehand("AmountTooLow", about);
  const { freeRao } = await client.balance(coldkey.address);
  if (freeRao < amountRao) {
    const words = `The coldkey has ${showTao(freeRao)}, less than the ${showTao(amountRao)} to be staked`;
    throw refusedBeforehand("NotEnoughBalanceToStake", { ...about, balanceTao: formatTao(freeRao) }, words);
  }
  const isLimited = limit !== undefined && client.runtime.hasCall(SUBTENSOR, "add_stake_limit");
  const args = { hotkey, netuid, amount_staked: amountRao };
  const call: CallSpec = isLimited
    ? {
        pallet: SUBTENSOR,
        name: "add_stake_limit",
        args: { ...args, limit_price: limit.limitPriceRao, allow_partial: limit.allowPartial },
      }
    : { pallet: SUBTENSOR, name: "add_stake", args };
  return await submit(client, call, coldkey, { ...options, about: { ...about, ...options.about } });
}

/** Sells stake: alpha of the hotkey into TAO of the coldkey. @throws ChainRefusedError */
export async function removeStake(
  client: ChainClient,
  coldkey: Signer,
  input: { readonly hotkey: string; readonly netuid: Netuid; readonly alphaRao: bigint; readonly limit?: PriceLimit },
  options: SubmitOptions = {},
): Promise<Inclusion> {
  const { hotkey, netuid, alphaRao, limit } = input;
  const about = { netuid, hotkey, amountAlpha: formatTao(alphaRao) };
  if (alphaRao === 0n) throw refusedBeforehand("AmountTooLow", about);
  const isLimited = limit !== undefined && client.runtime.hasCall(SUBTENSOR, "remove_stake_limit");
  const args = { hotkey, netuid, amount_unstaked: alphaRao };
  const call: CallSpec = isLimited
    ? {
        pallet: SUBTENSOR,
        name: "remove_stake_limit",
        args: { ...args, limit_price: limit.limitPriceRao, allow_partial: limit.allowPartial },
      }
    : { pallet: SUBTENSOR, name: "remove_stake", args };
  return await submit(client, call, coldkey, { ...options, about: { ...about, ...options.about } });
}
