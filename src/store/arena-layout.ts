/**
 * The layout of `arena/posts.db`; a migration never changes once released. Times are seconds since the Unix epoch.
 *
 * `posts` holds each post once with its newest counters, `counters` what they were before; `authors` what accounts
 * looked like over time (a stretch without change is two rows, its first and its last look); `accounts` who proved
 * that an account is theirs, per chain (by its first block) and subnet; `sweeps` how far an unfinished reading came.
 */
export const ARENA_MIGRATIONS = [
  "CREATE TABLE posts (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, post TEXT NOT NULL)",
  `ALTER TABLE posts ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE counters (
     id TEXT NOT NULL, seen INTEGER NOT NULL, counters TEXT NOT NULL, PRIMARY KEY (id, seen)
   ) WITHOUT ROWID;
   CREATE TABLE authors (
     user_id TEXT NOT NULL, seen INTEGER NOT NULL, handle TEXT, followers INTEGER, created INTEGER, automated INTEGER,
     PRIMARY KEY (user_id, seen)
   ) WITHOUT ROWID;
   CREATE TABLE accounts (
     chain TEXT NOT NULL, netuid INTEGER NOT NULL, hotkey TEXT NOT NULL, uid INTEGER, user_id TEXT NOT NULL,
     handle TEXT NOT NULL, post_id TEXT NOT NULL, challenged INTEGER NOT NULL, verified INTEGER NOT NULL,
     PRIMARY KEY (chain, netuid, hotkey)
   ) WITHOUT ROWID;
   CREATE UNIQUE INDEX accounts_by_user ON accounts (chain, netuid, user_id);
   CREATE TABLE sweeps (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
] as const;
