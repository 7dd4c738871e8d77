import { type Author, authorOf } from "../arena/author.ts";
import { type OddRecord, type Post, walkRecords } from "../arena/posts.ts";
import type { JsonObject } from "../base/json-object.ts";
import { ApiClient, type ApiOptions } from "./api-client.ts";
import { badAnswer } from "./errors.ts";
import type { PostPage, PostSource, Reading, Who } from "./source.ts";

export const MASA_URL = "http://localhost:8080";

/**
 * A search gives at most so many and has no pages, so that readings go day by day; a fuller day goes on below the oldest
 * post that it gave (X's search operator `max_id:`).
 */
const PER_SEARCH = 100;
const DAY_SECONDS = 86_400;
/** What a node of Masa's takes. @see masa-finance/agent-arena-subnet 68911bb */
const PER_SECOND = 20;

/**
 * A node of Masa's protocol as a source of posts: searches, single posts and profiles of `/api/v1/data/twitter`.
 *
 * @see masa-finance/masa-oracle `pkg/api/handlers_data.go`: `{data, workerPeerId}`, failures `{error, details}`
 */
export class MasaSource implements PostSource {
  readonly name = "the Masa node";
  readonly #api: ApiClient;
  readonly #clock: ApiOptions["clock"];

  constructor(options: Omit<ApiOptions, "name" | "baseUrl"> & { readonly baseUrl?: string | undefined }) {
    const root = (options.baseUrl ?? MASA_URL).replace(/\/+$/, "").replace(/\/api\/v1(\/data)?$/, "");
    this.#api = new ApiClient({
      timeoutMs: 120_000,
      perSecond: PER_SECOND,
      ...options,
      name: this.name,
      baseUrl: `${root}/api/v1/data/twitter`,
    });
    this.#clock = options.clock;
  }

  async post(id: string): Promise<{ post: Post; author: Author | undefined } | undefined> {
    const answer = await this.#api.ask("post", `/tweets/${encodeURIComponent(id)}`, {});
    const { posts } = this.#read(answer.found ? this.#data(answer.value) : null);
    const [post] = posts;
    if (post === undefined) return undefined;
    const author = post.username === undefined ? undefined : await this.#author(post.username);
    return { post, author };
  }

  async authors(accounts: readonly Who[]): Promise<readonly Author[]> {
    const found: Author[] = [];
    for (const { userId, handle } of accounts) {
      const author = await this.#author(handle);
      // The name may be somebody else's by now; the id never is.
      if (author?.userId === userId) found.push(author);
    }
    return found;
  }

  async page({ handle }: Who, reading: Reading, since: number, from: string | undefined): Promise<PostPage> {
    const today = Math.floor(this.#clock.nowMs() / 1_000 / DAY_SECONDS);
    const [day = today, below] = from === undefined ? [] : placeOf(from);
    const date = (of: number): string => new Date(of * DAY_SECONDS * 1_000).toISOString().slice(0, 10);
    const who = reading === "posts" ? `from:${handle}` : `@${handle}`;
    const rest = below === undefined ? "" : ` max_id:${below - 1n}`;
    const query = `${who} since:${date(day)} until:${date(day + 1)}${rest}`;
    const answer = await this.#api.ask("search", "/tweets/recent", { query, count: PER_SEARCH });
    const { posts, odd } = this.#read(answer.found ? this.#data(answer.value) : null);
    const earlier = day * DAY_SECONDS > since ? String(day - 1) : undefined;
    const oldest = posts.length + odd.length < PER_SEARCH ? undefined : oldestId(posts);
    // A node that does not know the operator gives the same again: then the day is left as it is.
    const isLower = oldest !== undefined && (below === undefined || oldest < below);
    return { posts, odd, authors: [], next: isLower ? `${day}/${oldest}` : earlier };
  }

  async #author(handle: string): Promise<Author | undefined> {
    const answer = await this.#api.ask("profile", `/profile/${encodeURIComponent(handle)}`);
    return answer.found ? authorOf(this.#data(answer.value)) : undefined;
  }

  #data(value: unknown): unknown {
    if (typeof value !== "object" || value === null) throw badAnswer(this.name, "it is no object");
    return (value as JsonObject)["data"] ?? null;
  }

  #read(data: unknown): { posts: Post[]; odd: OddRecord[] } {
    const posts: Post[] = [];
    const odd: OddRecord[] = [];
    if (data === null) return { posts, odd };
    walkRecords(data, { post: (post) => void posts.push(post), odd: (reason) => void odd.push(reason) });
    return { posts, odd };
  }
}

/** A day since 1970, and the id that posts are to be below. */
function placeOf(from: string): readonly [number, bigint | undefined] {
  const [day, below] = from.split("/");
  return [Number(day), below === undefined ? undefined : BigInt(below)];
}

/** Ids of posts grow with time. */
function oldestId(posts: readonly Post[]): bigint | undefined {
  const ids = posts.flatMap(({ id }) => (id !== undefined && /^[0-9]{1,20}$/.test(id) ? [BigInt(id)] : []));
  return ids.reduce<bigint | undefined>((least, id) => (least === undefined || id < least ? id : least), undefined);
}
