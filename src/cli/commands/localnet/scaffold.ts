import { resolve } from "node:path";
import { Command } from "commander";
import { ColosseumError, ExitCode, messageOf } from "../../../base/errors.ts";
import type { OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";

interface Scaffolded {
  readonly subnets: readonly { readonly netuid: number; readonly neurons: number }[];
}

async function readScaffold(path: string, file: string): Promise<unknown> {
  const { readFile } = await import("node:fs/promises");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (thrown) {
    throw new ColosseumError(`Cannot read ${file}: ${messageOf(thrown)}.`, {
      code: "localnet.no-such-file",
      exitCode: ExitCode.io,
      hint: "Name a JSON file with subnets; docs/localnet.md shows one.",
      details: { file: path },
      cause: thrown,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    const { parseScaffold } = await import("../../../localnet/scaffold/plan.ts");
    parseScaffold(value);
    return value;
  } catch (thrown) {
    throw new ColosseumError(`${file} is no scaffold: ${messageOf(thrown)}.`, {
      code: "localnet.invalid-scaffold",
      exitCode: ExitCode.invalid,
      hint: "Correct the file; docs/localnet.md shows one.",
      details: { file: path },
      cause: thrown,
    });
  }
}

export const localnetScaffold = (open: OpenContext): Command =>
  new Command("scaffold")
    .description("Make subnets with their hyperparameters, neurons and stakes from a file: all of it or nothing")
    .argument("<file>", "JSON")
    .addOption(portOption())
    .addHelpText("before", "Examples:\n  $ colosseum localnet scaffold examples/localnet/two-subnets.json\n")
    .action(async (file: string, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const scaffold = await readScaffold(resolve(ctx.io.cwd, file), file);
      const { client } = await reach(ctx, options);
      const made = (await client.call("dev_scaffold", [scaffold])) as Scaffolded;
      ctx.out.result(made, () =>
        made.subnets.length === 0
          ? "The file asks for no subnets."
          : made.subnets.map(({ netuid, neurons }) => `Subnet ${netuid} has ${neurons} neurons.`).join("\n"),
      );
    });
