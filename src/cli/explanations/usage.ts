import type { Explanations } from "./explanation.ts";

export const usageExplanations: Explanations = {
  bug: {
    means: "Something in colosseum itself went wrong; nobody foresaw it.",
    act: "Run the command again with -vv and report it with the stack trace.",
  },
  "files.refused": {
    means:
      "A file or folder could not be read or written: rights, a full or read-only disk, a file in a folder's place.",
    act: "Mend what the message names, or keep everything elsewhere with --home DIR.",
    see: "colosseum doctor",
  },
  "output.unwritable": {
    means: "The result could not be written to stdout, for example because the disk is full.",
    act: "Make room, or send the output elsewhere, and run the command again.",
  },
  "usage.hotkey": {
    means: "What was given is no address of a hotkey.",
    act: "Copy it whole: 48 characters that begin with 5.",
  },
  "vote.no-terminal": {
    means: "The duel screen needs a terminal for its input and its output.",
    act: "Add --plain to answer line by line, or let a program vote: colosseum miner start --judge heuristic",
  },
  "vote.no-editor": {
    means: "A person makes pages in an editor, and none is set.",
    act: 'Set EDITOR, or add --editor "nano"',
  },
  "usage.command-line": {
    means: "The command line has an unknown command or option, or one too few or too many arguments.",
    act: "Look at the suggestion, or add --help.",
  },
  "usage.missing-answer": {
    means: "An answer that init needs was given by no flag, and there is no terminal to ask at.",
    act: "Add the flag that the hint names, or --yes for the standard answers.",
    see: "colosseum init --help",
  },
  "usage.no-dry-run": {
    means: "This command cannot say beforehand what it would change, so with --dry-run it does nothing at all.",
    act: "Leave --dry-run out, or use what the hint names.",
  },
  "init.needs-tao": {
    means: "The coldkey cannot pay a slot yet. Its keys are made and the settings kept; nothing was sent to the chain.",
    act: "Send it some TAO, then run the line of the hint: it goes on where it stopped.",
    see: "colosseum wallet balance",
  },
  "init.kept": {
    means: "What is there would have been changed, and the answer was no. Nothing was changed.",
    act: "Run init again with other answers, for example another --save.",
  },
  "usage.invalid": { means: "An argument cannot be used.", act: "Look at what the message expects, or add --help." },
  "usage.unknown-code": {
    means: "There is no explanation of this code.",
    act: "List all codes.",
    see: "colosseum explain",
  },
  "usage.shell": {
    means: "There are no completions for this shell.",
    act: "Choose bash, zsh, fish or powershell.",
    see: "colosseum completion --help",
  },
  "usage.confirm": {
    means: "The command asks before it goes on, and there is no terminal to answer at.",
    act: "Add --yes if you mean it.",
  },
  "usage.unanswered": {
    means: "A question was left with Ctrl-C. Nothing was changed.",
    act: "Run the command again, or give the answer as a flag.",
  },
  "usage.two-names": {
    means: "The same thing is named twice, differently: as an argument and by a flag.",
    act: "Name it once.",
  },
  "usage.two-sources": { means: "Several sources of one thing were given.", act: "Give one of them." },
  "usage.password-conflict": {
    means: "The flag --no-password meets an option that needs a password.",
    act: "Leave one of the two out.",
  },
  "usage.fork-root": {
    means: "Root (netuid 0) is no subnet that could be copied.",
    act: "Name the subnet: --netuid N. Its validators' stakes on root come along.",
  },
  "usage.netuid": {
    means: "No subnet was chosen, or its number is not a whole number from 0 to 65535.",
    act: "Add --netuid N, or keep it: colosseum config set netuid N",
    see: "colosseum subnet list",
  },
  "usage.hyperparameter": {
    means: "The chain has no such setting of a subnet that can be changed, or the value does not fit its type.",
    act: "Use a name as the chain shows it, and a value in the chain's own unit (rao, blocks, u16).",
    see: "colosseum subnet hyperparameters --netuid N",
  },
  "usage.uid": { means: "A uid is a whole number from 0 to 65535.", act: "Give the uid as the metagraph shows it." },
  "usage.mechid": {
    means: "A mechanism is a whole number from 0 to 15.",
    act: "Leave --mechid away for the first one.",
  },
  "usage.folder": {
    means: "A flag that names a folder was given an empty name.",
    act: "Name a folder, or leave the flag out.",
  },
  "usage.network": {
    means: "The network is neither a known name nor a list of ws:// or wss:// endpoints.",
    act: "Use finney, test, local or ws://…, several separated by commas.",
  },
  "usage.address": {
    means: "The text is no SS58 address of Bittensor: 48 characters, beginning with 5, with a right checksum.",
    act: "Copy the whole address.",
    see: "colosseum wallet list",
  },
  "usage.amount": {
    means: "The amount is not a decimal number of TAO with at most 9 places, or is missing.",
    act: "Write it like 1.5",
  },
  "usage.duration": { means: "The text is no duration.", act: "Write a number and a unit: 250ms, 30s, 5m, 1h, 7d" },
  "usage.time": { means: "The text is no time.", act: "Write it like 2026-01-31T12:00:00Z" },
  "usage.hex": { means: "The text is not hex.", act: "Write pairs of the digits 0-9 and a-f, with or without 0x." },
  "usage.signature": {
    means: "A signature has 64 bytes.",
    act: "Give it as wallet sign prints it: 0x and 128 hex digits.",
  },
  "usage.n-words": { means: "A mnemonic cannot have so many words.", act: "Use 12, 15, 18, 21 or 24." },
  "usage.crypto-type": { means: "The signature scheme is unknown.", act: "Use sr25519 (the default) or ed25519." },
  "usage.block-time": { means: "The block time cannot be used.", act: "Write a duration such as 250ms or 12s." },
  "usage.endpoint": {
    means: "The model's endpoint is no http:// or https:// URL.",
    act: "Set OPENAI_BASE_URL to one.",
  },
  "usage.model-key": {
    means: "The model's endpoint needs a key and none is set.",
    act: "Set OPENAI_API_KEY in the environment.",
  },
  "usage.price": { means: "The price of the model's tokens cannot be read.", act: "Write it as the hint shows." },
  "usage.brain-role": {
    means: "This brain cannot play the role it was given.",
    act: "Give another with --brain or --judge.",
  },
  "usage.budget": { means: "The budget cannot be read.", act: "Write it as the hint shows." },
  "usage.notify": { means: "The target of --notify cannot be used.", act: "Write it as the hint shows." },
  "usage.role": {
    means: "There is no such role of a miner.",
    act: "Use generator, discriminator, or both with a comma.",
  },
  "usage.validator-url": {
    means: "The validator's address is no http:// or https:// URL.",
    act: "Give it as the validator publishes it, for example --validator http://127.0.0.1:8091",
  },
  "usage.brain": {
    means: "The specification of a brain cannot be read.",
    act: "Use heuristic, fixtures:0.8, openai:MODEL, exec:./agent.sh or human.",
  },
  "usage.files": {
    means: "The command was given no files, or ones it cannot combine.",
    act: "Name a file or folder, or add --help.",
  },
  "usage.formula": { means: "There is no scoring formula of this name.", act: "Use one that the hint names." },
  "usage.setting": {
    means: "A setting of --set is unknown, is out of range, or is not written as NAME=VALUE.",
    act: "See the hint for names, ranges and form.",
  },
  "usage.window": { means: "The window is neither a duration nor all.", act: "Write it like 7d, or all." },
  "usage.scores": {
    means: "The scores for the weights are missing or do not fit together.",
    act: "Give a scores file, or --uids and --weights of one length.",
    see: "colosseum weights set --help",
  },
  "usage.tolerance": { means: "The tolerance is no fraction from 0 to 1.", act: "Write 0.05 for five percent." },
  "usage.interval": { means: "The interval is no whole number.", act: "Give the interval's number as the log has it." },
  "usage.workers": { means: "The number of workers is out of range.", act: "Give a whole number from 1 on." },
  "usage.seeds": { means: "The number of seeds is out of range.", act: "Give a whole number from 1 on." },
  "usage.miners": { means: "The number of miners is out of range.", act: "Give a whole number from 2 on." },
  "usage.share": { means: "A share is a number from 0 to 1.", act: "Write 0.2 for a fifth." },
  "usage.sweep": {
    means: "The sweep cannot be read.",
    act: "Write it as key=from:to:step, for example trapShare=0.1:0.5:0.1",
  },
  "usage.fail-on": { means: "The flag --fail-on knows only rank-change.", act: "Use --fail-on rank-change" },
  "usage.two-presets": {
    means: "A comparison needs two rule sets.",
    act: "Give --preset twice, for example --preset paper --preset scaled",
  },
  "usage.no-votes": { means: "Nothing was given to rate.", act: "Name a task log, or --battles FILE." },
  "usage.stdin-twice": {
    means: "Two inputs were both to be read from standard input.",
    act: "Give one of them as a file.",
  },
  "usage.handle": {
    means: "The name of an X account has up to 15 letters, digits and underscores.",
    act: "Write it as @my_agent.",
  },
  "usage.post": {
    means: "A post is named by its number or by its address on X.",
    act: "Copy the address of the post.",
  },
  "usage.accounts": {
    means: "It is not known whose posts are to be read.",
    act: "Take accounts in with arena verify, or name them with --registry.",
  },
  "usage.client": {
    means: "It is not known whether an agent is to be laid down, and there is no terminal to ask at.",
    act: "Add --client none, x-api, command or eliza.",
  },
  "usage.max-cost": {
    means: "Nobody agreed to a price of the registration, and there is no terminal to ask at.",
    act: "Add --max-cost TAO.",
  },
  "usage.x-token": {
    means: "X's API asks for a bearer token.",
    act: "Give --token-file FILE, or set X_BEARER_TOKEN or X_BEARER_TOKEN_FILE.",
  },
  "usage.feed-url": {
    means: "The address of a source of posts is not http(s), or a token would travel over http:// to another machine.",
    act: "Write an https:// address, or http:// for this machine.",
  },
};
