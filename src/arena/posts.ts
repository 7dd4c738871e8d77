import type { JsonObject } from "../base/json-object.ts";
import { type Author, authorOf } from "./author.ts";
import { secondsOf } from "./post-time.ts";

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
  /** An account that stood beside the posts; `at` is when it looked like that, seconds since the Unix epoch. */
  author?(author: Author, at?: number): void;
}

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

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;
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

function masaPost(record: JsonObject): Post {
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

function otherPost(record: JsonObject): Post | undefined {
  const found: Partial<Record<keyof Post, unknown>> = {};
  const take = (source: JsonObject): void => {
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
  const { entities, referenced_tweets: references, edit_history_tweet_ids: edits, note_tweet: note } = record;
  const kinds = Array.isArray(references) ? references.filter(isObject) : [];
  const answered = kinds.find((reference) => reference["type"] === "replied_to");
  return {
    // An edit gets an id of its own; the first of them names the post through all of its edits.
    id: (Array.isArray(edits) ? textOf(edits[0]) : undefined) ?? textOf(found.id),
    userId: found.userId,
    username: textOf(found.username),
    // X cuts a long text short and keeps the whole beside it.
    text: (isObject(note) ? textOf(note["text"]) : undefined) ?? found.text,
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
export function postOf(record: JsonObject): Post | undefined {
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
    passAuthors(value, sink);
    const record = recordOf(value);
    if (typeof record === "string") sink.odd(record);
    else if (record !== undefined) sink.post(record);
    else walkInside(value, sink, depth, inArray);
  }
}

/** Hands on the accounts of an answer of X's API (`includes.users`), or the profile that an object is. */
function passAuthors(value: JsonObject, sink: RecordSink): void {
  if (sink.author === undefined) return;
  const { includes } = value;
  const users = isObject(includes) ? includes["users"] : undefined;
  const found = Array.isArray(users) ? (users as readonly unknown[]) : isProfile(value) ? [value] : [];
  for (const user of found) {
    const author = authorOf(user);
    if (author !== undefined) sink.author(author);
  }
}

/** A profile has an account id as a post has, but followers instead of a text. */
const isProfile = (value: JsonObject): boolean =>
  Object.hasOwn(value, "FollowersCount") && !Object.hasOwn(value, "Text");

/** The post that an object is or wraps, why it is none, or nothing if it wraps something else. */
function recordOf(value: JsonObject): Post | OddRecord | undefined {
  if (!Object.hasOwn(value, "Tweet")) return isProfile(value) ? "not-a-post" : postOf(value);
  const tweet = value["Tweet"];
  return isObject(tweet) && !Array.isArray(tweet) ? (postOf(tweet) ?? "not-a-post") : "error-record";
}

function walkInside(value: JsonObject, sink: RecordSink, depth: number, inArray: boolean): void {
  const inner = Object.keys(value).filter((key) => !NOT_POSTS.has(key) && isObject(value[key]));
  if (inner.length === 0 && inArray) sink.odd("not-a-post");
  for (const key of inner) walkRecords(value[key], sink, depth + 1, false);
}
