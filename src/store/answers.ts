import type { PageFile } from "../base/ports.ts";
import { type Database, number, optionalNumber, optionalText, type Row, text } from "./database.ts";

/** A signed request: who said what, provably. */
export interface RequestRecord {
  readonly id: number;
  readonly hotkey: string;
  readonly payload: string;
  readonly signature: string;
  /** The raw body, as text. */
  readonly body: string;
}

export interface CompletionRecord {
  readonly task: string;
  /** `c1`, `c2`: the generators in their order, then the validator. */
  readonly id: string;
  readonly hotkey: string;
  readonly source: "miner" | "validator";
  readonly files: readonly PageFile[];
  readonly sha256: string;
  /** What discriminators see: reprinted, in a trap perhaps damaged. */
  readonly shown: readonly PageFile[] | null;
  readonly shownSha256: string | null;
  readonly atMs: number;
  readonly request: number | null;
}

export interface VoteRecord {
  readonly task: string;
  readonly voter: string;
  readonly completion: string;
  readonly choice: "A" | "B";
  readonly atMs: number;
  readonly request: number;
}

/** A nonce as it is stored: 20 digits, so that text sorts as the number does. */
export const storedNonce = (nonceNs: bigint): string => nonceNs.toString().padStart(20, "0");

const readCompletion = (row: Row): CompletionRecord => ({
  task: text(row, "task"),
  id: text(row, "id"),
  hotkey: text(row, "hotkey"),
  source: text(row, "source") as CompletionRecord["source"],
  files: JSON.parse(text(row, "files")) as PageFile[],
  sha256: text(row, "sha256"),
  shown: row["shown"] === null ? null : (JSON.parse(text(row, "shown")) as PageFile[]),
  shownSha256: optionalText(row, "shown_sha256"),
  atMs: number(row, "at"),
  request: optionalNumber(row, "request"),
});

const readVote = (row: Row): VoteRecord => ({
  task: text(row, "task"),
  voter: text(row, "voter"),
  completion: text(row, "completion"),
  choice: text(row, "choice") as VoteRecord["choice"],
  atMs: number(row, "at"),
  request: number(row, "request"),
});

