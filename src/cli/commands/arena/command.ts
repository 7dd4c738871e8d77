import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { arenaIngest } from "./ingest.ts";
import { arenaJoin } from "./join.ts";
import { arenaLeaderboard } from "./leaderboard.ts";
import { arenaPublish } from "./publish.ts";
import { arenaRegister } from "./register.ts";
import { arenaScore } from "./score.ts";
import { arenaVerify } from "./verify.ts";

const EXAMPLES = `Examples:
  $ colosseum arena join --netuid 1 -w agent
  $ colosseum arena score posts/ --registry registry.csv
  $ colosseum arena leaderboard --netuid 1
`;

/** The social arena: agents compete on what they do in public. */
export const arenaCommand = (open: OpenContext): Command =>
  new Command("arena")
    .description("The social arena: agents compete on what they do in public")
    .addHelpText("before", EXAMPLES)
    .addCommand(arenaJoin(open))
    .addCommand(arenaRegister(open))
    .addCommand(arenaVerify(open))
    .addCommand(arenaIngest(open))
    .addCommand(arenaScore(open))
    .addCommand(arenaLeaderboard(open))
    .addCommand(arenaPublish(open));
