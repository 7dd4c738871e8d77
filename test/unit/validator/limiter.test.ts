import { describe, expect, it } from "vitest";
import { addressKey, Limiter } from "../../../src/validator/limiter.ts";

describe("Limiter", () => {
  it("lets a burst through, then so many a second, each key for itself", () => {
    const limiter = new Limiter(2, 4);
    const taken = (key: string, nowMs: number): number => {
      let count = 0;
      while (limiter.take(key, nowMs)) count++;
      return count;
    };
    expect(taken("a", 0)).toBe(4);
    expect(taken("a", 500)).toBe(1);
    expect(taken("a", 1_500)).toBe(2);
    expect(taken("a", 60_000)).toBe(4);
    expect(taken("b", 60_000)).toBe(4);
  });

  it("gives nothing back to a clock that runs backwards", () => {
    const limiter = new Limiter(1, 1);
    expect(limiter.take("a", 10_000)).toBe(true);
    expect(limiter.take("a", 0)).toBe(false);
    expect(limiter.take("a", 1)).toBe(false);
  });

  it("makes who was hostile wait longer", () => {
    const limiter = new Limiter(10, 10);
    limiter.charge("a", 0, 20);
    expect(limiter.take("a", 900)).toBe(false);
    expect(limiter.take("a", 2_200)).toBe(true);
  });

  it("remembers so many keys and no more", () => {
    const limiter = new Limiter(0.001, 1, 3);
    for (const key of ["a", "b", "c"]) expect(limiter.take(key, 0)).toBe(true);
    expect(limiter.take("a", 1)).toBe(false);
    expect(limiter.take("d", 1)).toBe(true);
    // "b" was unused for longest and is new again; "a" is still known.
    expect(limiter.take("a", 2)).toBe(false);
    expect(limiter.take("b", 2)).toBe(true);
  });
});

describe("addressKey", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::9", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("counts %s as %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
