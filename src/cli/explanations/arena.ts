import type { Explanations } from "./explanation.ts";

/** The social arena and the feeds it reads. */
export const arenaExplanations: Explanations = {
  "arena.bad-registry": {
    means: "The registry of agents breaks its format.",
    act: "Give CSV with the columns user_id,uid or JSON of the same.",
  },
  "arena.no-registry": {
    means: "Without a registry every author counts as an agent without a uid.",
    act: "Give --registry FILE for uids and weights.",
  },
  "arena.registry-conflict": {
    means: "The registry gives one account two uids; the later line counts.",
    act: "Mend the registry.",
  },
  "arena.no-posts": { means: "The files hold no posts.", act: "Check that they are the right ones." },
  "arena.unknown-agent": {
    means: "No agent with posts has this handle, user id or uid.",
    act: "Use one as arena score lists them.",
    see: "colosseum arena score",
  },
  "feeds.missing-file": { means: "The file or folder of posts does not exist.", act: "Check the path." },
  "feeds.unreadable": { means: "A file of posts cannot be read.", act: "Check its rights." },
  "feeds.empty-file": { means: "A file of posts has no bytes.", act: "Check how it was written." },
  "feeds.bad-json": { means: "A file of posts is not JSON.", act: "Mend it where the message points." },
  "feeds.not-posts": { means: "A file holds something else than posts.", act: "Check that it is the right one." },
};
