import type { Window } from "./window.ts";

/** How many followed an account at some time. */
export interface FollowerSnapshot {
  readonly userId: string;
  /** Seconds since the Unix epoch. */
  readonly seconds: number;
  readonly followers: number;
}

/**
 * New followers of each account within a window: the last count minus the first, never below 0.
 *
 * @param snapshots - Any order; those outside the window do not count.
 * @returns Accounts with at least two counts in the window.
 */
export function followerGrowth(snapshots: readonly FollowerSnapshot[], window: Window): Map<string, number> {
  const ends = new Map<string, { first: FollowerSnapshot; last: FollowerSnapshot; count: number }>();
  for (const snapshot of snapshots) {
    if (snapshot.seconds < window.from || snapshot.seconds > window.to) continue;
    const seen = ends.get(snapshot.userId);
    if (seen === undefined) ends.set(snapshot.userId, { first: snapshot, last: snapshot, count: 1 });
    else {
      seen.count++;
      if (snapshot.seconds < seen.first.seconds) seen.first = snapshot;
      if (snapshot.seconds >= seen.last.seconds) seen.last = snapshot;
    }
  }
  const growth = new Map<string, number>();
  for (const [userId, { first, last, count }] of ends) {
    if (count > 1) growth.set(userId, Math.max(0, last.followers - first.followers));
  }
  return growth;
}
