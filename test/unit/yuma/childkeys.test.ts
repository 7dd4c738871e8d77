import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DividendInput, inheritedRao, type ParentStake, splitDividend } from "../../../src/yuma/childkeys.ts";

/** Proportions as stored: parts of 2⁶⁴ − 1. */
const ALL = 2n ** 64n - 1n;
const HALF = 2n ** 63n;
const QUARTER = 2n ** 62n;

describe("the stake a hotkey counts for", () => {
  it.each<[string, bigint, bigint[], [bigint, bigint][], bigint]>([
    ["is its own without a family", 1_000n, [], [], 1_000n],
    ["loses what it lends", 1_000n, [HALF, QUARTER], [], 250n],
    [
      "gains what parents lend",
      1_000n,
      [],
      [
        [HALF, 500n],
        [QUARTER, 400n],
      ],
      1_350n,
    ],
    ["lends only what is its own", 1_000n, [HALF], [[ALL, 300n]], 800n],
    ["is nothing of its own where all is lent", 1_000n, [ALL], [[HALF, 10n]], 5n],
    ["never falls below what it borrowed", 1_000n, [ALL, HALF], [[HALF, 10n]], 5n],
    ["is rounded once, at the end: two halves of a rao are one", 1_001n, [HALF], [[HALF, 1_001n]], 1_001n],
    ["is rounded down", 1_001n, [HALF], [], 500n],
  ])("%s", (_, own, lent, parents, expected) => {
    expect(
      inheritedRao(
        own,
        lent,
        parents.map(([proportion, stakeRao]) => ({ proportion, stakeRao })),
      ),
    ).toBe(expected);
  });
});

describe("the dividend of a child", () => {
  const NONE = { dividendRao: 1_000n, takeU16: 0, burn: 0n, taoWeight: HALF } as const;
  const OWN = { alphaRao: 100n, rootRao: 0n, lentProportions: [] } as const;
  const parent = (more: Partial<ParentStake> = {}): ParentStake => ({
    proportion: ALL,
    alphaRao: 300n,
    rootRao: 0n,
    sameOwner: false,
    ...more,
  });
  const split = (more: Partial<DividendInput>): [bigint, readonly bigint[], bigint] => {
    const { ownRao, parentRao, burnedRao } = splitDividend({ ...NONE, own: OWN, parents: [parent()], ...more });
    return [ownRao, parentRao, burnedRao];
  };

  it.each<[string, Partial<DividendInput>, bigint, bigint[], bigint]>([
    ["stays with a child without parents", { parents: [] }, 1_000n, [], 0n],
    ["is shared by what each contributed", {}, 250n, [750n], 0n],
    [
      "goes to each parent by its own part",
      { parents: [parent({ proportion: HALF }), parent({ alphaRao: 50n })] },
      333n,
      [500n, 166n],
      0n,
    ],
    ["counts TAO at root by its weight", { parents: [parent({ alphaRao: 0n, rootRao: 600n })] }, 250n, [750n], 0n],
    [
      "counts what the child lends on as not its own",
      { own: { alphaRao: 200n, rootRao: 400n, lentProportions: [HALF, QUARTER] } },
      250n,
      [750n],
      0n,
    ],
    [
      "counts a child that lends more than all as without stake of its own",
      { own: { ...OWN, lentProportions: [ALL, HALF] } },
      0n,
      [1_000n],
      0n,
    ],
    [
      "takes the child's own contribution in whole rao, and a parent's to the fraction",
      {
        own: { alphaRao: 1n, rootRao: 0n, lentProportions: [HALF] },
        parents: [parent({ proportion: HALF, alphaRao: 1n })],
      },
      0n,
      [1_000n],
      0n,
    ],
    ["leaves the child its take, a fifth that is truncated", { takeU16: 13_107 }, 399n, [600n], 0n],
    ["burns a part of what goes to strangers", { burn: QUARTER }, 250n, [562n], 187n],
    ["burns before it takes, both of what was earned", { takeU16: 13_107, burn: QUARTER }, 399n, [412n], 187n],
    ["gives a stranger nothing where take and burn are all", { takeU16: 65_535, burn: HALF }, 1_000n, [0n], 375n],
    [
      "takes and burns nothing within one coldkey",
      { takeU16: 13_107, burn: QUARTER, parents: [parent({ sameOwner: true })] },
      250n,
      [750n],
      0n,
    ],
    [
      "adds up the takes and burns of several parents",
      { takeU16: 13_107, burn: QUARTER, parents: [parent({ alphaRao: 100n }), parent({ alphaRao: 200n })] },
      399n,
      [137n, 275n],
      187n,
    ],
    [
      "stays with a child where nobody has stake",
      { own: { ...OWN, alphaRao: 0n }, parents: [parent({ alphaRao: 0n })] },
      1_000n,
      [0n],
      0n,
    ],
  ])("%s", (_, input, own, parents, burned) => {
    expect(split(input)).toEqual([own, parents, burned]);
  });

  it("is never more than there was, and loses less than a rao to each rounding", () => {
    const rao = fc.bigInt({ min: 0n, max: 21_000_000_000_000_000n });
    const part = fc.bigInt({ min: 0n, max: ALL });
    const parents = fc.array(fc.record({ proportion: part, alphaRao: rao, rootRao: rao, sameOwner: fc.boolean() }), {
      maxLength: 5,
    });
    const own = fc.record({ alphaRao: rao, rootRao: rao, lentProportions: fc.array(part, { maxLength: 3 }) });
    fc.assert(
      fc.property(rao, fc.nat(11_796), own, parents, (dividendRao, takeU16, own, parents) => {
        const { ownRao, parentRao, burnedRao } = splitDividend({
          ...{ dividendRao, takeU16, own, parents },
          ...{ burn: ALL / 20n, taoWeight: ALL / 19n },
        });
        const total = ownRao + burnedRao + parentRao.reduce((sum, each) => sum + each, 0n);
        expect(total).toBeLessThanOrEqual(dividendRao);
        expect(total).toBeGreaterThanOrEqual(dividendRao - BigInt(2 * parents.length + 1));
      }),
    );
  });
});
