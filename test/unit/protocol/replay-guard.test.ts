import { describe, expect, it } from "vitest";
import { toHotkey } from "../../../src/base/ids.ts";
import { ReplayGuard } from "../../../src/protocol/replay-guard.ts";

const alice = toHotkey("alice");
const bob = toHotkey("bob");
const second = 1_000_000_000n;
const start = 1_795_000_000n * second;

describe("ReplayGuard", () => {
  it("admits a nonce once for each hotkey", () => {
    const guard = new ReplayGuard();
    guard.admit(alice, start, start);
    guard.admit(bob, start, start);
    expect(() => guard.admit(alice, start, start)).toThrow(expect.objectContaining({ code: "auth-replayed" }));
  });

  it("still knows a nonce at the end of every window in which it could be accepted", () => {
    const guard = new ReplayGuard();
    guard.admit(alice, start + 2n * second, start);
    guard.admit(bob, start + 12n * second, start + 12n * second);
    expect(() => guard.admit(alice, start + 2n * second, start + 12n * second)).toThrow(
      expect.objectContaining({ code: "auth-replayed" }),
    );
  });

  it("lets no forgotten nonce in again when the clock steps back", () => {
    const guard = new ReplayGuard();
    guard.admit(alice, start, start);
    guard.admit(bob, start + 60n * second, start + 60n * second);
    expect(() => guard.admit(alice, start, start)).toThrow(expect.objectContaining({ code: "auth-stale" }));
  });
});
