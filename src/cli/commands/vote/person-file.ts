import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

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
}

/** Opens `person.json` in a hotkey's state folder; a broken one counts as none. */
export function openPerson(dir: string, nowMs: () => number): Person {
  const path = join(dir, "person.json");
  let state = read(path);
  const today = (): string => new Date(nowMs()).toISOString().slice(0, 10);
  const votes = (): number => (state.day === today() ? state.votes : 0);
  const keep = (next: Remembered): void => {
    state = next;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  return {
    votes,
    countVote: () => keep({ ...state, day: today(), votes: votes() + 1 }),
    get reveal() {
      return state.reveal;
    },
    keepReveal: (reveal) => keep({ ...state, reveal }),
  };
}

function read(path: string): Remembered {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { day: "", votes: 0 };
  }
}
