import type { ApiHandlers } from "./runtime-apis.ts";

/**
 * BetaBasketRuntimeApi, as far as a wallet asks for it. Nobody can stake into a basket here, so every honest answer is
 * nothing; without the answers bittensor 11's `wallet balance` could not add up.
 */
export const basketApis: ApiHandlers = {
  BetaBasketRuntimeApi_get_root_basket_owed: () => 0n,
  BetaBasketRuntimeApi_get_basket_payout: () => 0n,
  BetaBasketRuntimeApi_get_validator_basket_nav: () => 0n,
  BetaBasketRuntimeApi_get_validator_basket: () => [],
  BetaBasketRuntimeApi_get_root_basket_total_nav: () => 0n,
  BetaBasketRuntimeApi_get_root_basket_positions: () => [],
};