/** What miners answered. A higher nonce replaces an answer; nothing older ever does, restarts included. */
export class Answers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  addRequest(request: Omit<RequestRecord, "id">, nonceNs: bigint): number {
    const row = this.#db.get(
      "INSERT INTO requests (hotkey, nonce, payload, signature, body) VALUES (?, ?, ?, ?, ?) RETURNING id",
      request.hotkey,
      storedNonce(nonceNs),
      request.payload,
      request.signature,
      request.body,
    );
    return Number(row?.["id"]);
  }

  request(id: number): RequestRecord | undefined {
    const row = this.#db.get("SELECT * FROM requests WHERE id = ?", id);
    if (row === undefined) return undefined;
    return {
      id,
      hotkey: text(row, "hotkey"),
      payload: text(row, "payload"),
      signature: text(row, "signature"),
      body: text(row, "body"),
    };
  }

  /** Forgets requests that prove nothing any more, because newer ones took their place. */
  pruneRequests(): number {
    return this.#db.run(
      `DELETE FROM requests WHERE id NOT IN (
         SELECT request FROM votes UNION ALL SELECT request FROM completions WHERE request IS NOT NULL
         UNION ALL SELECT request FROM check_ins UNION ALL SELECT request FROM eligible WHERE request IS NOT NULL)`,
    );
  }

  /** Stores a miner's output. @returns False if a newer one is stored already. */
  putCompletion(record: Omit<CompletionRecord, "shown" | "shownSha256">, nonceNs: bigint): boolean {
    return (
      this.#db.run(
        `INSERT INTO completions (task, id, hotkey, source, files, sha256, at, nonce, request)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (task, id) DO UPDATE SET files = excluded.files, sha256 = excluded.sha256, at = excluded.at,
           nonce = excluded.nonce, request = excluded.request
         WHERE excluded.nonce > completions.nonce`,
        record.task,
        record.id,
        record.hotkey,
        record.source,
        JSON.stringify(record.files),
        record.sha256,
        record.atMs,
        storedNonce(nonceNs),
        record.request,
      ) > 0
    );
  }

  setShown(task: string, id: string, shown: readonly PageFile[], sha256: string): void {
    this.#db.run(
      "UPDATE completions SET shown = ?, shown_sha256 = ? WHERE task = ? AND id = ?",
      JSON.stringify(shown),
      sha256,
      task,
      id,
    );
  }

  /** By id. */
  completions(task: string): CompletionRecord[] {
    return this.#db.all("SELECT * FROM completions WHERE task = ? ORDER BY id", task).map(readCompletion);
  }

  /** By id, without their files: what scoring and counting need. */
  completionHeads(task: string): Omit<CompletionRecord, "files" | "shown">[] {
    return this.#db
      .all(
        `SELECT task, id, hotkey, source, sha256, shown_sha256, at, request FROM completions WHERE task = ? ORDER BY id`,
        task,
      )
      .map((row) => ({
        task,
        id: text(row, "id"),
        hotkey: text(row, "hotkey"),
        source: text(row, "source") as CompletionRecord["source"],
        sha256: text(row, "sha256"),
        shownSha256: optionalText(row, "shown_sha256"),
        atMs: number(row, "at"),
        request: optionalNumber(row, "request"),
      }));
  }

  hasCompletion(task: string, id: string): boolean {
    return this.#db.get("SELECT 1 AS one FROM completions WHERE task = ? AND id = ?", task, id) !== undefined;
  }

  /** The requests that prove an interval's answers and check-ins: by hotkey, each one's in the order in which they came. */
  requestsOf(interval: number): number[] {
    return this.#db
      .all(
        `SELECT id AS request FROM requests WHERE id IN (
           SELECT v.request FROM votes v JOIN tasks t ON t.id = v.task WHERE t.interval = ?1
           UNION SELECT c.request FROM completions c JOIN tasks t ON t.id = c.task WHERE t.interval = ?1
           UNION SELECT e.request FROM eligible e WHERE e.interval = ?1)
         ORDER BY hotkey, id`,
        interval,
      )
      .map((row) => number(row, "request"));
  }

  completionCount(interval: number, round: number, source: CompletionRecord["source"]): number {
    return Number(
      this.#db.get(
        `SELECT count(*) AS n FROM completions c JOIN tasks t ON t.id = c.task
         WHERE t.interval = ? AND t.round = ? AND c.source = ?`,
        interval,
        round,
        source,
      )?.["n"],
    );
  }

  /** How many outputs of miners and votes each task of a round has; tasks without any are left out. */
  countsOfRound(interval: number, round: number): ReadonlyMap<string, { completions: number; votes: number }> {
    const counts = new Map<string, { completions: number; votes: number }>();
    const add = (rows: readonly Row[], what: "completions" | "votes"): void => {
      for (const row of rows) {
        const task = text(row, "task");
        const known = counts.get(task) ?? { completions: 0, votes: 0 };
        counts.set(task, { ...known, [what]: number(row, "n") });
      }
    };
    const ofRound = "JOIN tasks t ON t.id = x.task WHERE t.interval = ? AND t.round = ?";
    add(
      this.#db.all(
        `SELECT x.task, count(*) AS n FROM completions x ${ofRound} AND x.source = 'miner' GROUP BY x.task`,
        interval,
        round,
      ),
      "completions",
    );
    add(this.#db.all(`SELECT x.task, count(*) AS n FROM votes x ${ofRound} GROUP BY x.task`, interval, round), "votes");
    return counts;
  }

  /** Stores a vote. @returns False if a newer one is stored already. */
  putVote(record: VoteRecord, nonceNs: bigint): boolean {
    return (
      this.#db.run(
        `INSERT INTO votes (task, voter, completion, choice, at, nonce, request) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (task, voter) DO UPDATE SET completion = excluded.completion, choice = excluded.choice,
           at = excluded.at, nonce = excluded.nonce, request = excluded.request
         WHERE excluded.nonce > votes.nonce`,
        record.task,
        record.voter,
        record.completion,
        record.choice,
        record.atMs,
        storedNonce(nonceNs),
        record.request,
      ) > 0
    );
  }

  /** By voter. */
  votes(task: string): VoteRecord[] {
    return this.#db.all("SELECT * FROM votes WHERE task = ? ORDER BY voter", task).map(readVote);
  }

  voteCount(interval: number, round: number): number {
    return Number(
      this.#db.get(
        "SELECT count(*) AS n FROM votes v JOIN tasks t ON t.id = v.task WHERE t.interval = ? AND t.round = ?",
        interval,
        round,
      )?.["n"],
    );
  }
}
