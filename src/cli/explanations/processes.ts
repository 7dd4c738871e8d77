import type { Explanations } from "./explanation.ts";

/** The long-running processes: miner and its brains, validator, embedded chain, demo. */
export const processExplanations: Explanations = {
  "brains.wrong-role": { means: "This brain cannot play this role.", act: "Give another with --brain or --judge." },
  "brains.unknown-task-type": { means: "The brain does not know this type of task.", act: "Use another brain for it." },
  "brains.bad-files": {
    means: "The brain's files break the limits of a completion.",
    act: "At most 16 files, plain names, 256 KiB together.",
  },
  "brains.budget-spent": {
    means: "The budget for model calls is spent; the miner makes no more of them.",
    act: "Raise --budget, or wait for its next period.",
  },
  "brains.crashed": {
    means: "The brain failed in a way it does not explain itself.",
    act: "Look at the log with -vv.",
  },
  "brains.too-late": {
    means: "The answer came after its deadline and was not sent.",
    act: "Use a faster brain, or fewer tasks at a time.",
  },
  "brains.exec-not-found": {
    means: "The program of an exec: brain does not exist or is not executable.",
    act: "Check the path, and chmod +x.",
  },
  "brains.exec-failed": {
    means: "The program ended with an error or a signal.",
    act: "Its standard error is in the log.",
  },
  "brains.exec-timeout": { means: "The program did not answer in time and was stopped.", act: "Make it faster." },
  "brains.exec-output": {
    means: "The program printed too much.",
    act: "Print one JSON object and nothing else on standard output.",
  },
  "brains.exec-not-json": {
    means: "The program's output is not JSON.",
    act: "Print one JSON object and nothing else on standard output.",
  },
  "brains.exec-bad-answer": {
    means: "The program's JSON has a wrong form.",
    act: "Follow schemas/brain-files.json and schemas/brain-judgement.json.",
  },
  "miner.validator-unreachable": {
    means: "The validator's endpoint does not answer.",
    act: "Check the address; the miner tries again by itself.",
  },
  "miner.validator-timeout": {
    means: "The validator did not answer in time.",
    act: "The miner tries again by itself.",
  },
  "miner.no-validators": {
    means: "The subnet has no validator that publishes an endpoint for miners.",
    act: "Wait for one, or name it yourself with --validator URL",
    see: "colosseum subnet metagraph",
  },
  "miner.notify-failed": {
    means: "A notification could not be delivered; the miner goes on.",
    act: "Check the target of --notify.",
  },
  "miner.bad-response": {
    means: "The answer is not one of a colosseum validator.",
    act: "Check the address; a validator answers at /v1/info.",
  },
  "validator.port-in-use": {
    means: "Another process listens at the validator's port.",
    act: "Stop it, or choose another with --listen.",
  },
  "validator.cannot-listen": {
    means: "The validator cannot listen at this address.",
    act: "Check --listen; ports below 1024 need rights.",
  },
  "validator.anchor-refused": {
    means: "The chain did not take the commitment of the validator's seeds, so its draws cannot be audited yet.",
    act: "Look at the reason in the message; the validator tries again by itself.",
  },
  "validator.weights-pending": {
    means: "The weights were sent and are not in a block yet.",
    act: "Nothing: the validator looks again by itself.",
  },
  "localnet.port-in-use": {
    means: "Another process listens at the embedded chain's port.",
    act: "Stop it, or choose another with --port; 0 takes a free one.",
  },
  "localnet.cannot-listen": {
    means: "The embedded chain cannot listen at this address.",
    act: "Check the address; ports below 1024 need rights.",
  },
  "demo.no-netuid": {
    means: "The demo's subnet was made, but the chain did not tell its number.",
    act: "Run it again with -vv and report it.",
  },
};
