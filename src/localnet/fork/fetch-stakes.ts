import { decodeSs58 } from "../../base/ss58.ts";
import { type Plain, plainBigint, plainRecord, plainText } from "../../chain/plain.ts";
import { toHex } from "../scale/bytes.ts";
import type { ForeignState } from "./foreign-state.ts";
import type { ForkedStake } from "./forked-subnet.ts";
import { inGroups } from "./in-groups.ts";

const SUBTENSOR = "SubtensorModule";

/** Shares in one unit, whatever form the chain keeps them in. */
const SHARE_BITS = 64n;

/** An account of a decoded value, as 0x-hex of its public key. */
export function accountIn(value: Plain): string {
  const key = decodeSs58(plainText(value, "an account"));
  return key === undefined ? plainText(value, "an account") : toHex(key);
}

/** Shares: `{mantissa, exponent}` of ten in newer chains, a fixed-point number of 64 fractional bits in older ones. */
function shareOf(value: Plain): bigint {
  const record = plainRecord(value, "a share");
  if (record["bits"] !== undefined) return plainBigint(record["bits"], "a share");
  const mantissa = plainBigint(record["mantissa"], "a share");
  const exponent = plainBigint(record["exponent"], "a share");
  const scaled = mantissa << SHARE_BITS;
  return exponent >= 0n ? scaled * 10n ** exponent : scaled / 10n ** -exponent;
}

/** The two maps in which a chain may keep shares; the newer one wins where both have one. */
const SHARES = ["Alpha", "AlphaV2"] as const;

/**
 * What each coldkey has on each hotkey, in rao, in the given subnets. Amounts add up to the hotkey's total: what rounding
 * leaves over is its owner's.
 */
export async function fetchStakes(
  foreign: ForeignState,
  netuids: readonly number[],
  owners: readonly { readonly hotkey: string; readonly coldkey: string }[],
): Promise<ForkedStake[]> {
  const items = owners.flatMap(({ hotkey }) =>
    netuids.map((netuid) => ({ pallet: SUBTENSOR, name: "TotalHotkeyAlpha", keys: [hotkey, netuid] })),
  );
  const pools = (await foreign.values(items)).map((hex) =>
    plainBigint(foreign.decoded(SUBTENSOR, "TotalHotkeyAlpha", hex), "a stake"),
  );
  const perHotkey = await inGroups(owners, async ({ hotkey, coldkey }, index) => {
    const shares = await sharesOn(foreign, hotkey);
    return netuids.flatMap((netuid, at) =>
      divide(pools[index * netuids.length + at] ?? 0n, shares.get(netuid) ?? new Map<string, bigint>(), coldkey).map(
        ([owner, rao]): ForkedStake => ({ netuid, hotkey, coldkey: owner, rao }),
      ),
    );
  });
  return perHotkey.flat();
}

/** Netuid → coldkey → share on a hotkey. */
async function sharesOn(foreign: ForeignState, hotkey: string): Promise<Map<number, Map<string, bigint>>> {
  const found = new Map<number, Map<string, bigint>>();
  for (const shares of SHARES) {
    if (!foreign.has(SUBTENSOR, shares)) continue;
    for (const { keys, hex } of await foreign.entries(SUBTENSOR, shares, [hotkey])) {
      const [, coldkey, netuid] = keys;
      const share = shareOf(foreign.decoded(SUBTENSOR, shares, hex));
      if (share <= 0n) continue;
      const inSubnet = found.get(Number(netuid)) ?? new Map<string, bigint>();
      inSubnet.set(String(coldkey), share);
      found.set(Number(netuid), inSubnet);
    }
  }
  return found;
}

function divide(poolRao: bigint, shares: ReadonlyMap<string, bigint>, owner: string): [string, bigint][] {
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0n);
  const parts = new Map<string, bigint>();
  if (total > 0n) for (const [coldkey, share] of shares) parts.set(coldkey, (poolRao * share) / total);
  const rest = poolRao - [...parts.values()].reduce((sum, rao) => sum + rao, 0n);
  if (rest > 0n) parts.set(owner, (parts.get(owner) ?? 0n) + rest);
  return [...parts].filter(([, rao]) => rao > 0n);
}
