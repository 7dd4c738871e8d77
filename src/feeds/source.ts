import type { Author } from "../arena/author.ts";
import type { OddRecord, Post } from "../arena/posts.ts";

/** An account as a source is asked for it; some know accounts by id, some by name. */
export interface Who {
  readonly userId: string;
  readonly handle: string;
}

/** One piece of what an account wrote, or of what others wrote about it. */
export interface PostPage {
  readonly posts: readonly Post[];
  readonly odd: readonly OddRecord[];
  readonly authors: readonly Author[];
  /** Where the next piece begins; undefined after the last. */
  readonly next: string | undefined;
}

/** Whether to read what an account wrote, or what others wrote to and about it. */
export type Reading = "posts" | "mentions";

/** Where posts come from, while they are still being written; files are read by `readPosts`. */
export interface PostSource {
  readonly name: string;
  /** One post with its author, or undefined where it is gone (or was never there). */
  post(id: string): Promise<{ readonly post: Post; readonly author: Author | undefined } | undefined>;
  /** What accounts look like now; those that are gone are left out. */
  authors(accounts: readonly Who[]): Promise<readonly Author[]>;
  /**
   * One piece of a reading, newest first.
   *
   * @param since - Nothing older than this, seconds since the Unix epoch.
   * @param from - `next` of the piece before; undefined for the first.
   */
  page(who: Who, reading: Reading, since: number, from: string | undefined): Promise<PostPage>;
}
