import { join } from "node:path";
import { Command } from "commander";
import type { OpenContext } from "../../context.ts";

export const configPath = (open: OpenContext): Command =>
  new Command("path")
    .description("The user's configuration file; with --json every place that colosseum uses")
    .addHelpText("before", "Examples:\n  $ colosseum config path\n  $ colosseum config path --json\n")
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const { userConfigFile, stateDir, cacheDir, walletDir } = ctx.paths;
      const project = join(ctx.io.cwd, "colosseum.config.json");
      ctx.out.result(
        { user: userConfigFile, project, state: stateDir, cache: cacheDir, wallets: walletDir },
        () => userConfigFile,
      );
    });
