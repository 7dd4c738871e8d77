import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ColosseumError, ExitCode, messageOf, UsageError } from "../../../base/errors.ts";
import { type Hotkey, type MechId, parseMechId, toHotkey, toMechId } from "../../../base/ids.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context } from "../../context.ts";

/** Flags by which a user says whose weights, and how much. */
export interface ScoreFlags {
  readonly mechid: MechId;
  readonly scores?: string;
  readonly uids?: readonly number[];
  readonly weights?: readonly number[];
}

/** Adds the flags that name scores and mechanism. */
export const withScoreFlags = (command: Command): Command =>
  command
    .argument("[scores]", "JSON file: {hotkey: score}, or what `simulate --json` printed; - is stdin")
    .option("--scores <file>", "the same, as a flag")
    .option("--uids <list>", "uids separated by commas, with --weights", parseList("uids", /^\d{1,5}$/))
    .option("--weights <list>", "one weight for each uid, any scale", parseList("weights", /^\d*\.?\d+(e-?\d+)?$/i))
    .option("--mechid <mechid>", "a mechanism of the subnet", parseMechId, toMechId(0));

const parseList =
  (name: string, form: RegExp) =>
  (text: string): readonly number[] => {
    const parts = text.split(",").map((part) => part.trim());
    const wrong = parts.find((part) => !form.test(part));
    if (wrong === undefined) return parts.map(Number);
    throw new UsageError(`"${wrong}" cannot stand in --${name}.`, {
      code: `usage.${name}`,
      hint: "For example: --uids 1,2,5 --weights 0.5,0.3,0.2",
    });
  };

/** Reads the scores that the command line names. @throws UsageError, `weights.bad-scores` (12), `weights.scores-unreadable` (14). */
export async function readScores(
  ctx: Context,
  client: ChainClient,
  argument: string | undefined,
  flags: ScoreFlags,
): Promise<ReadonlyMap<Hotkey, number>> {
  const file = argument ?? flags.scores;
  const byUid = flags.uids !== undefined || flags.weights !== undefined;
  if ((file === undefined) === !byUid) {
    throw new UsageError("Which weights? Name a file of scores, or --uids and --weights.", {
      code: "usage.scores",
      hint: "For example: colosseum weights set scores.json --netuid 1, or --uids 1,2 --weights 0.7,0.3",
    });
  }
  if (file !== undefined) return parseScores(await readText(ctx, file), file);
  return await scoresByUid(ctx, client, flags.uids ?? [], flags.weights ?? []);
}

async function scoresByUid(
  ctx: Context,
  client: ChainClient,
  uids: readonly number[],
  weights: readonly number[],
): Promise<ReadonlyMap<Hotkey, number>> {
  if (uids.length !== weights.length || new Set(uids).size !== uids.length) {
    throw new UsageError(
      `--uids names ${uids.length} and --weights ${weights.length}; each uid once, and a weight for each.`,
      {
        code: "usage.scores",
        hint: "For example: --uids 1,2,5 --weights 0.5,0.3,0.2",
      },
    );
  }
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const { neurons } = await fetchMetagraph(client, ctx.netuid());
  const hotkeys = new Map<number, Hotkey>(neurons.map(({ uid, hotkey }) => [uid, hotkey]));
  return new Map(
    uids.map((uid, index) => {
      const hotkey = hotkeys.get(uid);
      if (hotkey !== undefined) return [hotkey, weights[index] ?? 0];
      throw new ColosseumError(`Subnet ${ctx.netuid()} has no uid ${uid}; it has 0 to ${neurons.length - 1}.`, {
        code: "weights.no-such-uid",
        exitCode: ExitCode.refused,
        hint: `See who is there: colosseum subnet metagraph --netuid ${ctx.netuid()}`,
        details: { uid, n: neurons.length },
      });
    }),
  );
}

async function readText(ctx: Context, file: string): Promise<string> {
  try {
    if (file !== "-") return await readFile(resolve(ctx.io.cwd, file), "utf8");
    const parts: Buffer[] = [];
    for await (const part of ctx.io.stdin) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString("utf8");
  } catch (error) {
    throw new ColosseumError(`Cannot read the scores in ${file}: ${messageOf(error)}.`, {
      code: "weights.scores-unreadable",
      exitCode: ExitCode.io,
      hint: 'Give a JSON file such as {"5F…": 0.7, "5G…": 0.3}.',
      details: { file },
      cause: error,
    });
  }
}

/**
 * Reads scores: a record hotkey → score, a list of `{hotkey, score}`, or the output of `simulate --json` with its
 * envelope or without.
 *
 * @throws ColosseumError `weights.bad-scores` (exit 12) saying what is wrong where.
 */
export function parseScores(text: string, file: string): ReadonlyMap<Hotkey, number> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw badScores(file, `it is not JSON (${messageOf(error)})`);
  }
  const entries = scoreEntries(value);
  if (entries === undefined) throw badScores(file, "it is neither {hotkey: score} nor what simulate --json prints");
  const scores = new Map<Hotkey, number>();
  for (const [hotkey, score] of entries) {
    if (typeof hotkey !== "string" || typeof score !== "number" || !Number.isFinite(score)) {
      throw badScores(file, `the score of ${String(hotkey)} is no finite number`);
    }
    if (scores.has(toHotkey(hotkey))) throw badScores(file, `${hotkey} is named twice`);
    scores.set(toHotkey(hotkey), score);
  }
  return scores;
}

function scoreEntries(value: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (Array.isArray(value)) {
    return value.map((item: { hotkey?: unknown; score?: unknown } | null) => [item?.hotkey, item?.score]);
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { data, miners, scores } = value as Record<string, unknown>;
  if (typeof data === "object" && data !== null) return scoreEntries(data);
  if (Array.isArray(miners)) return scoreEntries(miners);
  if (typeof scores === "object" && scores !== null) return scoreEntries(scores);
  return Object.entries(value);
}

const badScores = (file: string, why: string): ColosseumError =>
  new ColosseumError(`The scores in ${file} cannot be used: ${why}.`, {
    code: "weights.bad-scores",
    exitCode: ExitCode.invalid,
    hint: 'Give a JSON file such as {"5F…": 0.7, "5G…": 0.3}.',
    details: { file },
  });
