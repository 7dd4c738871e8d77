import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { messageOf } from "../../../base/errors.ts";

const schema = z.object({
  /** The UTC day that `votes` were cast on. */
  day: z.string(),
  votes: z.int().min(0),
  /** What the person said when asked whether to show what votes earned; absent: not asked yet. */
  reveal: z.boolean().optional(),
});
type Remembered = z.infer<typeof schema>;

/** What is remembered of a person between sessions: how many votes today, and whether results are to be shown. */
export interface Person {
  /** Votes cast today. */
  votes(): number;
  countVote(): void;
  readonly reveal: boolean | undefined;
  keepReveal(yes: boolean): void;
  /** Why what was said last is not in the file; undefined: it is. */
  readonly unkept: string | undefined;
}

/**
 * Opens `person.json` in a hotkey's state folder; a broken one counts as none. A disk that refuses a write costs the
 * memory of it, not the vote at hand.
 */
export function openPerson(dir: string, nowMs: () => number): Person {
  const path = join(dir, "person.json");
  let state = read(path);
  let unkept: string | undefined;
  const today = (): string => new Date(nowMs()).toISOString().slice(0, 10);
  const votes = (): number => (state.day === today() ? state.votes : 0);
  const keep = (next: Remembered): void => {
    state = next;
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      unkept = undefined;
    } catch (error) {
      unkept = messageOf(error);
    }
  };
  return {
    votes,
    countVote: () => keep({ ...state, day: today(), votes: votes() + 1 }),
    get reveal() {
      return state.reveal;
    },
    keepReveal: (reveal) => keep({ ...state, reveal }),
    get unkept() {
      return unkept;
    },
  };
}

function read(path: string): Remembered {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { day: "", votes: 0 };
  }
}
