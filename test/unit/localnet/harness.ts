import { composeRuntime } from "../../../src/localnet/composition.ts";
import { devAccount } from "../../../src/localnet/dev-accounts.ts";
import { Chain } from "../../../src/localnet/engine/chain.ts";
import type { Origin } from "../../../src/localnet/engine/execution.ts";
import { genesis } from "../../../src/localnet/genesis.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";

export const TAO = 1_000_000_000n;
/** A fixed instant, so that every run makes the same blocks. */
export const START_MS = Date.UTC(2026, 0, 1);

export const alice = devAccount("Alice").account;
export const bob = devAccount("Bob").account;
/** An account that nobody has a key to. */
export const key = (n: number): string => toHex(new Uint8Array(32).fill(n));

/** A chain on a clock that the test owns, with Alice and Bob rich and Alice sudo. */
export function testChain(clock: { ms: number } = { ms: START_MS }, historyBlocks = 4_096): Chain {
  const { logic } = composeRuntime();
  return new Chain({
    logic,
    historyBlocks,
    nowMs: () => clock.ms,
    genesis: genesis({
      accounts: [alice, bob].map((account) => ({ account, freeRao: 1_000_000n * TAO })),
      sudo: alice,
    }),
  });
}

const signed = (who: string): Origin => ({ type: "signed", who });

/** Performs a call as somebody, outside of blocks. @returns "ok", or the name of the error. */
export function perform(
  chain: Chain,
  who: string | "root",
  call: string,
  args: Readonly<Record<string, unknown>>,
): string {
  const [pallet = "", name = ""] = call.split(".");
  let outcome = "ok";
  chain.patch((execution) => {
    const origin: Origin = who === "root" ? { type: "root" } : signed(who);
    outcome = execution.dispatch(origin, { pallet, name, args })?.message ?? "ok";
  });
  return outcome.replace(/^SubtensorModule\./, "");
}

/** Throws where a step of a test's setting does not succeed. */
export function must(chain: Chain, who: string | "root", call: string, args: Readonly<Record<string, unknown>>): void {
  const outcome = perform(chain, who, call, args);
  if (outcome !== "ok") throw new Error(`${call}: ${outcome}`);
}

export const mine = (chain: Chain, blocks: number): void => {
  for (let i = 0; i < blocks; i++) chain.produce(12_000);
};

export const OWNER_HOTKEY = key(1);

/** Subnet 1, started, tempo 10, commit-reveal off, no rate limit: Alice's. */
export function testSubnet(chain: Chain): number {
  must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
  must(chain, alice, "SubtensorModule.start_call", { netuid: 1 });
  must(chain, "root", "AdminUtils.sudo_set_tempo", { netuid: 1, tempo: 10 });
  must(chain, "root", "AdminUtils.sudo_set_commit_reveal_weights_enabled", { netuid: 1, enabled: false });
  must(chain, "root", "AdminUtils.sudo_set_weights_set_rate_limit", { netuid: 1, weights_set_rate_limit: 0n });
  return 1;
}
