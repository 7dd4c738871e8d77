import { ranksOf } from "../base/score-ranks.ts";
import { compareText } from "../base/text.ts";
import type { Standings } from "../mechanism/standings.ts";

/** One hotkey under two rule sets. */
export interface ComparedMiner {
  readonly hotkey: string;
  /** Score under the first and the second. */
  readonly a: number;
  readonly b: number;
  readonly shareA: number;
  readonly shareB: number;
  /** From 1; equal scores share a rank. */
  readonly rankA: number;
  readonly rankB: number;
}

/** 1 + the number of miners with a higher score, by hotkey. */
function ranks(standings: Standings): Map<string, number> {
  const all = ranksOf(standings.miners);
  return new Map(standings.miners.map(({ hotkey }, index) => [hotkey, all[index] ?? 0]));
}

/**
 * Puts two results of the same log side by side.
 *
 * @returns Every hotkey of either, by rank under the second rule set, then hotkey; one that is missing in a result
 * has score and share 0 there and the rank behind everybody above 0.
 */
export function compareStandings(first: Standings, second: Standings): ComparedMiner[] {
  const side = (standings: Standings) => {
    const rank = ranks(standings);
    const rows = new Map(standings.miners.map((row) => [row.hotkey, row]));
    const absent = 1 + standings.miners.filter(({ score }) => score > 0).length;
    return (hotkey: string) => ({
      score: rows.get(hotkey)?.score ?? 0,
      share: rows.get(hotkey)?.share ?? 0,
      rank: rank.get(hotkey) ?? absent,
    });
  };
  const a = side(first);
  const b = side(second);
  const hotkeys = new Set([...first.miners, ...second.miners].map(({ hotkey }) => hotkey));
  return [...hotkeys]
    .map((hotkey) => {
      const left = a(hotkey);
      const right = b(hotkey);
      return {
        hotkey,
        a: left.score,
        b: right.score,
        shareA: left.share,
        shareB: right.share,
        rankA: left.rank,
        rankB: right.rank,
      };
    })
    .sort((x, y) => x.rankB - y.rankB || compareText(x.hotkey, y.hotkey));
}
