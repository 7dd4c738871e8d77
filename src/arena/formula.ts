import { UsageError } from "../base/errors.ts";
import { closest } from "../base/text.ts";
import { COLOSSEUM_SETTINGS } from "./colosseum.ts";
import { ColosseumScorer } from "./colosseum-scorer.ts";
import { MASA_SETTINGS } from "./masa.ts";
import { MasaScorer } from "./masa-scorer.ts";
import type { ArenaScorer, ScorerOptions } from "./scorer.ts";
import { applySettings, type SettingSpecs } from "./settings.ts";

/** A named, versioned way from posts to scores; a name never changes its meaning. */
export interface Formula {
  readonly name: string;
  readonly summary: string;
  /** The window where `--window` says nothing. */
  readonly window: string;
  readonly settings: SettingSpecs;
  /** @throws UsageError on a bad `key=value`. */
  readonly scorer: (options: ScorerOptions, assignments: readonly string[]) => ArenaScorer;
}

export const FORMULAS: readonly Formula[] = [
  {
    name: "colosseum",
    summary: "impressions, likes, replies, mentions and follower growth, hard to game",
    window: "7d",
    settings: COLOSSEUM_SETTINGS,
    scorer: (options, assignments) => new ColosseumScorer(options, applySettings(COLOSSEUM_SETTINGS, assignments)),
  },
  {
    name: "masa-v1",
    summary: "what Masa's arena (subnet 59) computed",
    window: "all",
    settings: MASA_SETTINGS,
    scorer: (options, assignments) => new MasaScorer(options, applySettings(MASA_SETTINGS, assignments)),
  },
];

/** @throws UsageError `usage.formula` if there is no formula of that name. */
export function formulaNamed(name: string): Formula {
  const found = FORMULAS.find((formula) => formula.name === name);
  if (found !== undefined) return found;
  const names = FORMULAS.map((formula) => formula.name);
  const near = closest(name, names, 1);
  throw new UsageError(`There is no formula "${name}".`, {
    code: "usage.formula",
    hint: near.length > 0 ? `Did you mean ${near[0]}?` : `There are ${names.join(" and ")}.`,
  });
}
