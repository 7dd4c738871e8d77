/** Every key of every screen, in one table: the help line and the handlers are made from it. */
export const KEYS = {
  quit: { key: "q", label: "quit" },
  help: { key: "?", label: "help" },
  skip: { key: "s", label: "skip" },
  undo: { key: "u", label: "undo" },
  view: { key: "v", label: "view" },
  open: { key: "o", label: "browser" },
  up: { key: "k", label: "up" },
  down: { key: "j", label: "down" },
  tab: { key: "tab", label: "next panel" },
  mine: { key: "m", label: "mine a block" },
  subnet: { key: "tab", label: "next subnet" },
  pages: { key: "1-5", label: "panel" },
  scroll: { key: "up/down", label: "scroll" },
} as const;

export type KeyName = keyof typeof KEYS;

/** `q quit  ? help`, for the bottom line of a screen. */
export const keyLine = (names: readonly KeyName[]): string =>
  names.map((name) => `${KEYS[name].key} ${KEYS[name].label}`).join("  ");
