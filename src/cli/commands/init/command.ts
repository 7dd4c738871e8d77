import { Command, Option } from "commander";
import type { OpenContext } from "../../context.ts";
import { collectUrl } from "../miner/flags.ts";
import { parsePublicUrl } from "../validator/flags.ts";
import { PLAYERS, SAVE_PLACES } from "./answers.ts";
import type { InitFlags } from "./rest-of-answers.ts";

const EXAMPLES = `Examples:
  $ colosseum init
  $ colosseum init --as miner -n test --netuid 98 -w alice --brain openai:gpt-4o-mini --budget 200ktok --save user
  $ colosseum init --as validator -n local --no-password --mnemonic-file words.txt --yes --start
`;

/** `init`: from nothing to a running miner or validator, or to the exact command that is next. */
export const initCommand = (open: OpenContext): Command =>
  new Command("init")
    .description("Set up a miner, a validator, an agent or a laboratory, step by step")
    .addOption(new Option("--as <who>", "who you are").choices(PLAYERS))
    .option("--brain <spec>", "miner: fixtures:Q, openai:MODEL, exec:CMD, or human")
    .option("--judge <spec>", "miner: who votes, if not the brain")
    .option("--budget <limit>", "miner: per day, 50 (answers), 200ktok (tokens) or 2usd")
    .option("--validator <url>", "miner: go to this validator; repeat for several", collectUrl)
    .option("--preset <name>", "validator, designer: rule set")
    .option("--listen <host:port>", "validator: where to listen")
    .option("--public-url <url>", "validator: how miners reach it", parsePublicUrl)
    .option("--handle <name>", "agent's owner: the account on X")
    .option("--max-cost <tao>", "register for at most this (default: ask; with --yes the price now)")
    .option("--no-register", "do not register")
    .addOption(new Option("--save <where>", "keep network, subnet and wallet as settings").choices(SAVE_PLACES))
    .option("--start", "start the miner or validator at the end")
    .option("--no-start", "say the command instead")
    .option("--no-password", "a new wallet's coldkey is not encrypted")
    .option("--password-file <file>", "the coldkey's password, one line")
    .option("--mnemonic-file <file>", "write a new coldkey's mnemonic there (0600) instead of showing it")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: InitFlags, command: Command) => {
      await using ctx = await open(command);
      const { runInit } = await import("./run-init.ts");
      await runInit(ctx, flags);
    });
