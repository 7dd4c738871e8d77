/**
 * The layout of a validator's store, as steps from an empty file. Times are milliseconds since the Unix epoch, nonces
 * 20 digits with leading zeros (they outgrow SQLite's integers, and text of one length sorts as numbers do).
 */
export const VALIDATOR_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  -- A signed request, kept as the proof of what it caused.
  CREATE TABLE requests (
    id INTEGER PRIMARY KEY, hotkey TEXT NOT NULL, nonce TEXT NOT NULL, payload TEXT NOT NULL, signature TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE check_ins (
    hotkey TEXT PRIMARY KEY, roles TEXT NOT NULL, task_types TEXT NOT NULL, at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, session TEXT NOT NULL UNIQUE, nonce TEXT NOT NULL, request INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE intervals (
    n INTEGER PRIMARY KEY, state TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, commitment TEXT NOT NULL,
    beacon_height INTEGER NOT NULL, beacon TEXT, rules TEXT NOT NULL, scores TEXT
  ) STRICT;

  CREATE TABLE rounds (
    interval INTEGER NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL, opened_at INTEGER NOT NULL,
    block INTEGER NOT NULL, first_kinds_used INTEGER NOT NULL, first_kinds_after INTEGER NOT NULL,
    generate_until INTEGER NOT NULL, voting_opens_at INTEGER, voting_ends_at INTEGER, PRIMARY KEY (interval, n)
  ) STRICT;

  CREATE TABLE eligible (
    interval INTEGER NOT NULL, round INTEGER NOT NULL, hotkey TEXT NOT NULL, coldkey TEXT NOT NULL, roles TEXT NOT NULL,
    task_types TEXT NOT NULL, request INTEGER, PRIMARY KEY (interval, round, hotkey)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tasks (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, interval INTEGER NOT NULL, round INTEGER NOT NULL,
    place INTEGER NOT NULL, state TEXT NOT NULL, void_reason TEXT, created_at INTEGER NOT NULL,
    voting_opens_at INTEGER, expires_at INTEGER, draw TEXT NOT NULL, brief TEXT NOT NULL, prompt TEXT NOT NULL,
    prepared INTEGER NOT NULL DEFAULT 0, preparation TEXT, commitment TEXT, score TEXT
  ) STRICT;
  CREATE INDEX tasks_by_round ON tasks (interval, round, place);

  CREATE TABLE assignments (
    id TEXT PRIMARY KEY, task TEXT NOT NULL, hotkey TEXT NOT NULL, role TEXT NOT NULL, prompt TEXT,
    completion TEXT, first_is_a INTEGER NOT NULL DEFAULT 0, cursor INTEGER NOT NULL, opens_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX assignments_by_hotkey ON assignments (hotkey, cursor);
  CREATE INDEX assignments_by_task ON assignments (task);

  CREATE TABLE completions (
    task TEXT NOT NULL, id TEXT NOT NULL, hotkey TEXT NOT NULL, source TEXT NOT NULL, files TEXT NOT NULL,
    sha256 TEXT NOT NULL, shown TEXT, shown_sha256 TEXT, at INTEGER NOT NULL, nonce TEXT NOT NULL, request INTEGER,
    PRIMARY KEY (task, id)
  ) STRICT;

  CREATE TABLE votes (
    task TEXT NOT NULL, voter TEXT NOT NULL, completion TEXT NOT NULL, choice TEXT NOT NULL, at INTEGER NOT NULL,
    nonce TEXT NOT NULL, request INTEGER NOT NULL, PRIMARY KEY (task, voter)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settlements (
    interval INTEGER PRIMARY KEY, state TEXT NOT NULL, scores TEXT NOT NULL, weights TEXT, extrinsic TEXT,
    mode TEXT, sent_at_block INTEGER, block INTEGER, problem TEXT, attempts INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL
  ) STRICT;
  `,
];
