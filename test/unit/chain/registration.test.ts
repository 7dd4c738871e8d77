import { describe, expect, it } from "vitest";
import { blocksUntilPrice, PriceAboveLimitError, type RegistrationQuote } from "../../../src/chain/registration.ts";

const quote = (fields: Partial<RegistrationQuote>): RegistrationQuote => ({
  netuid: 3 as never,
  block: 1_000,
  priceRao: 1_000_000_000n,
  halfLifeBlocks: 360,
  leastPriceRao: 500_000n,
  allowed: true,
  ownedBy: undefined,
  registeredUid: undefined,
  n: 4,
  maxUids: 256,
  replaces: undefined,
  immunityPeriod: 5_000,
  balanceRao: 5_000_000_000n,
  ...fields,
});

describe("blocksUntilPrice", () => {
  it.each([
    ["half the price after one half-life", 500_000_000n, {}, 360],
    ["a quarter after two", 250_000_000n, {}, 720],
    ["nothing to wait for at the price itself", 1_000_000_000n, {}, 0],
    ["a hair below, one block", 999_999_999n, {}, 1],
    ["never below the least price", 499_999n, {}, undefined],
    ["never where it does not fall", 500_000_000n, { halfLifeBlocks: 0 }, undefined],
    ["never to nothing", 0n, { leastPriceRao: 0n }, undefined],
  ])("says %s", (_, limit, fields, blocks) => {
    expect(blocksUntilPrice(quote(fields), limit)).toBe(blocks);
  });
});

describe("PriceAboveLimitError", () => {
  it.each([
    [500_000_000n, {}, "if nobody registers, it is there in about 360 blocks", 360],
    [1n, {}, "it never falls below 0.0005 τ", null],
    [500_000_000n, { halfLifeBlocks: 0 }, "more than the 0.5 τ allowed.", null],
  ])("tells how the price falls to %d rao", (limit, fields, words, blocksUntilLimit) => {
    const error = new PriceAboveLimitError(quote(fields), limit);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({
      code: "chain.registration-price-limit-exceeded",
      exitCode: 13,
      hint: expect.stringContaining("--max-cost 1"),
      details: { blocksUntilLimit },
    });
  });
});
