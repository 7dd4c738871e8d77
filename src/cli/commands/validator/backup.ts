import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import type { OpenContext } from "../../context.ts";
import { hotkeyAddress } from "../../open-wallet.ts";
import { openStoreToRead, validatorStateDir } from "./state-dir.ts";

const BACKUP_EXAMPLES = `Examples:
  $ colosseum validator backup arena.backup --netuid 1 -w validator
`;
const RESTORE_EXAMPLES = `Examples:
  $ colosseum validator restore arena.backup --netuid 1 -w validator
`;

/** `validator backup FILE`: a consistent copy of the store, beside a running validator too. */
export const validatorBackup = (open: OpenContext): Command =>
  new Command("backup")
    .description("Copy the store to a file, while the validator runs or not; it holds secret seeds")
    .argument("<file>", "where to write it")
    .addHelpText("before", BACKUP_EXAMPLES)
    .action(async (file: string, _: object, command: Command) => {
      await using ctx = await open(command);
      const target = resolve(ctx.io.cwd, file);
      if (existsSync(target)) {
        throw new ColosseumError(`${target} exists already.`, {
          code: "validator.backup-exists",
          exitCode: ExitCode.io,
          hint: "Choose another name, or move the old file away.",
        });
      }
      const { store, hotkey } = await openStoreToRead(ctx);
      store.db.copyTo(target);
      const intervals = store.intervals.latest()?.n ?? null;
      ctx.out.result(
        { file: target, hotkey, latestInterval: intervals },
        () => `Wrote ${target}; keep it as secret as a key.`,
      );
    });

/** `validator restore FILE`: puts a backup in place of a store that is not there. */
export const validatorRestore = (open: OpenContext): Command =>
  new Command("restore")
    .description("Put a backup in place; refuses where a store is")
    .argument("<file>", "a file made by validator backup")
    .addHelpText("before", RESTORE_EXAMPLES)
    .action(async (file: string, _: object, command: Command) => {
      await using ctx = await open(command);
      const source = resolve(ctx.io.cwd, file);
      if (!existsSync(source)) {
        throw new ColosseumError(`There is no file ${source}.`, {
          code: "store.missing",
          exitCode: ExitCode.io,
          hint: `Backups are made by: colosseum validator backup FILE`,
        });
      }
      const { LOCK_FILE, STORE_FILE } = await import("../../../validator/process.ts");
      const { lockFile } = await import("../../../store/lock.ts");
      const { ValidatorStore } = await import("../../../store/validator-store.ts");
      const dir = validatorStateDir(ctx, ctx.netuid(), await hotkeyAddress(ctx));
      const target = join(dir, STORE_FILE);
      // Opening it tells a backup from anything else, and a newer layout from ours, before anything is written.
      using checked = new ValidatorStore(source, { readOnly: true });
      const latest = checked.intervals.latest()?.n ?? null;
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      using _lock = lockFile(join(dir, LOCK_FILE), "A validator with this hotkey");
      if (existsSync(target)) {
        throw new ColosseumError(`There is a store at ${target} already.`, {
          code: "validator.restore-refused",
          exitCode: ExitCode.refused,
          hint: "Move it away first; nothing was changed.",
        });
      }
      const draft = `${target}.restoring`;
      try {
        await copyFile(source, draft);
        await rename(draft, target);
      } finally {
        await rm(draft, { force: true });
      }
      ctx.out.result(
        { store: target, latestInterval: latest },
        () => `Restored ${target}${latest === null ? "" : ` up to interval ${latest}`}.`,
      );
      ctx.out.next(`colosseum validator start --netuid ${ctx.netuid()}`);
    });
