import type { Explanations } from "./explanation.ts";

/** The long-running processes: miner and its brains, validator, embedded chain, demo. */
export const processExplanations: Explanations = {
  "watch.nothing-reached": {
    means: "Neither the chain nor a validator answered, so there was nothing to look at.",
    act: "Check --network and --validator; start a chain of your own with: colosseum localnet",
  },
  "watch.trouble": {
    means: "One of the things that are watched did not answer; the rest is shown.",
    act: "Do as the message says.",
  },
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
  "brains.model-busy": {
    means: "The model's endpoint takes no more requests at the moment.",
    act: "Nothing: it is asked again later; a larger quota helps.",
  },
  "brains.model-failed": {
    means: "The model's endpoint answered with an error of its own.",
    act: "Try again later, or use another endpoint.",
  },
  "brains.model-garbage": {
    means: "The model's answer cannot be read, so it counts as an abstention.",
    act: "Use a model that follows instructions better.",
  },
  "brains.model-key": { means: "The model's endpoint refused the key.", act: "Check OPENAI_API_KEY." },
  "brains.model-no-page": {
    means: "The model's answer holds no page.",
    act: "Use a model that follows instructions better.",
  },
  "brains.model-refused": {
    means: "The model's endpoint refused the request.",
    act: "Check the model's name and what it accepts.",
  },
  "brains.model-timeout": {
    means: "The model did not answer in time.",
    act: "Use a faster model, or fewer tasks at a time.",
  },
  "brains.model-unreachable": {
    means: "The model's endpoint cannot be connected to.",
    act: "Check OPENAI_BASE_URL and the connection.",
  },
  "miner.validator-unreachable": {
    means: "The validator's endpoint does not answer.",
    act: "Check the address; the miner tries again by itself.",
  },
  "miner.validator-timeout": {
    means: "The validator did not answer in time.",
    act: "The miner tries again by itself.",
  },
  "vote.no-demo": {
    means: "There is no demo to join: none runs on this machine under the same home.",
    act: "Start one in another terminal and leave it running: colosseum demo",
  },
  "vote.unsent": {
    means: "A validator could not be reached while you were voting; your answers are kept on this machine.",
    act: "Run colosseum vote or miner start with the same hotkey again before the deadline.",
  },
  "vote.not-counted": {
    means: "The disk refused the file that remembers how many votes you cast today; the votes themselves were sent.",
    act: "Check the rights of the state folder and the space left.",
  },
  "vote.editor-failed": { means: "The editor could not be started.", act: "Set EDITOR, or give --editor or --folder." },
  "miner.not-registered": {
    means: "This hotkey has no slot in the subnet (any more): validators ask it nothing.",
    act: "See the price with colosseum register --dry-run, then register.",
  },
  "miner.replaceable": {
    means: "The subnet is full, the miner's immunity is over, and it is among the next three to be replaced.",
    act: "Find out what costs it points: colosseum miner status.",
  },
  "miner.immunity-ends": {
    means: "The miner's immunity ends soon, and it would then be among the next five to be replaced.",
    act: "Earn more until then; colosseum miner status tells by which reasons points are lost.",
  },
  "miner.other-subnet": {
    means: "The validator answers, but plays in another subnet than the miner was told to.",
    act: "Use the validator's netuid, or name another validator.",
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
  "localnet.not-running": {
    means: "No embedded chain answers at this endpoint.",
    act: "Start one: colosseum localnet",
    see: "colosseum localnet status",
  },
  "localnet.not-ours": {
    means: "The chain that answers is not an embedded one, so it has no development commands.",
    act: "Name an embedded chain with --network ws://…",
  },
  "localnet.refused": {
    means: "The embedded chain refused the development command; the message has its reason.",
    act: "Follow the reason.",
  },
  "localnet.open-to-all": {
    means: "The embedded chain listens beyond this machine, and whoever reaches it controls it.",
    act: "Listen on 127.0.0.1, unless the network is your own.",
  },
  "localnet.file-exists": { means: "The file for the dump exists already.", act: "Choose another name." },
  "localnet.no-such-file": { means: "The file to load does not exist.", act: "Check the path." },
  "localnet.fork-not-read": {
    means: "The state file is there beside --fork: the chain goes on from the file, nothing was read.",
    act: "Move the file away to copy the subnet anew, or leave --fork away.",
  },
  "localnet.fork-incomplete": {
    means: "The other chain keeps some values in a form that this one does not know; they begin at their defaults.",
    act: "Set them by dev_setStorage or by sudo if they matter to you.",
  },
  "localnet.invalid-scaffold": {
    means: "The file does not describe subnets as `localnet scaffold` reads them; the message names the place.",
    act: "Compare it with examples/localnet/two-subnets.json.",
  },
  "localnet.invalid-state": {
    means: "The file holds no state of an embedded chain, or a damaged one.",
    act: "Use one that colosseum localnet dump wrote.",
  },
  "localnet.state-file": {
    means: "The state file cannot be read or written.",
    act: "Check the folder's rights and the space on the disk.",
  },
  "demo.folder": { means: "The demo's folder cannot be used.", act: "Name another with --keep." },
  "demo.folder-not-empty": {
    means: "The demo's folder has something in it, and the demo overwrites nothing.",
    act: "Name an empty or new folder with --keep.",
  },
  "demo.no-netuid": {
    means: "The demo's subnet was made, but the chain did not tell its number.",
    act: "Run it again with -vv and report it.",
  },
};
