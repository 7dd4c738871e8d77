import { type Author, authorOf } from "../arena/author.ts";
import { type OddRecord, type Post, walkRecords } from "../arena/posts.ts";
import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import { ApiClient, type ApiOptions } from "./api-client.ts";
import { badAnswer } from "./errors.ts";
import type { PostPage, PostSource, Reading, Who } from "./source.ts";

export const X_URL = "https://api.x.com";

const TWEET_FIELDS =
  "author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,note_tweet,public_metrics,referenced_tweets";
const USER_FIELDS = "created_at,description,name,public_metrics,username";
const FIELDS = new URLSearchParams({
  "tweet.fields": TWEET_FIELDS,
  expansions: "author_id",
  "user.fields": USER_FIELDS,
}).toString();
/** The most that one answer of a timeline or a look-up holds. */
const PER_PAGE = 100;

/**
 * X's API v2 as a source of posts, with an app's bearer token: single posts, users, timelines and mentions.
 *
 * @see docs.x.com, "Post lookup", "Timelines", "User lookup", "Rate limits"
 */
export class XSource implements PostSource {
  readonly name = "X's API";
  readonly #api: ApiClient;

  constructor(options: Omit<ApiOptions, "name" | "baseUrl"> & { readonly baseUrl?: string | undefined }) {
    const baseUrl = (options.baseUrl ?? X_URL).replace(/\/+(2\/*)?$/, "");
    this.#api = new ApiClient({ ...options, name: this.name, baseUrl });
  }

  async post(id: string): Promise<{ post: Post; author: Author | undefined } | undefined> {
    const answer = await this.#api.ask("post", `/2/tweets/${encodeURIComponent(id)}?${FIELDS}`);
    if (!answer.found) return undefined;
    // A post that is gone, or of a locked account, is an answer without data and with the reason beside it.
    const { posts, authors } = this.#read([this.#record(answer.value)["data"]], answer.value);
    const [post] = posts;
    if (post === undefined) return undefined;
    return { post, author: authors.find(({ userId }) => userId === post.userId) };
  }

  async authors(accounts: readonly Who[]): Promise<readonly Author[]> {
    const found: Author[] = [];
    for (let at = 0; at < accounts.length; at += PER_PAGE) {
      const ids = accounts.slice(at, at + PER_PAGE).map(({ userId }) => userId);
      const query = new URLSearchParams({ ids: ids.join(","), "user.fields": USER_FIELDS });
      const answer = await this.#api.ask("users", `/2/users?${query}`);
      if (!answer.found) continue;
      const { data } = this.#record(answer.value);
      if (data !== undefined && !Array.isArray(data)) throw badAnswer(this.name, "data is no list of users");
      for (const user of data ?? []) {
        const author = authorOf(user);
        if (author !== undefined) found.push(author);
      }
    }
    return found;
  }

  async page({ userId }: Who, reading: Reading, since: number, from: string | undefined): Promise<PostPage> {
    const query = new URLSearchParams({
      max_results: String(PER_PAGE),
      start_time: new Date(Math.floor(since) * 1_000).toISOString().replace(/\.\d+Z$/, "Z"),
      ...(from === undefined ? {} : { pagination_token: from }),
    });
    const place = `/2/users/${encodeURIComponent(userId)}/${reading === "posts" ? "tweets" : "mentions"}`;
    const answer = await this.#api.ask(reading, `${place}?${query}&${FIELDS}`);
    if (!answer.found) return { posts: [], odd: [], authors: [], next: undefined };
    const { data, meta, errors } = this.#record(answer.value);
    if (data !== undefined && !Array.isArray(data)) throw badAnswer(this.name, "data is no list of posts");
    const next = (meta as JsonObject | undefined)?.["next_token"];
    const read = this.#read(data ?? [], answer.value);
    const missing = Array.isArray(errors) && data !== undefined ? errors.length : 0;
    return {
      ...read,
      odd: [...read.odd, ...Array.from({ length: missing }, () => "error-record" as const)],
      next: typeof next === "string" && next !== "" ? next : undefined,
    };
  }

  #record(value: unknown): JsonObject {
    if (!isJsonObject(value)) throw badAnswer(this.name, "it is no object");
    return value;
  }

  /** The posts of an answer, each with its author's name, and the authors beside them. */
  #read(data: readonly unknown[], answer: unknown): { posts: Post[]; odd: OddRecord[]; authors: Author[] } {
    const { includes } = this.#record(answer);
    const users = (includes as JsonObject | undefined)?.["users"];
    const authors = (Array.isArray(users) ? users : []).flatMap((user: unknown) => authorOf(user) ?? []);
    const names = new Map(authors.map(({ userId, username }) => [userId, username]));
    const posts: Post[] = [];
    const odd: OddRecord[] = [];
    const sink = {
      post: (post: Post) => void posts.push({ ...post, username: post.username ?? names.get(String(post.userId)) }),
      odd: (reason: OddRecord) => void odd.push(reason),
    };
    for (const item of data) if (item !== undefined) walkRecords(item, sink, 1, true);
    return { posts, odd, authors };
  }
}
