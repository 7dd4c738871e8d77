import type { PostSource, Reading, Who } from "../feeds/source.ts";
import type { ArenaStore } from "../store/arena-store.ts";
import type { IngestCounts, PostIngest } from "../store/post-ingest.ts";

/** How often pages are asked for at most where a source repeats itself. */
const MOST_PAGES = 1_000;
/** A sweep that was cut off goes on for so long; later everything is read anew, because counters have grown old. */
const RESUME_SECONDS = 6 * 3_600;

export interface SweepOptions {
  readonly store: ArenaStore;
  readonly ingest: PostIngest;
  /** Nothing older than this, seconds since the Unix epoch. */
  readonly since: number;
  readonly nowSeconds: () => number;
  readonly signal?: AbortSignal;
  /** Told after each page: how many of how many readings are through. */
  readonly onProgress?: (done: number, of: number, counts: IngestCounts) => void;
}

interface Mark {
  readonly startedAt: number;
  /** What the pages were asked for with: a place in them is of no use to another question. */
  readonly since: number;
  readonly done: readonly string[];
  readonly key?: string;
  readonly next?: string;
}

/**
 * Reads what accounts wrote and what others wrote about them since some time, again where it was read before, so that
 * counters and followers are those of today. Each page stands in the store, with the place to go on from, before the
 * next is asked for: a sweep that was killed goes on there.
 *
 * @returns The accounts that were called something else before, with their new names.
 * @throws FeedError; AbortError.
 */
export async function sweep(
  source: PostSource,
  accounts: readonly Who[],
  options: SweepOptions,
): Promise<readonly { readonly userId: string; readonly from: string; readonly to: string }[]> {
  const { store, ingest, nowSeconds, signal } = options;
  const place = `sweep ${source.name}`;
  const known = readMark(store.sweep(place));
  // Time has passed since it was cut off, so that the same reach begins a little later; its pages belong to theirs.
  const shift = known === undefined ? Number.NaN : options.since - known.since;
  const isOpen =
    known !== undefined && shift >= 0 && shift < RESUME_SECONDS && nowSeconds() - known.startedAt < RESUME_SECONDS;
  let mark: Mark = isOpen ? known : { startedAt: nowSeconds(), since: options.since, done: [] };
  const { since } = mark;
  const renamed = await lookAtAuthors(source, accounts, options);
  const readings = accounts.flatMap((who) =>
    (["posts", "mentions"] as const).map((reading): { who: Who; reading: Reading; key: string } => ({
      who,
      reading,
      key: `${who.userId}/${reading}`,
    })),
  );
  for (const { who, reading, key } of readings) {
    if (mark.done.includes(key)) continue;
    let from = mark.key === key ? mark.next : undefined;
    for (let pages = 1; ; pages++) {
      signal?.throwIfAborted();
      const { posts, odd, authors, next } = await source.page(currentName(who, renamed), reading, since, from);
      for (const post of posts) ingest.post(post);
      for (const reason of odd) ingest.odd(reason);
      for (const author of authors) ingest.author(author);
      const isLast = next === undefined || pages >= MOST_PAGES;
      const { startedAt, done } = mark;
      mark = isLast ? { startedAt, since, done: [...done, key] } : { startedAt, since, done, key, next };
      const counts = ingest.flush(() => store.setSweep(place, JSON.stringify(mark)));
      options.onProgress?.(mark.done.length, readings.length, counts);
      if (isLast) break;
      from = next;
    }
  }
  store.setSweep(place, undefined);
  return renamed;
}

const currentName = (who: Who, renamed: readonly { userId: string; to: string }[]): Who => ({
  ...who,
  handle: renamed.find(({ userId }) => userId === who.userId)?.to ?? who.handle,
});

/** Followers and names of today; a name that changed is followed by the account's id. */
async function lookAtAuthors(source: PostSource, accounts: readonly Who[], { store, ingest }: SweepOptions) {
  const authors = await source.authors(accounts);
  for (const author of authors) ingest.author(author);
  const renamed = authors.flatMap(({ userId, username }) => {
    const before = accounts.find((who) => who.userId === userId)?.handle;
    return username === undefined || before === undefined || before === username
      ? []
      : [{ userId, from: before, to: username }];
  });
  ingest.flush(() => {
    for (const { userId, to } of renamed) store.accounts.rename(userId, to);
  });
  return renamed;
}

function readMark(text: string | undefined): Mark | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Mark);
}
