import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Database } from "../../../src/store/database.ts";
import { GroupCommit } from "../../../src/store/group-commit.ts";
import { isHeld, lockFile } from "../../../src/store/lock.ts";
import { ValidatorStore } from "../../../src/store/validator-store.ts";

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "colosseum-store-"));
  path = join(dir, "deep", "state.sqlite");
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dir, { recursive: true, force: true });
});

const FIRST = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT";
const SECOND = "ALTER TABLE notes ADD COLUMN at INTEGER";
const open = (migrations: readonly string[] = [FIRST]): Database => Database.open(path, { migrations });
const add = (db: Database, text: string): number => db.run("INSERT INTO notes (text) VALUES (?)", text);
const count = (db: Database): number => Number(db.get("SELECT count(*) AS n FROM notes")?.["n"]);

describe("Database", () => {
  it("makes a file that only its owner can read, with a log that is on the disk at each commit", () => {
    using db = open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(db.get("PRAGMA journal_mode")).toMatchObject({ journal_mode: "wal" });
    expect(db.get("PRAGMA synchronous")).toMatchObject({ synchronous: 2 });
  });

  it("migrates forward and keeps what is there", () => {
    {
      using db = open();
      add(db, "old");
    }
    using db = open([FIRST, SECOND]);
    expect(db.all("SELECT text, at FROM notes")).toMatchObject([{ text: "old", at: null }]);
  });

  it("takes a failing migration back wholly", () => {
    open().close();
    expect(() => open([FIRST, `${SECOND}; INSERT INTO nowhere VALUES (1)`])).toThrow();
    using db = open([FIRST, SECOND]);
    expect(db.all("SELECT at FROM notes")).toEqual([]);
  });

  it("refuses a file of a newer colosseum, also for reading", () => {
    open([FIRST, SECOND]).close();
    expect(() => open()).toThrow(expect.objectContaining({ code: "store.newer", exitCode: 14 }));
    expect(() => Database.open(path, { migrations: [FIRST], readOnly: true })).toThrow(
      expect.objectContaining({ code: "store.newer" }),
    );
  });

  it("says what is wrong with a file that is none of ours, is missing, or cannot be opened", () => {
    const other = join(dir, "other.sqlite");
    writeFileSync(other, "this is a diary, and a rather long one, so that it is no empty database".repeat(40));
    expect(() => Database.open(other, { migrations: [FIRST] })).toThrow(
      expect.objectContaining({ code: "store.corrupt", exitCode: 14 }),
    );
    expect(() => Database.open(path, { migrations: [FIRST], readOnly: true })).toThrow(
      expect.objectContaining({ code: "store.missing", exitCode: 14 }),
    );
    expect(() => Database.open(dir, { migrations: [FIRST] })).toThrow(
      expect.objectContaining({ code: "store.unreadable", exitCode: 14 }),
    );
  });

  it("leaves nothing beside a file that is only read, and reads beside a process that writes", () => {
    open().close();
    const before = readdirSync(dirname(path));
    const reader = Database.open(path, { migrations: [FIRST], readOnly: true });
    expect(count(reader)).toBe(0);
    expect(() => add(reader, "x")).toThrow(expect.objectContaining({ code: "store.unreadable" }));
    reader.close();
    expect(readdirSync(dirname(path))).toEqual(before);
    using writer = open();
    add(writer, "fresh");
    using beside = Database.open(path, { migrations: [FIRST], readOnly: true });
    expect(count(beside)).toBe(1);
  });

  it("says that another process writes, instead of waiting for ever", () => {
    using db = Database.open(path, { migrations: [FIRST], busyTimeoutMs: 20 });
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => db.transaction(() => add(db, "x"))).toThrow(expect.objectContaining({ code: "store.locked" }));
    other.exec("ROLLBACK");
    other.close();
    expect(db.transaction(() => add(db, "x"))).toBe(1);
  });

  it("undoes a step that throws, and an inner step alone", () => {
    using db = open();
    expect(() =>
      db.transaction(() => {
        add(db, "gone");
        throw new Error("no");
      }),
    ).toThrow("no");
    db.transaction(() => {
      add(db, "kept");
      expect(() =>
        db.transaction(() => {
          add(db, "inner");
          throw new Error("no");
        }),
      ).toThrow("no");
    });
    expect(db.all("SELECT text FROM notes")).toMatchObject([{ text: "kept" }]);
  });

  it("keeps working, and loses nothing acknowledged, when the disk is full for a while", () => {
    using db = open();
    add(db, "before");
    const pages = Number(db.get("PRAGMA page_count")?.["page_count"]);
    db.get(`PRAGMA max_page_count = ${pages}`);
    expect(() => db.transaction(() => add(db, "x".repeat(100_000)))).toThrow(
      expect.objectContaining({ code: "store.full", exitCode: 14 }),
    );
    expect(count(db)).toBe(1);
    db.get("PRAGMA max_page_count = 1000000");
    db.transaction(() => add(db, "x".repeat(100_000)));
    expect(count(db)).toBe(2);
  });

  it("copies itself whole to a file of its own while it is in use", () => {
    using db = open();
    add(db, "one");
    const copy = join(dir, "copy.sqlite");
    db.copyTo(copy);
    add(db, "two");
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    using restored = Database.open(copy, { migrations: [FIRST], readOnly: true });
    expect(count(restored)).toBe(1);
  });
});

