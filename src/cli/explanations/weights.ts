import type { Explanations } from "./explanation.ts";

const HYPERPARAMETERS = "colosseum subnet hyperparameters";

export const weightsExplanations: Explanations = {
  "all-burned": {
    means: "No score counts with these burnShare and burnHotkey, and the burned part has nobody here to go to.",
    act: "Name a burnHotkey that is in the log and did not earn, or burn less.",
    see: "colosseum simulate TASKS --preset dojo-1.8.3 --set burnHotkey=HOTKEY --set burnShare=0.5",
  },
  "nobody-scored": {
    means: "Nobody has a score above zero, so every share and weight is zero.",
    act: "Look at what the tasks earned, or wait until votes have come.",
    see: "colosseum simulate TASKS --explain HOTKEY",
  },
  "weights.nobody-scored": {
    means: "There is no score above zero to make weights of. Nothing was sent.",
    act: "Wait for scores; validator start --when-empty owner sends everything to the owner instead.",
  },
  "weights.invalid": { means: "A weight is negative or not a finite number.", act: "Mend the scores." },
  "weights.bad-scores": { means: "The scores file has another form than {address: number}.", act: "Mend the file." },
  "weights.scores-unreadable": { means: "The scores file cannot be read.", act: "Check its path and rights." },
  "weights.no-such-uid": {
    means: "The subnet has no neuron with this uid.",
    act: "Choose one that exists.",
    see: "colosseum subnet metagraph",
  },
  "weights.unregistered-hotkeys": {
    means: "Some hotkeys with scores are not in the subnet. They are left out of the weights.",
    act: "Nothing, if they left; else check the netuid.",
    see: "colosseum subnet metagraph",
  },
  "weights.not-registered": {
    means: "The hotkey is not registered in the subnet.",
    act: "Register it: colosseum register --netuid N",
  },
  "weights.no-permit": {
    means: "The hotkey has no validator permit. Permits go to the largest stakes at each epoch.",
    act: "Add stake and wait for the next epoch.",
    see: "colosseum subnet metagraph",
  },
  "weights.too-little-stake": {
    means: "The hotkey has less stake than setting weights takes.",
    act: "Add stake: colosseum stake add AMOUNT --netuid N",
  },
  "weights.too-soon": {
    means: "The subnet's rate limit has not passed since the last weights.",
    act: "Wait for the block that the message names; a validator waits by itself.",
    see: HYPERPARAMETERS,
  },
  "weights.root": { means: "Weights are not set on the root subnet.", act: "Choose a subnet with --netuid N" },
  "weights.no-mechanism": {
    means: "The subnet has no mechanism of this number.",
    act: "Leave --mechid away, or choose one that exists.",
  },
  "weights.commit-reveal-on": {
    means: "The subnet takes weights by commit and reveal only.",
    act: "Use colosseum weights commit",
    see: HYPERPARAMETERS,
  },
  "weights.commit-reveal-off": {
    means: "The subnet takes plain weights only.",
    act: "Use colosseum weights set",
    see: HYPERPARAMETERS,
  },
  "weights.commit-version": {
    means: "The chain wants another version of timelocked commits than colosseum writes.",
    act: "Update colosseum, or commit by hash: colosseum weights commit --hash",
  },
  "weights.no-beacon": {
    means: "The chain follows no randomness beacon, so nothing would ever open a timelocked commit.",
    act: "Commit by hash: colosseum weights commit --hash",
  },
  "weights.no-epochs": {
    means: "The subnet's tempo is zero: it has no epochs, so a commit has no time to be opened at.",
    act: "The owner sets a tempo first.",
    see: HYPERPARAMETERS,
  },
  "weights.no-commit": {
    means: "The chain holds no such commit: it was revealed already, or never arrived.",
    act: "Look at what the chain holds, and commit again if need be.",
    see: "colosseum weights show",
  },
  "weights.commit-expired": { means: "The epoch for revealing the commit has passed.", act: "Commit again." },
  "weights.reveal-too-early": {
    means: "The commit's epoch has not begun.",
    act: "Wait as long as the message says, then reveal.",
  },
  "weights.commits-unreadable": {
    means: "The file with the salts of open commits is damaged or cannot be read.",
    act: "Restore it from a backup; without its salt a hash commit cannot be revealed, and a new one must be made.",
  },
  "weights.commits-unwritable": {
    means: "The salt of a commit cannot be kept, so nothing was committed.",
    act: "Check the state folder's rights and the space on the disk.",
    see: "colosseum config path --json",
  },
  "weights.not-verified": {
    means: "The chain holds other weights than were sent.",
    act: "Look at both; another process may use the same hotkey.",
    see: "colosseum weights show",
  },
};
