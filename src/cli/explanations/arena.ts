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
  "feeds.unreachable": {
    means: "A source of posts does not answer, or only with failures of its own, also after several tries.",
    act: "Try again later; what was read is kept.",
  },
  "feeds.not-allowed": {
    means: "A source of posts refuses the token, or its plan does not allow this question.",
    act: "Check the token and what its plan allows.",
  },
  "feeds.rate-limited": {
    means: "A source of posts takes no more questions for longer than --max-wait.",
    act: "Run it again later, it goes on where it stopped; or wait longer with --max-wait.",
  },
  "feeds.bad-answer": {
    means: "A source of posts gave an answer of another form than agreed.",
    act: "Check that --url is the address of the right service.",
  },
  "feeds.token-file": {
    means: "The file that should hold a token cannot be read, or its first line is none.",
    act: "Give a file whose first line is the token.",
  },
  "arena.not-your-hotkey": {
    means: "A proof can only be announced by the hotkey that it is for.",
    act: "Choose that hotkey's wallet with -w and -H.",
  },
  "arena.agent-dir": {
    means: "An agent is laid down in an empty folder only, and the folder must be writable.",
    act: "Choose another with --agent-dir.",
  },
  "arena.no-accounts": {
    means: "No X account is proven for this subnet, so no score has a hotkey to be paid.",
    act: "Take accounts in with arena verify, or name them with --registry.",
    see: "colosseum arena verify --post URL",
  },
  "arena.no-pay": {
    means: "The chain was not reached, so the leaderboard shows no projected pay.",
    act: "Check the network with -n, or leave --netuid away.",
  },
  "arena.account-freed": {
    means: "A hotkey left the subnet, so its X account is free for another.",
    act: "Nothing to do; to come back, register and prove the account again.",
  },
  "arena.account-verified": {
    means: "A proof that was announced on the chain holds, and the account competes from now on.",
    act: "Nothing to do.",
  },
  "arena.account-renamed": {
    means: "An X account is called something else now; it is followed by its id.",
    act: "Nothing to do.",
  },
  "arena.proof-rejected": {
    means: "A proof that was announced on the chain does not hold; the message names the checks that failed.",
    act: "Its owner should look at it with arena verify, which says what to do.",
    see: "colosseum arena verify --post URL",
  },
  "arena.posts-read": { means: "A reading of all accounts is done and stands in the store.", act: "Nothing to do." },
  "arena.nobody-scored": {
    means: "No account has a score above 0, so no weights are set for the social mechanism.",
    act: "Wait for posts, or look at them with arena score.",
    see: "colosseum arena score",
  },
  "arena.weights-wait": {
    means: "The chain's rate limit does not allow the next weights of the social mechanism yet.",
    act: "Nothing to do; they are set as soon as it does.",
  },
  "arena.weights-set": {
    means: "The arena's scores are on the chain as weights of the social mechanism.",
    act: "Nothing to do.",
  },
  "arena.weights-revealed": {
    means: "Weights of the social mechanism that were committed by hash were opened.",
    act: "Nothing to do.",
  },
};