describe("lockFile", () => {
  it("is held by one at a time and given back", () => {
    const lock = join(dir, "x.lock");
    expect(isHeld(lock)).toBe(false);
    expect(existsSync(lock)).toBe(false);
    const first = lockFile(lock, "A validator with this hotkey");
    expect(() => lockFile(lock, "A validator with this hotkey")).toThrow(
      expect.objectContaining({
        code: "store.locked",
        exitCode: 14,
        message: `A validator with this hotkey is already running on this machine, as process ${process.pid}.`,
      }),
    );
    expect(isHeld(lock)).toBe(true);
    first[Symbol.dispose]();
    expect(isHeld(lock)).toBe(false);
    lockFile(lock, "A validator with this hotkey")[Symbol.dispose]();
  });
});

describe("GroupCommit", () => {
  it("acknowledges after one commit for many, and refuses each failure alone", async () => {
    using db = open();
    const commits = new GroupCommit(db);
    const results = await Promise.allSettled(["a", "b", "a", "c"].map((text) => commits.write(() => add(db, text))));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    using other = Database.open(path, { migrations: [FIRST], readOnly: true });
    expect(count(other)).toBe(3);
  });

  it("acknowledges nothing of a group that a full disk took back", async () => {
    using db = open();
    const commits = new GroupCommit(db);
    const pages = Number(db.get("PRAGMA page_count")?.["page_count"]);
    db.get(`PRAGMA max_page_count = ${pages}`);
    const results = await Promise.allSettled(
      ["small", "x".repeat(100_000), "after"].map((text) => commits.write(() => add(db, text))),
    );
    const kept = new Set(db.all("SELECT text FROM notes").map((row) => row["text"]));
    for (const [place, text] of ["small", "x".repeat(100_000), "after"].entries()) {
      expect(results[place]?.status === "fulfilled").toBe(kept.has(text));
    }
    expect(results[1]).toMatchObject({ status: "rejected", reason: { code: "store.full" } });
    db.get("PRAGMA max_page_count = 1000000");
    await commits.write(() => add(db, "again"));
    expect(count(db)).toBe(kept.size + 1);
  });

  it("does not wait for company when the group is large", async () => {
    using db = open();
    const commits = new GroupCommit(db);
    const writes = Array.from({ length: 512 }, (_, i) => commits.write(() => add(db, String(i))));
    expect(count(db)).toBe(512);
    await Promise.all(writes);
  });
});

describe("ValidatorStore", () => {
  it("replaces a vote by a newer one and by nothing older, over a restart", () => {
    const vote = { task: "t-0001", voter: "5G", completion: "c1", choice: "A" as const, atMs: 1, request: 1 };
    {
      using store = new ValidatorStore(path);
      expect(store.answers.putVote(vote, 10n)).toBe(true);
      expect(store.answers.putVote({ ...vote, completion: "c2" }, 20n)).toBe(true);
    }
    using store = new ValidatorStore(path);
    expect(store.answers.putVote(vote, 19n)).toBe(false);
    expect(store.answers.putVote(vote, 20n)).toBe(false);
    expect(store.answers.votes("t-0001")).toMatchObject([{ completion: "c2" }]);
  });

  it("compares nonces as numbers, however many digits they have", () => {
    using store = new ValidatorStore(path);
    const vote = { task: "t", voter: "5G", completion: "c1", choice: "A" as const, atMs: 1, request: 1 };
    expect(store.answers.putVote(vote, 9_999_999_999_999_999_999n)).toBe(true);
    expect(store.answers.putVote(vote, 10_000_000_000_000_000_000n)).toBe(true);
    expect(store.answers.putVote(vote, 2n)).toBe(false);
  });

  it("forgets the requests that prove nothing any more, and only those", () => {
    using store = new ValidatorStore(path);
    const request = { hotkey: "5G", payload: "p", signature: "s", body: "b" };
    const [old, kept] = [store.answers.addRequest(request, 1n), store.answers.addRequest(request, 2n)];
    const vote = { task: "t", voter: "5G", completion: "c1", choice: "A" as const, atMs: 1 };
    store.answers.putVote({ ...vote, request: old }, 1n);
    store.answers.putVote({ ...vote, request: kept }, 2n);
    expect(store.answers.pruneRequests()).toBe(1);
    expect(store.answers.request(kept)).toMatchObject(request);
    expect(store.answers.request(old)).toBeUndefined();
  });
});
