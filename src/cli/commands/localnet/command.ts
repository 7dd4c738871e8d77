import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { localnetDump, localnetLoad } from "./dump.ts";
import { localnetFaucet } from "./faucet.ts";
import { localnetMine } from "./mine.ts";
import { localnetScaffold } from "./scaffold.ts";
import { localnetRevert, localnetSnapshot } from "./snapshot.ts";
import { localnetStart } from "./start.ts";
import { localnetStatus } from "./status.ts";
import { localnetWarp } from "./warp.ts";

export const localnetCommand = (open: OpenContext): Command =>
  new Command("localnet")
    .description("An embedded Bittensor chain for development, in one process")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet --block-time 250ms\n  $ colosseum localnet status\n  $ colosseum localnet faucet miner 1000\n",
    )
    .addHelpText(
      "after",
      "\nFlags of the chain itself (port, block time, state, fork): colosseum localnet start --help",
    )
    .addCommand(localnetStart(open), { isDefault: true })
    .addCommand(localnetMine(open))
    .addCommand(localnetFaucet(open))
    .addCommand(localnetScaffold(open))
    .addCommand(localnetStatus(open))
    .addCommand(localnetWarp(open))
    .addCommand(localnetSnapshot(open))
    .addCommand(localnetRevert(open))
    .addCommand(localnetDump(open))
    .addCommand(localnetLoad(open));
