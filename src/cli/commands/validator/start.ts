import { Command, Option } from "commander";
import type { OpenContext } from "../../context.ts";
import { withArenaFlags } from "../arena/second-mechanism.ts";
import { parseDuration, parseKinds, parseListen, parsePublicUrl, parseTaskTypes, parseWhole } from "./flags.ts";
import type { StartFlags } from "./start-flags.ts";

const EXAMPLES = `Examples:
  $ colosseum validator start --netuid 1 -w validator
  $ colosseum validator start --netuid 1 --preset scaled --listen 0.0.0.0:8091 --public-url https://arena.example.org
  $ colosseum validator start --netuid 1 -w validator --arena --arena-token-file token.txt
  $ colosseum validator start --netuid 1 --admin 127.0.0.1:9102 --log-file arena.log --notify exec:./page-me.sh
  $ colosseum validator start --netuid 1 --generate-time 1m --vote-time 1m --close-early --first-kinds synthetic,duel,trap
`;

const collect = (word: string, before: readonly string[] | undefined): string[] => [...(before ?? []), word];

/** `validator start`: runs rounds, takes answers, settles intervals and sets weights until it is told to stop. */
export const validatorStart = (open: OpenContext): Command => withArenaFlags(startCommand(open));

const startCommand = (open: OpenContext): Command =>
  new Command("start")
    .description("Run the arena: tasks, votes, scores, weights, until stopped")
    .option("--preset <name>", "rule set: paper (default), dojo-1.8.3 or scaled")
    .option("--rules <file>", "rules from a JSON file, with the keys of simulate --set")
    .option("--set <key=value>", "change one number of the rules; repeatable", collect)
    .addOption(
      new Option("--listen <host:port>", "where to listen; port 0 takes a free one")
        .argParser(parseListen)
        .default({ host: "127.0.0.1", port: 8091 }, "127.0.0.1:8091"),
    )
    // What --axon.port of older command lines is read as.
    .addOption(new Option("--port <port>", "port of --listen").argParser(parseWhole("port", 0, 65_535)).hideHelp())
    .option("--public-url <url>", "how miners reach it; published on the chain", parsePublicUrl)
    .option("--trust-proxy", "take addresses from X-Forwarded-For (behind a proxy of your own)")
    .option(
      "--baseline <spec>",
      "who makes the validator's outputs: fixtures:Q, openai:MODEL, exec:CMD (default fixtures:1)",
    )
    .option("--prompts <file>", "prompts of your own, one a line; needs a --baseline that can follow them")
    .option("--task-types <types>", "what is asked for: page (default), text, or both: page,text", parseTaskTypes)
    .option("--no-prove-damage", "do not run pages in the sandbox to prove that a trap's damage can be felt")
    .option(
      "--voters-per-task <n>",
      "invite so many to each vote (default: every miner gets as many votes)",
      parseWhole("voters-per-task", 1, 4_096),
    )
    .addOption(new Option("--when-empty <what>", "when nobody scored").choices(["hold", "owner"]).default("hold"))
    .addOption(
      new Option("--publish <what>", "what logs show of outputs").choices(["hashes", "files"]).default("hashes"),
    )
    .option("--generate-time <duration>", "for outputs (default 20m)", parseDuration("generate-time", 1_000))
    .option("--vote-time <duration>", "for votes (default 39m)", parseDuration("vote-time", 1_000))
    .option(
      "--rounds-per-interval <n>",
      "rounds between two settlements (default 1)",
      parseWhole("rounds-per-interval", 1, 1_000),
    )
    .option(
      "--intervals <n>",
      "stop once this run has settled so many (default: never)",
      parseWhole("intervals", 1, 65_536),
    )
    .option(
      "--min-miners <n>",
      "open a round once so many have checked in (default 2)",
      parseWhole("min-miners", 1, 4_096),
    )
    .option("--first-kinds <kinds>", "kinds of the very first tasks: synthetic,duel,trap", parseKinds)
    .option("--close-early", "end a stage as soon as everybody asked has answered")
    .option("--admin <host:port>", "serve /healthz and Prometheus /metrics on a loopback address", parseListen)
    .option("--log-file <file>", "structured log (JSON Lines); rotates at 10 MiB, keeps five")
    .option("--notify <where>", "exec:CMD or webhook:URL: told once when something needs you, and once when it is over")
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: StartFlags, command: Command) => {
      await using ctx = await open(command);
      const { runValidator } = await import("./run-validator.ts");
      const { listen, port = listen.port } = flags;
      await runValidator(ctx, { ...flags, listen: { ...listen, port } });
    });
