import { splitDividend } from "../../../yuma/childkeys.ts";
import type { ReadableState } from "../../engine/state.ts";
import { ownerOf } from "./checks.ts";
import { childkeyTake } from "./children.ts";
import { hotkeyAlphaRao } from "./share-pool.ts";
import { ChildKeys, CKBurn, ParentKeys, ROOT_NETUID, TaoWeight } from "./storage.ts";

export interface SharedDividends {
  /** The neurons' hotkeys by uid, then parents that have no uid. */
  readonly holders: readonly string[];
  /** What each holder earned as a validator or through children, rao. */
  readonly dividendRao: readonly bigint[];
  /** Alpha that goes back into what may be emitted. */
  readonly recycledRao: bigint;
}

/** Passes validators' dividends on to their parents, who may be no members of the subnet themselves. */
export function shareDividends(
  state: ReadableState,
  netuid: number,
  hotkeys: readonly string[],
  validatorEmissionRao: readonly bigint[],
): SharedDividends {
  const earned = new Map<string, bigint>(hotkeys.map((hotkey) => [hotkey, 0n]));
  const give = (hotkey: string, rao: bigint): void => void earned.set(hotkey, (earned.get(hotkey) ?? 0n) + rao);
  let recycledRao = 0n;
  hotkeys.forEach((hotkey, uid) => {
    const dividendRao = validatorEmissionRao[uid] ?? 0n;
    const parents = ParentKeys.get(state, hotkey, netuid);
    if (parents.length === 0) {
      give(hotkey, dividendRao);
      return;
    }
    const owner = ownerOf(state, hotkey);
    const split = splitDividend({
      dividendRao,
      takeU16: childkeyTake(state, hotkey, netuid),
      burn: CKBurn.get(state),
      taoWeight: TaoWeight.get(state),
      own: {
        alphaRao: hotkeyAlphaRao(state, hotkey, netuid),
        rootRao: hotkeyAlphaRao(state, hotkey, ROOT_NETUID),
        lentProportions: ChildKeys.get(state, hotkey, netuid).map(([proportion]) => proportion),
      },
      parents: parents.map(([proportion, parent]) => ({
        proportion,
        alphaRao: hotkeyAlphaRao(state, parent, netuid),
        rootRao: hotkeyAlphaRao(state, parent, ROOT_NETUID),
        sameOwner: ownerOf(state, parent) === owner,
      })),
    });
    give(hotkey, split.ownRao);
    parents.forEach(([, parent], i) => {
      give(parent, split.parentRao[i] ?? 0n);
    });
    recycledRao += split.burnedRao;
  });
  return { holders: [...earned.keys()], dividendRao: [...earned.values()], recycledRao };
}
