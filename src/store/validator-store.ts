import { Answers } from "./answers.ts";
import { Assignments } from "./assignments.ts";
import { CheckIns } from "./check-ins.ts";
import { Database, text } from "./database.ts";
import { GroupCommit } from "./group-commit.ts";
import { Intervals } from "./intervals.ts";
import { Rounds } from "./rounds.ts";
import { Settlements } from "./settlements.ts";
import { Tasks } from "./tasks.ts";
import { VALIDATOR_MIGRATIONS } from "./validator-layout.ts";

/** Everything a validator must not forget, in one file. */
export class ValidatorStore implements Disposable {
  readonly db: Database;
  readonly commits: GroupCommit;
  readonly intervals: Intervals;
  readonly rounds: Rounds;
  readonly tasks: Tasks;
  readonly assignments: Assignments;
  readonly answers: Answers;
  readonly checkIns: CheckIns;
  readonly settlements: Settlements;

  /** @throws StoreError as `Database.open`. */
  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    this.db = Database.open(path, {
      migrations: VALIDATOR_MIGRATIONS,
      readOnly: options.readOnly ?? false,
      madeBy: "colosseum validator start",
    });
    this.commits = new GroupCommit(this.db);
    this.intervals = new Intervals(this.db);
    this.rounds = new Rounds(this.db);
    this.tasks = new Tasks(this.db);
    this.assignments = new Assignments(this.db);
    this.answers = new Answers(this.db);
    this.checkIns = new CheckIns(this.db);
    this.settlements = new Settlements(this.db);
  }

  meta(key: string): string | undefined {
    const row = this.db.get("SELECT value FROM meta WHERE key = ?", key);
    return row === undefined ? undefined : text(row, "value");
  }

  setMeta(key: string, value: string): void {
    this.db.run(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }

  /** One step: wholly or not at all. */
  step<T>(work: () => T): T {
    return this.db.transaction(work);
  }

  close(): void {
    this.commits.flush();
    this.db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
