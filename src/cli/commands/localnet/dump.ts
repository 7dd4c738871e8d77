import { resolve } from "node:path";
import { Command } from "commander";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";
import type { LocalnetStatus } from "./status-data.ts";

export const localnetDump = (open: OpenContext): Command =>
  new Command("dump")
    .description("Write the whole chain at its newest block to a file")
    .argument("<file>", "JSON, replaced if it is there and --yes is given")
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet dump chain.json\n  $ colosseum localnet start --state chain.json\n",
    )
    .action(async (file: string, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const path = resolve(ctx.io.cwd, file);
      const { existsSync } = await import("node:fs");
      if (existsSync(path) && !ctx.flags.yes) {
        throw new ColosseumError(`${file} exists already.`, {
          code: "localnet.file-exists",
          exitCode: ExitCode.io,
          hint: "Name another file, or replace it with --yes.",
          details: { file: path },
        });
      }
      const { client } = await reach(ctx, options);
      const { parseDump } = await import("../../../localnet/engine/dump.ts");
      const { writeState } = await import("../../../localnet/state-file.ts");
      const dump = parseDump(await client.call("dev_dump"));
      await writeState(path, dump);
      const entries = Object.keys(dump.state).length;
      ctx.out.result(
        { file: path, block: dump.header.number, entries },
        () => `Block ${dump.header.number} with ${entries} entries is in ${file}.`,
      );
    });

export const localnetLoad = (open: OpenContext): Command =>
  new Command("load")
    .description("Make a running chain the one of a file; what it was is gone")
    .argument("<file>", "as dump wrote it")
    .addOption(portOption())
    .addHelpText("before", "Examples:\n  $ colosseum localnet load chain.json\n")
    .action(async (file: string, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const path = resolve(ctx.io.cwd, file);
      const { readState } = await import("../../../localnet/state-file.ts");
      const dump = await readState(path);
      if (dump === undefined) {
        throw new ColosseumError(`There is no file ${file}.`, {
          code: "localnet.no-such-file",
          exitCode: ExitCode.io,
          hint: "Make one with: colosseum localnet dump FILE",
          details: { file: path },
        });
      }
      const { client } = await reach(ctx, options);
      await client.call("dev_load", [dump]);
      const { block, hash, genesis } = (await client.call("dev_status")) as LocalnetStatus;
      ctx.out.result({ file: path, block, hash, genesis }, () => `The chain is at block ${block}, as in ${file}.`);
    });
