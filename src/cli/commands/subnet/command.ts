import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { subnetCreate } from "./create.ts";
import { subnetHyperparameters } from "./hyperparameters.ts";
import { subnetList } from "./list.ts";
import { subnetMetagraph } from "./metagraph.ts";
import { subnetShow } from "./show.ts";
import { subnetStart } from "./start.ts";

export const subnetCommand = (open: OpenContext): Command =>
  new Command("subnet")
    .description("What the chain says about subnets, and making one")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum subnet list --network finney\n  $ colosseum subnet metagraph --netuid 1 --json\n",
    )
    .addCommand(subnetList(open))
    .addCommand(subnetShow(open))
    .addCommand(subnetCreate(open))
    .addCommand(subnetStart(open))
    .addCommand(subnetMetagraph(open))
    .addCommand(subnetHyperparameters(open));
