import { below, pick, type Random, seededRandom, uniform } from "../../src/base/random.ts";

/** A post in Masa's flat shape, as made up here; nobody wrote it. */
export interface MadePost {
  readonly ID: string;
  readonly UserID: string;
  readonly Username: string;
  readonly Text: string;
  readonly Timestamp: number;
  readonly Likes: number;
  readonly Retweets: number;
  readonly Replies: number;
  readonly Views: number;
  readonly Mentions: readonly { readonly ID: string; readonly Username: string }[] | null;
  readonly InReplyToStatusID: string;
  readonly IsRetweet: boolean;
}

export const START_SECONDS = 1_735_000_000;
export const DAY_SECONDS = 86_400;

const WORDS =
  "agent arena market signal model token subnet miner vote duel release thread launch garden river paper window engine metric forecast puzzle cloud winter harbour lantern copper violet orbit canyon meadow signal-noise echo".split(
    " ",
  );
const EMOJI = ["🚀", "🔥", "✨", "🧠", "👀"];

/** A sentence of made-up words; two in five carry an emoji, as in the real data. */
export function sentence(random: Random, words = 6 + below(random, 24)): string {
  const text = Array.from({ length: words }, () => pick(random, WORDS)).join(" ");
  return uniform(random) < 0.4 ? `${text} ${pick(random, EMOJI)}` : text;
}

/** A counter with the long tail of real ones: most are 0 or small, few are large. */
const counter = (random: Random, scale: number): number => Math.floor(scale * (uniform(random) ** -0.7 - 1));

let serial = 0;

/** One post with defaults that earn nothing. */
export const post = (fields: Partial<MadePost> & { readonly UserID: string }): MadePost => ({
  ID: `p${serial++}`,
  Username: `user_${fields.UserID}`,
  Text: sentence(seededRandom(`text/${serial}`)),
  Timestamp: START_SECONDS,
  Likes: 0,
  Retweets: 0,
  Replies: 0,
  Views: 0,
  Mentions: null,
  InReplyToStatusID: "",
  IsRetweet: false,
  ...fields,
});

/**
 * A look-alike of a week in an arena: agents of different appeal, outsiders who answer and mention them.
 *
 * @param seed - Equal seeds give equal posts.
 */
export function madeWeek(seed: number, agents = 8, posts = 120): MadePost[] {
  const random = seededRandom(`posts/${seed}`);
  const made: MadePost[] = [];
  for (let i = 0; i < posts; i++) {
    const author = below(random, agents + 4);
    const isAgent = author < agents;
    const appeal = isAgent ? (author + 1) / agents : 0.1;
    const answered = uniform(random) < 0.3 && made.length > 0 ? pick(random, made) : undefined;
    const named = uniform(random) < 0.3 ? below(random, agents) : undefined;
    const views = counter(random, 60 * appeal);
    made.push({
      ID: `${seed}-${i}`,
      UserID: isAgent ? `a${author}` : `x${author}`,
      Username: isAgent ? `agent_${author}` : `outsider_${author}`,
      Text: sentence(random),
      Timestamp: START_SECONDS + below(random, 7 * DAY_SECONDS),
      Likes: counter(random, 3 * appeal),
      Retweets: counter(random, appeal),
      Replies: counter(random, appeal),
      Views: views,
      Mentions: named === undefined ? null : [{ ID: `a${named}`, Username: `agent_${named}` }],
      InReplyToStatusID: answered?.ID ?? "",
      IsRetweet: uniform(random) < 0.03,
    });
  }
  return made;
}
