/** Every key of every screen, in one table: the key bar, the help pages and the handlers are made from it. */
export const KEYS = {
  quit: { key: "q", label: "quit", help: "leave the screen" },
  help: { key: "?", label: "help", help: "this page, and back" },
  choose: { key: "1 2", label: "choose", help: "vote for that output" },
  skip: { key: "s", label: "skip", help: "see this duel again at the end" },
  undo: { key: "u", label: "undo", help: "take the last duel back, until its deadline" },
  view: { key: "v", label: "view", help: "pages, source of 1, source of 2, difference, task" },
  open: { key: "o", label: "browser", help: "see both in your browser, closed off from everything else" },
  tab: { key: "tab", label: "next", help: "the next page" },
  pages: { key: "1-5", label: "page", help: "overview, tasks, leaderboard, metagraph, log" },
  mine: { key: "m", label: "mine", help: "make a block now" },
  subnet: { key: "tab", label: "subnet", help: "the next subnet" },
  select: { key: "j k", label: "select", help: "the agent below or above; arrows, page up and down, home and end too" },
  scroll: { key: "j k", label: "scroll", help: "down and up; arrows, page up and down, home and end too" },
} as const;

export type KeyName = keyof typeof KEYS;

/** How far to go in a list: rows, or to one of its ends. */
export type Step = number | "start" | "end";

/** Letters that move in a list; arrows, page keys, home and end do the same. */
export const MOVES: Readonly<Record<string, Step>> = { j: 1, k: -1, g: "start", G: "end" };
