import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { weightsCommit } from "./commit.ts";
import { weightsPreview } from "./preview.ts";
import { weightsReveal } from "./reveal.ts";
import { weightsSet } from "./set.ts";
import { weightsShow } from "./show.ts";

export const weightsCommand = (open: OpenContext): Command =>
  new Command("weights")
    .description("Weights by hand, through the same door that a validator uses")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum weights preview scores.json --netuid 1 -w validator\n  $ colosseum weights set scores.json --netuid 1 -w validator\n",
    )
    .addCommand(weightsShow(open))
    .addCommand(weightsPreview(open))
    .addCommand(weightsSet(open))
    .addCommand(weightsCommit(open))
    .addCommand(weightsReveal(open));
