import { describe, expect, it } from "vitest";
import { Nonces } from "../../../src/chain/nonces.ts";

describe("Nonces", () => {
  it("trusts the chain first, and its own count where the chain lags behind", async () => {
    let chain = 5;
    const nonces = new Nonces(() => Promise.resolve(chain));
    expect(await nonces.next("a")).toBe(5);
    nonces.taken("a", 5);
    expect(await nonces.next("a")).toBe(6);
    chain = 9;
    expect(await nonces.next("a")).toBe(9);
    expect(await nonces.next("b")).toBe(9);
  });

  it("forgets its count when the chain was reset", async () => {
    let chain = 40;
    const nonces = new Nonces(() => Promise.resolve(chain));
    nonces.taken("a", 40);
    chain = 3;
    expect(await nonces.next("a")).toBe(41);
    nonces.forget("a");
    expect(await nonces.next("a")).toBe(3);
  });

  it("lets one sender of a key work at a time, in order, over failures", async () => {
    const nonces = new Nonces(() => Promise.resolve(0));
    const log: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = nonces.inTurn("a", async () => {
      log.push("first begins");
      await gate.promise;
      log.push("first ends");
      throw new Error("refused");
    });
    const second = nonces.inTurn("a", () => Promise.resolve(log.push("second")));
    const other = nonces.inTurn("b", () => Promise.resolve(log.push("other key")));
    await other;
    gate.resolve();
    await expect(first).rejects.toThrow("refused");
    await second;
    expect(log).toEqual(["first begins", "other key", "first ends", "second"]);
  });
});
