import type { Explanations } from "./explanation.ts";

/** What an audit finds in a log, and what keeps it from looking. */
export const auditExplanations: Explanations = {
  "usage.no-validator": {
    means: "Receipts can only be held against a log that names its validator.",
    act: "Audit a log as colosseum validator export writes it.",
  },
  "audit.unreachable": {
    means: "The address of the validator or the log does not answer.",
    act: "Check the address, or audit a file.",
  },
  "audit.deadline": {
    means: "The validator did not answer in time.",
    act: "Try again later, or audit a file.",
  },
  "audit.no-log": {
    means: "There is no task log at that address, or nothing was revealed yet.",
    act: "Give a validator's endpoint or the address of a log, and wait for the first settlement.",
  },
  "audit.draws-differ": {
    means:
      "The log says something else than its revealed seeds and beacons: kinds, generators, voters, labels, commitments or times.",
    act: "Look at the first difference; keep the log, and ask the validator.",
    see: "colosseum audit TASKS --json",
  },
  "audit.votes-differ": {
    means: "An answer in the log is not what its sender signed, nobody signed it, or one that was signed is gone.",
    act: "Look at the first difference; keep the log, and ask the validator.",
    see: "colosseum audit TASKS --json",
  },
  "audit.scores-differ": {
    means: "The scores of an interval are not what its tasks come to under its rules.",
    act: "Compare with a replay of that interval.",
    see: "colosseum simulate TASKS --interval N",
  },
  "audit.anchor-differs": {
    means: "The validator's seeds do not lead to the anchor that its hotkey has published on the chain.",
    act: "Without one it could have chosen its seeds after it knew the beacons; ask the validator.",
    see: "colosseum audit TASKS --on-chain",
  },
  "audit.anchored-late": {
    means: "When the first beacon of the log was drawn, the anchor of the seeds was not on the chain yet.",
    act: "Trust only intervals that began after it was; ask the validator.",
    see: "colosseum audit TASKS --on-chain",
  },
  "audit.beacon-differs": {
    means: "The beacon of an interval is not the hash of the block that was fixed for it.",
    act: "Check that --network is the validator's chain; if it is, its draws were chosen.",
    see: "colosseum audit TASKS --on-chain",
  },
  "audit.interval-missing": {
    means: "The log has settled intervals before and after one that it does not have.",
    act: "Ask the validator for it: colosseum validator export --interval N; what it settled there cannot be checked.",
  },
  "audit.left-out": {
    means: "The validator acknowledged an answer with its signature, and the log does not have it.",
    act: "Keep the receipt: it proves that the answer was there.",
  },
  "audit.changed-answer": {
    means:
      "The log has another answer than the newest one that the validator acknowledged, or says that it came at another time.",
    act: "Keep the receipt: it proves what was answered.",
  },
  "audit.mutual-votes": {
    means: "These miners vote for each other's outputs more than honest judges of their skill would.",
    act: "Look at their coldkeys and at their votes; more traps and fewer voters per task make it unprofitable.",
  },
  "audit.copied-votes": {
    means: "Two voters gave practically the same votes, more than two good judges would.",
    act: "Look whether they are one person, or one copies the other.",
  },
  "audit.position-bias": {
    means: "The voter chooses by where an output stands rather than by what it is.",
    act: "Judge each pair in both orders, as colosseum miner start does.",
  },
  "audit.below-chance-in-traps": {
    means: "The voter chose damaged outputs more often than a coin would.",
    act: "Look whether it votes for friends, or reads the outputs at all.",
  },
  "audit.identical-completions": {
    means: "Two miners handed in the same bytes for the same task.",
    act: "Look whether they are one person.",
  },
};
