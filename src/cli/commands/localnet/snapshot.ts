import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { parseSnapshotId } from "./block-time.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";
import type { LocalnetStatus } from "./status-data.ts";

export const localnetSnapshot = (open: OpenContext): Command =>
  new Command("snapshot")
    .description("Remember the chain as it is now, in its memory")
    .addOption(portOption())
    .addHelpText("before", "Examples:\n  $ colosseum localnet snapshot\n  $ colosseum localnet revert 1\n")
    .action(async (options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client } = await reach(ctx, options);
      const id = (await client.call("dev_snapshot")) as number;
      const { snapshots } = (await client.call("dev_status")) as LocalnetStatus;
      const block = snapshots.find((snapshot) => snapshot.id === id)?.block ?? null;
      ctx.out.result(
        { id, block },
        () => `Snapshot ${id} of block ${block}. Go back with: colosseum localnet revert ${id}`,
      );
    });

export const localnetRevert = (open: OpenContext): Command =>
  new Command("revert")
    .description("Go back to a snapshot: later blocks, waiting extrinsics and later snapshots are gone")
    .argument("<id>", "as snapshot printed it", parseSnapshotId)
    .addOption(portOption())
    .addHelpText("before", "Examples:\n  $ colosseum localnet revert 1\n")
    .action(async (id: number, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client } = await reach(ctx, options);
      await client.call("dev_revert", [id]);
      const { block, hash } = (await client.call("dev_status")) as LocalnetStatus;
      ctx.out.result({ id, block, hash }, () => `Back at block ${block}, snapshot ${id}.`);
    });
