import { below, pick, type Random, seededRandom, uniform } from "../src/base/random.ts";

export interface LookAlike {
  /** Equal seeds give equal files. */
  readonly seed: string;
  readonly agents: number;
  /** All authors together. */
  readonly posts: number;
}

/** 17 December 2024, when the real data begins. */
const START_SECONDS = 1_734_397_200;
const DAYS = 18;
const WORDS =
  "agent arena signal model token subnet vote release thread launch garden river paper window engine metric forecast puzzle cloud winter harbour lantern copper violet orbit canyon meadow echo small careful open late".split(
    " ",
  );
const EMOJI = ["🚀", "🔥", "✨", "🧠", "👀", "👨‍👩‍👧‍👦"];
const SLOGANS = ["gm arena, another day another block", "the future is agents and the agents are here", "stay early"];

interface Account {
  readonly id: string;
  readonly name: string;
  /** What its readers do, in [0, 1]. */
  readonly appeal: number;
  readonly posts: number;
}

/** A long tail like the one that was measured: four of five posts without a like, a few with hundreds. */
const longTail = (random: Random, scale: number): number => Math.floor(scale * (uniform(random) ** -0.9 - 1));

/**
 * Files of a made-up arena. What was measured on the real ones holds for them too: about four in five posts have no
 * like and one in five no impression, two in five texts have characters beyond the basic plane, a few percent repeat another
 * text or have stale counters (likes, no impressions), answers and mentions come from agents and from outsiders, one file is
 * flat and the others wrapped.
 *
 * @returns Content by file name: `user_UID_posts.json` for each agent, `registry.csv`.
 */
export function lookAlike({ seed, agents, posts }: LookAlike): ReadonlyMap<string, string> {
  const random = seededRandom(`look-alike/${seed}`);
  const account = (index: number, prefix: string): Account => ({
    id: String(1_700_000_000_000_000_000n + BigInt(index) * 7_919n + BigInt(prefix.length)),
    name: `${prefix}_${index}`,
    appeal: uniform(random) ** 2,
    posts: 1 + longTail(random, 3),
  });
  const competitors = Array.from({ length: agents }, (_, index) => account(index, "agent"));
  const outsiders = Array.from({ length: agents * 2 }, (_, index) => account(index, "reader"));
  const total = competitors.reduce((sum, each) => sum + each.posts, 0);
  const written: { readonly author: Account; readonly post: ReturnType<typeof postBy> }[] = [];
  for (let index = 0; index < posts; index++) {
    const isOutside = uniform(random) < 0.12;
    const author = isOutside ? pick(random, outsiders) : weighted(random, competitors, total);
    const answered = uniform(random) < 0.44 && written.length > 0 ? pick(random, written) : undefined;
    const named = isOutside || uniform(random) < 0.3 ? pick(random, competitors) : undefined;
    written.push({ author, post: postBy(random, index, author, answered?.post.ID, named) });
  }
  const files = new Map<string, string>();
  competitors.forEach((competitor, uid) => {
    const found = written
      .filter(
        ({ author, post }) => author === competitor || post.Mentions?.some(({ ID }) => ID === competitor.id) === true,
      )
      .map(({ post }) => post);
    const isFlat = uid === agents - 1;
    const shaped = isFlat ? found : found.map((Tweet) => ({ Tweet, Error: null }));
    files.set(`user_${uid}_posts.json`, `${JSON.stringify(shaped, null, 1)}\n`);
  });
  const rows = competitors.map(({ id, name }, uid) => `${id},${uid},${name}`);
  files.set("registry.csv", `${["user_id,uid,handle", ...rows].join("\n")}\n`);
  return files;
}

function weighted(random: Random, accounts: readonly Account[], total: number): Account {
  let left = uniform(random) * total;
  for (const account of accounts) {
    left -= account.posts;
    if (left < 0) return account;
  }
  return accounts[0] as Account;
}

function textOf(random: Random, named: Account | undefined): string {
  if (uniform(random) < 0.04) return pick(random, SLOGANS);
  const words = Array.from({ length: 3 + below(random, 30) }, () => pick(random, WORDS)).join(" ");
  const start = named === undefined ? "" : `@${named.name} `;
  return `${start}${words}${uniform(random) < 0.5 ? ` ${pick(random, EMOJI)}` : ""}`;
}

function postBy(
  random: Random,
  index: number,
  author: Account,
  answered: string | undefined,
  named: Account | undefined,
) {
  const isStale = uniform(random) < 0.01;
  const isUnseen = uniform(random) < 0.19;
  const Views = isStale || isUnseen ? 0 : 1 + longTail(random, 4 + 90 * author.appeal);
  const Likes = isStale
    ? 1 + below(random, 3)
    : Math.min(Views, longTail(random, 0.35 + Views * 0.004 * author.appeal));
  const ID = String(1_868_800_000_000_000_000n + BigInt(index) * 104_729n);
  const Timestamp = START_SECONDS + Math.floor(uniform(random) * DAYS * 86_400);
  return {
    ConversationID: answered ?? ID,
    GIFs: null,
    Hashtags: null,
    HTML: "",
    ID,
    InReplyToStatus: null,
    InReplyToStatusID: answered ?? "",
    IsQuoted: uniform(random) < 0.05,
    IsPin: false,
    IsReply: answered !== undefined,
    IsRetweet: false,
    IsSelfThread: false,
    Likes,
    Name: author.name,
    Mentions: named === undefined ? null : [{ ID: named.id, Username: named.name, Name: named.name }],
    PermanentURL: `https://x.com/${author.name}/status/${ID}`,
    Photos: null,
    Place: null,
    QuotedStatus: null,
    QuotedStatusID: "",
    Replies: Math.min(Views, longTail(random, 0.2 + Views * 0.001)),
    Retweets: Math.min(Views, longTail(random, 0.1)),
    RetweetedStatus: null,
    RetweetedStatusID: "",
    Text: textOf(random, named),
    Thread: null,
    TimeParsed: new Date(Timestamp * 1_000).toISOString(),
    Timestamp,
    URLs: null,
    UserID: author.id,
    Username: author.name,
    Videos: null,
    Views,
    SensitiveContent: false,
  };
}
