/**
 * One post in one vocabulary, whatever shape it came in. Counters, text and time keep the JSON value that was found,
 * because formulas disagree on what a bad one means; `undefined` is a field that was not there.
 */
export interface Post {
  readonly id: string | undefined;
  readonly userId: unknown;
  readonly username: string | undefined;
  readonly text: unknown;
  readonly likes: unknown;
  readonly retweets: unknown;
  readonly replies: unknown;
  readonly views: unknown;
  /** Seconds since the Unix epoch. */
  readonly timestamp: unknown;
  /** As found: Masa's `[{ID, Username}]`, X's entities, or nothing. */
  readonly mentions: unknown;
  /** The id of the post that this one answers. */
  readonly replyTo: string | undefined;
  readonly isRetweet: boolean;
}

/** Why something that stood where a post should be is none. */
export type OddRecord = "not-a-post" | "error-record" | "too-deep" | "bad-json";

export interface RecordSink {
  post(post: Post): void;
  odd(reason: OddRecord): void;
}

type Json = Readonly<Record<string, unknown>>;

const MASA_FIELDS = ["UserID", "Text", "Likes", "Views", "Retweets", "Replies", "Timestamp"] as const;

/** Field names of other shapes, lower case without separators → ours. */
const ALIASES: Readonly<Record<string, keyof Post>> = {
  id: "id",
  idstr: "id",
  postid: "id",
  tweetid: "id",
  userid: "userId",
  authorid: "userId",
  username: "username",
  handle: "username",
  screenname: "username",
  text: "text",
  fulltext: "text",
  likes: "likes",
  likecount: "likes",
  favoritecount: "likes",
  retweets: "retweets",
  retweetcount: "retweets",
  replies: "replies",
  replycount: "replies",
  views: "views",
  viewcount: "views",
  impressions: "views",
  impressioncount: "views",
  timestamp: "timestamp",
  createdat: "timestamp",
  mentions: "mentions",
  inreplytostatusid: "replyTo",
  replyto: "replyTo",
  isretweet: "isRetweet",
};

/** Fields that make an object a post; ids, names and times could be anything (a user, a line of a registry). */
const TELLING: ReadonlySet<string> = new Set<keyof Post>(["text", "likes", "retweets", "replies", "views"]);

/** Siblings of the posts in an answer of X's API that hold no posts. */
const NOT_POSTS: ReadonlySet<string> = new Set(["includes", "errors", "meta"]);

/** Deeper than any real export; protects the stack from a hostile file. */
const MAX_DEPTH = 64;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** What a field of any other shape is called here, or nothing. */
export const fieldNamed = (name: string): keyof Post | undefined => {
  const key = name.toLowerCase().replace(/[^a-z]/g, "");
  return Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined;
};

/** True for a set of field names that describes posts (a registry or a list of users does not). */
export const describesPosts = (names: readonly string[]): boolean => {
  const fields = new Set(names.map(fieldNamed));
  return [...TELLING].some((field) => fields.has(field as keyof Post));
};

function masaPost(record: Json): Post {
  return {
    id: textOf(record["ID"]),
    userId: record["UserID"],
    username: textOf(record["Username"]),
    text: record["Text"],
    likes: record["Likes"],
    retweets: record["Retweets"],
    replies: record["Replies"],
    views: record["Views"],
    timestamp: record["Timestamp"],
    mentions: record["Mentions"],
    replyTo: textOf(record["InReplyToStatusID"]),
    isRetweet: record["IsRetweet"] === true,
  };
}

/** Seconds since the epoch from an RFC 3339 text, digits, or milliseconds; anything else is returned as it is. */
export function secondsOf(value: unknown): unknown {
  // No post is from after the year 5138, so a larger number is milliseconds.
  if (typeof value === "number") return value > 1e11 ? value / 1_000 : value;
  if (typeof value !== "string") return value;
  if (/^[0-9]{1,12}$/.test(value)) return Number(value);
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? value : ms / 1_000;
}

function otherPost(record: Json): Post | undefined {
  const found: Partial<Record<keyof Post, unknown>> = {};
  const take = (source: Json): void => {
    for (const name of Object.keys(source)) {
      const field = fieldNamed(name);
      if (field !== undefined && found[field] === undefined) found[field] = source[name];
    }
  };
  take(record);
  for (const nested of ["public_metrics", "non_public_metrics", "metrics"]) {
    const inner = record[nested];
    if (isObject(inner) && !Array.isArray(inner)) take(inner);
  }
  if (!Object.keys(found).some((field) => TELLING.has(field))) return undefined;
  const { entities, referenced_tweets: references } = record;
  const kinds = Array.isArray(references) ? references.filter(isObject) : [];
  const answered = kinds.find((reference) => reference["type"] === "replied_to");
  return {
    id: textOf(found.id),
    userId: found.userId,
    username: textOf(found.username),
    text: found.text,
    likes: found.likes,
    retweets: found.retweets,
    replies: found.replies,
    views: found.views,
    timestamp: secondsOf(found.timestamp),
    mentions: found.mentions ?? (isObject(entities) ? entities["mentions"] : undefined),
    replyTo: textOf(found.replyTo) ?? textOf(answered?.["id"]),
    isRetweet: found.isRetweet === true || kinds.some((reference) => reference["type"] === "retweeted"),
  };
}

/**
 * Reads one JSON object as a post: Masa's field names exactly as its scorer reads them, else X's API v2 or any
 * spelling of the same words (`user_id`, `userId`, `like_count` …).
 *
 * @returns `undefined` if it has no field that tells a post.
 */
export function postOf(record: Json): Post | undefined {
  // Nearly every record has a text; asking for it first spares the search.
  const isMasa = typeof record["Text"] === "string" || MASA_FIELDS.some((field) => Object.hasOwn(record, field));
  return isMasa ? masaPost(record) : otherPost(record);
}

/**
 * Finds the posts in any JSON value, in the order in which they stand: `[{Tweet, Error}]`, flat posts, `{posts: […]}`,
 * `{data: […]}`, arrays in arrays. What stands in an array and is no post is reported as odd, so that counts add up;
 * objects around the arrays are taken for wrapping.
 *
 * @param value - A parsed JSON value; nesting beyond 64 is reported as `too-deep` and left.
 */
export function walkRecords(value: unknown, sink: RecordSink, depth = 0, inArray = false): void {
  if (depth > MAX_DEPTH) {
    sink.odd("too-deep");
  } else if (Array.isArray(value)) {
    for (const item of value) walkRecords(item, sink, depth + 1, true);
  } else if (!isObject(value)) {
    if (inArray || depth === 0) sink.odd("not-a-post");
  } else {
    const record = recordOf(value);
    if (typeof record === "string") sink.odd(record);
    else if (record !== undefined) sink.post(record);
    else walkInside(value, sink, depth, inArray);
  }
}

/** The post that an object is or wraps, why it is none, or nothing if it wraps something else. */
function recordOf(value: Json): Post | OddRecord | undefined {
  if (!Object.hasOwn(value, "Tweet")) return postOf(value);
  const tweet = value["Tweet"];
  return isObject(tweet) && !Array.isArray(tweet) ? (postOf(tweet) ?? "not-a-post") : "error-record";
}

function walkInside(value: Json, sink: RecordSink, depth: number, inArray: boolean): void {
  const inner = Object.keys(value).filter((key) => !NOT_POSTS.has(key) && isObject(value[key]));
  if (inner.length === 0 && inArray) sink.odd("not-a-post");
  for (const key of inner) walkRecords(value[key], sink, depth + 1, false);
}
