import { UsageError } from "../../../base/errors.ts";
import type { Netuid } from "../../../base/ids.ts";
import { formatTao, showTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { PriceLimit } from "../../../chain/stake.ts";

export interface PriceFlags {
  readonly priceLimit?: bigint;
  readonly tolerance?: number;
  readonly allowPartial: boolean;
  readonly passwordFile?: string;
}

/** How far the price may move by default where real money does. */
const FINNEY_TOLERANCE = 0.05;

/** @throws UsageError unless it is a number from 0 to 1. */
export function parseTolerance(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new UsageError(`"${text}" is no tolerance.`, {
    code: "usage.tolerance",
    hint: "Give a fraction from 0 to 1, for example 0.05 for five percent.",
  });
}

/**
 * The price limit that the flags ask for: one by hand, else the price now and the tolerance. Without either there is a
 * limit on finney only: the small pools of test chains move with every amount. A limit that the price is beyond already,
 * which the chain would refuse for a fee, is refused here for nothing.
 *
 * @throws ChainRefusedError (13) `chain.price-limit-exceeded`.
 */
export async function priceLimit(
  client: ChainClient,
  netuid: Netuid,
  flags: PriceFlags,
  side: "buy" | "sell",
): Promise<{ readonly priceRao: bigint; readonly limit: PriceLimit | undefined }> {
  const { FINNEY_GENESIS } = await import("../../../chain/networks.ts");
  const { fetchAlphaPriceRao, priceWithin } = await import("../../../chain/stake.ts");
  const priceRao = await fetchAlphaPriceRao(client, netuid);
  const tolerance = flags.tolerance ?? (client.genesis === FINNEY_GENESIS ? FINNEY_TOLERANCE : undefined);
  const byTolerance = tolerance === undefined ? undefined : priceWithin(priceRao, tolerance, side);
  const limitPriceRao = flags.priceLimit ?? byTolerance;
  if (limitPriceRao !== undefined && (side === "buy" ? limitPriceRao < priceRao : limitPriceRao > priceRao)) {
    const { refusedBeforehand } = await import("../../../chain/refused-beforehand.ts");
    const beyond = side === "buy" ? "more than the most" : "less than the least";
    throw refusedBeforehand(
      "PriceLimitExceeded",
      { netuid, priceTao: formatTao(priceRao), priceLimitTao: formatTao(limitPriceRao) },
      `One alpha is worth ${showTao(priceRao)} now, ${beyond} you allow, ${showTao(limitPriceRao)}`,
    );
  }
  const limit = limitPriceRao === undefined ? undefined : { limitPriceRao, allowPartial: flags.allowPartial };
  return { priceRao, limit };
}
