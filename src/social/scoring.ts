import type { Formula } from "../arena/formula.ts";
import { buildRegistry, type Registry } from "../arena/registry.ts";
import type { ArenaScores, ScorerOptions } from "../arena/scorer.ts";
import type { Account } from "../store/accounts.ts";
import type { ArenaStore } from "../store/arena-store.ts";

/** Those who compete: every proven account whose hotkey has a slot. */
export const registryOf = (accounts: readonly Account[]): Registry =>
  buildRegistry(
    accounts.flatMap(({ userId, uid, handle, hotkey }) => (uid === null ? [] : [{ userId, uid, handle, hotkey }])),
  );

export interface StoreScoring {
  readonly formula: Formula;
  /** `key=value` changes of the formula. */
  readonly settings: readonly string[];
  readonly options: ScorerOptions;
  /** With the counters as they were known then; as they are now by default. */
  readonly asOf?: number | undefined;
}

/** Scores the posts of the store under a formula. */
export function scoreStore(store: ArenaStore, { formula, settings, options, asOf }: StoreScoring): ArenaScores {
  const scorer = formula.scorer(options, settings);
  const since = options.at === undefined ? 0 : options.at - options.windowSeconds;
  store.authors.readAll(scorer, since);
  store.posts.readAll(scorer, asOf);
  return scorer.finish();
}

/** Hotkey → score of those who have one. */
export const scoresByHotkey = ({ agents }: ArenaScores): Map<string, number> =>
  new Map(agents.flatMap(({ hotkey, score }) => (hotkey === null || score === null ? [] : [[hotkey, score]])));
