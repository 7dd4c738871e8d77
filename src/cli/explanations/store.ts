import type { Explanations } from "./explanation.ts";

export const storeExplanations: Explanations = {
  "store.locked": {
    means: "Another process uses the same state. Two never run with the same hotkey.",
    act: "Stop the other one, or wait until it is done.",
  },
  "store.missing": {
    means: "There is no state at this place yet.",
    act: "Check --home, --netuid and the hotkey, or start the process first.",
  },
  "store.newer": { means: "A newer colosseum has written the state.", act: "Update colosseum, or use another --home." },
  "store.corrupt": {
    means: "The state is damaged, or no state of colosseum.",
    act: "Put a backup in its place: colosseum validator restore FILE",
  },
  "store.full": {
    means: "The disk has no room left. Nothing that was acknowledged is lost.",
    act: "Free some space; the process goes on by itself.",
  },
  "store.unreadable": {
    means: "The state cannot be opened or read.",
    act: "Check that the folder exists and that you may write in it.",
  },
};
