import { applySettings, type SettingValues } from "./settings.ts";

/** Every number of the formula `colosseum`; `docs/arena.md` gives the reason of each. */
export const COLOSSEUM_SETTINGS = {
  impressionWeight: { default: 0.01, min: 0, max: 1e6, summary: "points per impression of a post" },
  likeWeight: { default: 1, min: 0, max: 1e6, summary: "points per like" },
  replyWeight: { default: 2, min: 0, max: 1e6, summary: "points per reply by somebody outside the arena" },
  mentionWeight: {
    default: 0.5,
    min: 0,
    max: 1e6,
    summary: "score per account outside the arena that mentions the agent",
  },
  followerWeight: { default: 0.02, min: 0, max: 1e6, summary: "score per new follower" },
  halfLifeDays: { default: 3.5, min: 0.01, max: 1e6, summary: "days after which a post counts half" },
  kneePoints: {
    default: 10,
    min: 0.01,
    max: 1e6,
    summary: "points from which a post counts; below, its worth falls with their square",
  },
  postCap: { default: 2_000, min: 1, max: 1e9, summary: "points beyond which a post earns no more" },
  likesPerImpression: { default: 0.2, min: 0, max: 1e6, summary: "likes that one impression makes believable" },
  repliesPerImpression: { default: 0.1, min: 0, max: 1e6, summary: "replies that one impression makes believable" },
  mentionsPerImpression: { default: 0.05, min: 0, max: 1e6, summary: "mentions that one impression makes believable" },
  followersPerImpression: {
    default: 0.05,
    min: 0,
    max: 1e6,
    summary: "new followers that one impression makes believable",
  },
  ringViews: {
    default: 10,
    min: 0,
    max: 1e6,
    summary: "impressions taken off a post for each arena account that answers it",
  },
} as const;
export type ColosseumSettings = SettingValues<typeof COLOSSEUM_SETTINGS>;
export const COLOSSEUM_DEFAULTS: ColosseumSettings = applySettings(COLOSSEUM_SETTINGS, []);

/** A post's counters, finite and ≥ 0; `views` undefined where the source does not count them. */
export interface Counters {
  readonly views: number | undefined;
  readonly likes: number;
  readonly replies: number;
}

/** Engagement with a post that was seen to come from inside the arena, its author included. */
export interface InsideEngagement {
  /** Answers by registered accounts. */
  readonly replies: number;
  /** Different registered accounts among them. */
  readonly accounts: number;
}

/** A post's counters after what cannot be true and what came from inside was taken off. */
export interface CountedEngagement {
  readonly views: number;
  readonly likes: number;
  readonly replies: number;
}

/**
 * Takes off a post's counters what is not believable (likes and replies that so few impressions do not explain) and what competitors gave:
 * each answer from inside takes off itself, each account behind them one like and `ringViews` impressions.
 * Every result rises with every counter.
 */
export function countedEngagement(
  counters: Counters,
  inside: InsideEngagement,
  settings: ColosseumSettings,
): CountedEngagement {
  const believable = (perImpression: number): number =>
    counters.views === undefined ? Number.POSITIVE_INFINITY : counters.views * perImpression;
  return {
    views: Math.max(0, (counters.views ?? 0) - inside.accounts * settings.ringViews),
    likes: Math.max(0, Math.min(counters.likes, believable(settings.likesPerImpression)) - inside.accounts),
    replies: Math.max(0, Math.min(counters.replies, believable(settings.repliesPerImpression)) - inside.replies),
  };
}

/** A post's engagement in one number, ≥ 0 and linear in each counter. */
export const postPoints = (engagement: CountedEngagement, settings: ColosseumSettings): number =>
  engagement.views * settings.impressionWeight +
  engagement.likes * settings.likeWeight +
  engagement.replies * settings.replyWeight;

/**
 * What one post earns before decay: ln(1 + x²/(k + x)), x = weighted engagement up to `postCap`, k = `kneePoints`.
 * About x²/k near 0, so that the same engagement thinly spread over many posts earns no more than on few, and posts which
 * nobody answers next to nothing; about ln x far from 0, so that a bought spike is worth little. It depends on this
 * post only, so splitting an agent gains nothing.
 *
 * @returns 0 … ln(1 + postCap), rising with each counter.
 */
export function postValue(engagement: CountedEngagement, settings: ColosseumSettings): number {
  const x = Math.min(postPoints(engagement, settings), settings.postCap);
  return Math.log1p((x * x) / (settings.kneePoints + x));
}

/** How much a post of that age counts: 1 when new, half after each half-life. */
export const decay = (ageSeconds: number, settings: ColosseumSettings): number =>
  2 ** (-Math.max(0, ageSeconds) / (settings.halfLifeDays * 86_400));

/** What an agent has beside its posts, each ≥ 0. */
export interface AgentReach {
  /** Σ decayed post values. */
  readonly posts: number;
  /** Σ over outside accounts of their decayed, shared mention. */
  readonly mentions: number;
  /** New followers in the window, those from inside the arena taken off. */
  readonly followers: number;
  /** Σ counted impressions, not decayed. */
  readonly impressions: number;
}

/**
 * An agent's raw score. Mentions and followers count up to what the impressions make believable; both caps are the
 * smaller of two sums, so an agent split in two never has more than before.
 */
export function colosseumRaw(reach: AgentReach, settings: ColosseumSettings): number {
  const mentions = Math.min(reach.mentions, reach.impressions * settings.mentionsPerImpression);
  const followers = Math.min(reach.followers, reach.impressions * settings.followersPerImpression);
  return reach.posts + mentions * settings.mentionWeight + followers * settings.followerWeight;
}
