import type { Explanations } from "./explanation.ts";

/** Reading and replaying task logs, experiments with mechanisms, ratings and epochs. */
export const simulateExplanations: Explanations = {
  "input.not-found": { means: "The input file does not exist.", act: "Check the path; - reads standard input." },
  "input.not-a-file": { means: "The input is a folder.", act: "Name a file in it." },
  "input.unreadable": { means: "The input file cannot be read.", act: "Check its rights and its disk." },
  "input.not-json": { means: "The input is not JSON.", act: "Mend it where the message points." },
  "input.not-utf8": {
    means: "The input is not UTF-8 text, or is compressed.",
    act: "Save it as UTF-8, or unpack it first.",
  },
  "input.stdin-is-terminal": {
    means: "The input was to come from standard input, which is a terminal.",
    act: "Pipe a file into it, or name the file.",
  },
  "log.not-a-log": {
    means: "The file begins like no task log: neither with [ nor with {.",
    act: "Give a log as colosseum validator export writes it.",
  },
  "log.not-json": {
    means: "A part of the log is not JSON.",
    act: "Mend it where the message points, or add --skip-invalid.",
  },
  "log.bad-header": {
    means: "The log's first object is no header of colosseum/tasks@1.",
    act: "Mend the header, or leave format away.",
  },
  "log.bad-settings": {
    means: "The settings in the log's header cannot be used.",
    act: "Choose the rules yourself with --preset and --set.",
  },
  "log.bad-task": {
    means: "A task breaks the rules of the format; file, place, task and expectation are in the message.",
    act: "Mend it, or add --skip-invalid.",
  },
  "log.duplicate-id": {
    means: "Two tasks have the same id; the first in the file counts.",
    act: "Mend the later one, or add --skip-invalid.",
  },
  "log.empty": {
    means: "The file has no bytes. A log without tasks would be [] or a header.",
    act: "Check how it was written.",
  },
  "log.gzip": { means: "The log is compressed in a way that is not read here.", act: "Unpack it first." },
  "log.nothing-valid": {
    means: "Every task was left out, so nothing can be scored.",
    act: "Look at the first problem: one wrong field name makes every task invalid.",
  },
  "invalid-skipped": {
    means: "Tasks that break the format were left out, as --skip-invalid asks.",
    act: "Mend them if they should count.",
  },
  "no-receipts": {
    means: "The folder given with --receipts holds no receipt of the log's validator.",
    act: "Give the folder that colosseum miner status names, of a hotkey that has played for this validator.",
  },
  "invalid-receipts": {
    means: "Receipts that cannot be read were left out.",
    act: "Check the folder given with --receipts.",
  },
  "forgotten-blocks": {
    means:
      "The node keeps no states that old, so it cannot tell whether the seeds were anchored before the first draw.",
    act: "Ask an archive node: --network wss://…",
  },
  "interval-empty": { means: "The log has no task of this interval.", act: "Choose one of the intervals that it has." },
  "unknown-hotkey": { means: "The hotkey is in none of the log's tasks.", act: "Check that it is the whole address." },
  "mixed-rules": {
    means: "The log's intervals were settled by different rules; scored together they are scored by one set.",
    act: "Score one interval as it was settled with --interval N, or name the rules for all with --preset.",
  },
  "one-seed": { means: "One seed gives no interval of confidence.", act: "Use --seeds 2 or more." },
  "no-battles": {
    means: "No vote in the log decides between two outputs that count.",
    act: "Use a log with duels, or add --baseline.",
  },
  "self-battles": {
    means: "Battles of a player against itself were left out.",
    act: "Mend the battles file if that was not meant.",
  },
  "weakly-connected": {
    means: "Some players never met, directly or through others, so their ratings cannot be compared well.",
    act: "Collect more battles between the groups.",
  },
  "rules.unknown-preset": { means: "There is no rule set of this name.", act: "Use paper, dojo-1.8.3 or scaled." },
  "rules.unknown-setting": { means: "The rule set has no such setting.", act: "Use a key that the hint names." },
  "rules.bad-setting": {
    means: "The setting's value is out of its range.",
    act: "Give one within the range in the hint.",
  },
  "weak-traps": {
    means: "Under the rules `scaled` the traps of this log deter too little (κ below 4).",
    act: "More traps (trapShare), or a larger c: --set c=N shows what it would have paid; docs/mechanism.md says why.",
  },
  "simulate.bad-scenario": {
    means: "The scenario has an unknown key or strategy, or a value out of range.",
    act: "Mend it where the message points.",
  },
  "simulate.missing-file": { means: "The scenario file does not exist.", act: "Check the path." },
  "simulate.unreadable": { means: "The scenario file cannot be read.", act: "Check its rights." },
  "output.write-failed": {
    means: "The file for the output cannot be written.",
    act: "Check that its folder exists and may be written to.",
  },
  "battles.invalid": { means: "The battles file breaks its format.", act: "Mend it where the message points." },
  "leaderboard.too-many-players": { means: "More players than can be rated together.", act: "Split the battles." },
  "yuma.invalid-scenario": {
    means: "The file is no scenario of stakes and weights.",
    act: "Mend it where the message points.",
  },
  "yuma.validators-inactive": {
    means: "Carried forward, validators become inactive: nobody sets new weights in such a run.",
    act: "Use fewer epochs, or a larger activity cutoff.",
  },
};
