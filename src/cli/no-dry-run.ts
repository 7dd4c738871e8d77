import { UsageError } from "../base/errors.ts";

const OWN_CHAIN = "A chain of your own can go back: colosseum localnet snapshot, later: colosseum localnet revert ID";

/** Commands that change something and cannot say beforehand what; and what is there instead. */
export const INSTEAD: Readonly<Record<string, string>> = {
  "arena ingest": "colosseum arena score FILES… reads posts and keeps nothing.",
  demo: "It touches nothing but a folder of its own; --keep DIR names it.",
  localnet: OWN_CHAIN,
  "localnet dump": "It only writes the file that you name.",
  "localnet faucet": OWN_CHAIN,
  "localnet load": OWN_CHAIN,
  "localnet mine": OWN_CHAIN,
  "localnet revert": OWN_CHAIN,
  "localnet scaffold": OWN_CHAIN,
  "localnet snapshot": OWN_CHAIN,
  "localnet start": OWN_CHAIN,
  "localnet warp": OWN_CHAIN,
  "miner start": "Everything is tried before it costs money by: colosseum miner check",
  "validator backup": "It only writes the file that you name.",
  "validator restore": "It never replaces a store that is there.",
  "validator start": "Everything it depends on is looked at by: colosseum doctor",
  vote: "Everything is tried before it costs money by: colosseum miner check",
};

/** Flags by which commands that only read write a file. */
const WRITING = { csv: "--csv", output: "-o", report: "--report" } as const;

/**
 * `--dry-run` is promised to change nothing: a command that cannot keep that refuses it, instead of doing its work.
 *
 * @param path - The command's words behind `colosseum`.
 * @param given - Its flags.
 * @throws UsageError `usage.no-dry-run`.
 */
export function refuseDryRun(path: string, given: Readonly<Record<string, unknown>>): void {
  const writing = Object.entries(WRITING).find(([name]) => given[name] !== undefined)?.[1];
  if (writing !== undefined) {
    throw new UsageError(`${writing} has no dry run, and nothing was done.`, {
      code: "usage.no-dry-run",
      hint: `Without ${writing} the command only reads.`,
    });
  }
  const instead = INSTEAD[path];
  if (instead === undefined) return;
  throw new UsageError(`colosseum ${path} has no dry run, and nothing was done.`, {
    code: "usage.no-dry-run",
    hint: instead,
  });
}
