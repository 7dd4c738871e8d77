import type { ReadableState, State } from "../../engine/state.ts";
import {
  AlphaV2,
  type SafeFloat,
  StakingHotkeys,
  TotalAlphaStaked,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
} from "./storage.ts";

/** Shares are kept with nine decimal places, so that a share of a large pool is right to the rao. */
const EXPONENT = -9n;
const SCALE = 1_000_000_000n;

/** A share count at our scale, whatever exponent it was stored with. */
const scaled = ({ mantissa, exponent }: SafeFloat): bigint => {
  const shift = exponent - EXPONENT;
  return shift >= 0n ? mantissa * 10n ** shift : mantissa / 10n ** -shift;
};
const stored = (shares: bigint): SafeFloat =>
  shares === 0n ? { mantissa: 0n, exponent: 0n } : { mantissa: shares, exponent: EXPONENT };

/** All alpha on a hotkey in a subnet, rao: its owner's and its nominators'. */
export const hotkeyAlphaRao = (state: ReadableState, hotkey: string, netuid: number): bigint =>
  TotalHotkeyAlpha.get(state, hotkey, netuid);

/** One coldkey's part of it, rao, rounded down. */
export function stakeRao(state: ReadableState, hotkey: string, coldkey: string, netuid: number): bigint {
  const share = scaled(AlphaV2.get(state, hotkey, coldkey, netuid));
  if (share === 0n) return 0n;
  const total = scaled(TotalHotkeySharesV2.get(state, hotkey, netuid));
  return (share * TotalHotkeyAlpha.get(state, hotkey, netuid)) / total;
}

const setTotal = (state: State, hotkey: string, netuid: number, rao: bigint): void => {
  const before = TotalHotkeyAlpha.get(state, hotkey, netuid);
  if (rao === 0n) TotalHotkeyAlpha.remove(state, hotkey, netuid);
  else TotalHotkeyAlpha.set(state, [hotkey, netuid], rao);
  TotalAlphaStaked.update(state, [netuid], (total) => total + rao - before);
};

/** Dividends: everybody's part grows, nobody's share changes. With no shares yet there is nobody to grow. */
export function addToEverybody(state: State, hotkey: string, netuid: number, rao: bigint): void {
  if (rao > 0n) setTotal(state, hotkey, netuid, TotalHotkeyAlpha.get(state, hotkey, netuid) + rao);
}

const setShares = (
  state: State,
  hotkey: string,
  coldkey: string,
  netuid: number,
  share: bigint,
  total: bigint,
): void => {
  if (share === 0n) AlphaV2.remove(state, hotkey, coldkey, netuid);
  else AlphaV2.set(state, [hotkey, coldkey, netuid], stored(share));
  if (total === 0n) TotalHotkeySharesV2.remove(state, hotkey, netuid);
  else TotalHotkeySharesV2.set(state, [hotkey, netuid], stored(total));
};

/** Puts alpha on a hotkey in the name of a coldkey. */
export function addStakeRao(state: State, hotkey: string, coldkey: string, netuid: number, rao: bigint): void {
  if (rao <= 0n) return;
  const pool = TotalHotkeyAlpha.get(state, hotkey, netuid);
  const total = scaled(TotalHotkeySharesV2.get(state, hotkey, netuid));
  const added = total === 0n || pool === 0n ? rao * SCALE : (rao * total) / pool;
  const share = scaled(AlphaV2.get(state, hotkey, coldkey, netuid));
  setShares(state, hotkey, coldkey, netuid, share + added, total + added);
  setTotal(state, hotkey, netuid, pool + rao);
  const known = StakingHotkeys.get(state, coldkey);
  if (!known.includes(hotkey)) StakingHotkeys.set(state, [coldkey], [...known, hotkey]);
}

/** Takes alpha off; the caller has checked that it is there. The last rao takes the whole share with it. */
export function removeStakeRao(state: State, hotkey: string, coldkey: string, netuid: number, rao: bigint): void {
  if (rao <= 0n) return;
  const held = stakeRao(state, hotkey, coldkey, netuid);
  const pool = TotalHotkeyAlpha.get(state, hotkey, netuid);
  const total = scaled(TotalHotkeySharesV2.get(state, hotkey, netuid));
  const share = scaled(AlphaV2.get(state, hotkey, coldkey, netuid));
  // Rounded up: what stays must never be worth more than what was there.
  const removed = rao >= held ? share : (rao * total + pool - 1n) / pool;
  setShares(
    state,
    hotkey,
    coldkey,
    netuid,
    share > removed ? share - removed : 0n,
    total > removed ? total - removed : 0n,
  );
  setTotal(state, hotkey, netuid, pool - (rao < held ? rao : held));
}
