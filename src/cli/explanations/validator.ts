import type { Explanations } from "./explanation.ts";

/** What `validator start|status|export|backup|restore` can say. */
export const validatorExplanations: Explanations = {
  "rules.unreadable": { means: "The file of --rules cannot be read.", act: "Give a JSON file that you may read." },
  "rules.malformed": {
    means: "The file of --rules is not a JSON object.",
    act: 'Write one with the keys of simulate --set, for example {"preset": "scaled", "c": 30}',
  },
  "usage.preset": {
    means: "The flag --preset and the file of --rules name different rule sets.",
    act: "Leave one of them away.",
  },
  "usage.listen": {
    means: "The address of --listen is not HOST:PORT.",
    act: "For example --listen 127.0.0.1:8091; port 0 takes a free one.",
  },
  "usage.public-url": {
    means: "What --public-url names is not a plain http(s) URL.",
    act: "For example --public-url https://arena.example.org",
  },
  "usage.task-types": {
    means: "The list names a type of task that there is not, or one twice.",
    act: "Name page, text, or both: --task-types page,text",
    see: "colosseum validator start --help",
  },
  "usage.first-kinds": {
    means: "What --first-kinds says is not a list of synthetic, duel and trap.",
    act: "For example --first-kinds synthetic,duel,trap",
  },
  "usage.baseline": {
    means: "The fixture builder only knows the prompts of the bank.",
    act: "With --prompts FILE, name a baseline that can follow them: openai:MODEL or exec:CMD",
  },
  "validator.awaiting-chain": {
    means: "The validator was started again while the chain is away; it waits, and nothing stored is lost.",
    act: "Start the chain's node, or name another with --network; several with commas between them.",
  },
  "validator.doppelganger": {
    means: "Somebody else sets weights or publishes seeds with this validator's hotkey; two would pay by turns.",
    act: "Stop the other validator. If it was you, by hand, start this one again: that takes the chain as it is.",
  },
  "validator.other-chain": {
    means:
      "The validator's store was written beside another chain, or the chain was begun anew: its blocks are far behind.",
    act: "Start the old chain again, or move the store away (the message names its folder) and begin anew.",
    see: "colosseum localnet --help",
  },
  "validator.disk-low": {
    means: "Less than 256 MiB are free where the validator keeps its store; full, it can take no answers.",
    act: "Make room, or move the store: stop, `validator backup`, `validator restore` elsewhere.",
  },
  "validator.notify-failed": {
    means: "A notification could not be delivered; the validator goes on.",
    act: "Check the target of --notify.",
  },
  "validator.log-failed": {
    means: "The log file cannot be written any more; the validator goes on without it.",
    act: "Make room on its disk, then start the validator again.",
  },
  "ops.admin-not-loopback": {
    means: "The admin pages ask nobody who they are, so they are served on this machine only.",
    act: "Use --admin 127.0.0.1:9102",
  },
  "ops.admin-cannot-listen": {
    means: "The admin pages cannot be served at this address.",
    act: "Choose another port with --admin; 0 takes a free one.",
  },
  "ops.log-file": { means: "The log file cannot be opened.", act: "Name a file in a folder that you may write to." },
  "validator.seeds-used-up": {
    means: "Every seed of the anchored chain has served its interval.",
    act: "Export the log, move the store away and start again; a new chain is made and anchored.",
  },
  "validator.not-registered": {
    means: "The validator's hotkey has no slot in the subnet, so it can set no weights.",
    act: "Register it; the arena runs meanwhile.",
    see: "colosseum register",
  },
  "validator.no-permit": {
    means: "The validator's hotkey has no permit yet. Permits go to the highest stakes at each epoch.",
    act: "Stake on it and wait for an epoch.",
    see: "colosseum stake add",
  },
  "validator.not-published": {
    means: "The chain does not say where miners find this validator.",
    act: "Publish an address with --public-url, or tell miners: --validator URL",
  },
  "validator.listens-locally": {
    means: "An http:// address is published, but the validator listens on a loopback address of this machine only.",
    act: "Listen where the address leads: --listen 0.0.0.0:PORT. Behind a proxy of your own all is well.",
  },
  "validator.prompts-unreadable": {
    means: "The file of --prompts cannot be read.",
    act: "Give a text file with one prompt a line.",
  },
  "validator.no-prompts": { means: "The file of --prompts has no line.", act: "Write one prompt a line." },
  "validator.no-interval": {
    means: "The store has no interval of this number.",
    act: "Leave --interval away for all that there are.",
  },
  "validator.interval-open": {
    means: "This interval is not settled yet; its seed is still secret.",
    act: "Wait for its settlement, or add --open.",
  },
  "validator.export-unwritable": {
    means: "The log cannot be written to this file.",
    act: "Name a file in a folder where you may write.",
  },
  "validator.backup-exists": {
    means: "There is a file of this name already; nothing was written.",
    act: "Choose another name, or move the old file away.",
  },
  "validator.restore-refused": {
    means: "The validator has a store already. Two stores of one hotkey would draw with the same seeds.",
    act: "Stop the validator and move its store away, then restore.",
  },
};
