import { type Command, Option } from "commander";
import { type MechId, type Netuid, parseMechId, toMechId } from "../../../base/ids.ts";
import type { SecondMechanism, Signer } from "../../../base/ports.ts";
import { parseDurationMs } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import { commitFileOf } from "../../commit-file.ts";
import type { Context } from "../../context.ts";
import { arenaScope } from "./scope.ts";
import { chosenScoring } from "./scoring-flags.ts";
import { openSource } from "./source-flags.ts";
import { arenaStorePath } from "./store-path.ts";
import { verifyRules } from "./verify-flags.ts";

/** Flags of `validator start` about the social arena. */
export interface ArenaFlags {
  readonly arena?: boolean;
  readonly arenaSource: "x" | "masa" | "none";
  readonly arenaUrl?: string;
  readonly arenaTokenFile?: string;
  readonly arenaFormula: string;
  readonly arenaWindow?: string;
  readonly arenaSet?: readonly string[];
  readonly arenaEvery: number;
  readonly arenaMechid: MechId;
  readonly arenaRequireAutomation?: boolean;
  readonly arenaMinAccountAge?: number;
}

const HOUR_MS = 3_600_000;
const SOCIAL = 1;
const collect = (word: string, before: readonly string[] | undefined): string[] => [...(before ?? []), word];

/** Adds the flags of the social arena to `validator start`. */
export const withArenaFlags = (command: Command): Command =>
  command
    .option("--arena", "run the social arena too, as another mechanism of the subnet")
    .addOption(
      new Option("--arena-source <name>", "where posts come from; none: only what `arena ingest` takes in")
        .choices(["x", "masa", "none"])
        .default("x"),
    )
    .option("--arena-url <url>", "its address (default: X's, or a Masa node on this machine)")
    .option("--arena-token-file <file>", "X's bearer token, one line (or X_BEARER_TOKEN, X_BEARER_TOKEN_FILE)")
    .option("--arena-formula <name>", "colosseum or masa-v1", "colosseum")
    .option("--arena-window <time>", "posts of the last 7d, 36h … or all (default: the formula's)")
    .option("--arena-set <key=value>", "change a number of the formula; repeatable", collect)
    .addOption(
      new Option("--arena-every <time>", "from one reading to the next")
        .argParser(parseDurationMs)
        .default(HOUR_MS, "1h"),
    )
    .option("--arena-mechid <mechid>", "the mechanism whose weights it sets", parseMechId, toMechId(SOCIAL))
    .option("--arena-require-automation", "accounts must say that they are automated")
    .option("--arena-min-account-age <time>", "accounts must be so old, for example 30d", parseDurationMs);

/** The social arena as flags choose it; undefined without `--arena`. Its store is closed when the command ends. */
export async function arenaMechanism(
  ctx: Context,
  client: ChainClient,
  signer: Signer,
  netuid: Netuid,
  flags: ArenaFlags,
): Promise<SecondMechanism | undefined> {
  if (flags.arena !== true) return undefined;
  const chosen = await chosenScoring({
    formula: flags.arenaFormula,
    ...(flags.arenaWindow === undefined ? {} : { window: flags.arenaWindow }),
    ...(flags.arenaSet === undefined ? {} : { set: flags.arenaSet }),
  });
  const source =
    flags.arenaSource === "none"
      ? undefined
      : await openSource(ctx, {
          source: flags.arenaSource,
          ...(flags.arenaUrl === undefined ? {} : { url: flags.arenaUrl }),
          ...(flags.arenaTokenFile === undefined ? {} : { tokenFile: flags.arenaTokenFile }),
        });
  const { ArenaStore } = await import("../../../store/arena-store.ts");
  const { arenaProcess } = await import("../../../social/process.ts");
  const { arenaChain } = await import("../../../social/chain-ports.ts");
  const store = ArenaStore.open(arenaStorePath(ctx.paths.stateDir));
  ctx.defer(() => store[Symbol.dispose]());
  const mechid = flags.arenaMechid;
  const file = await commitFileOf(ctx, client, signer.address);
  return arenaProcess(
    {
      store,
      scope: arenaScope(client, netuid),
      chain: arenaChain(client, signer, { netuid, mechid, file }),
      source,
      clock: ctx.clock,
    },
    {
      mechid,
      formula: chosen.formula,
      settings: chosen.settings,
      windowSeconds: chosen.windowSeconds,
      everyMs: flags.arenaEvery,
      verify: await verifyRules({
        ...(flags.arenaRequireAutomation === true ? { requireAutomation: true } : {}),
        ...(flags.arenaMinAccountAge === undefined ? {} : { minAccountAge: flags.arenaMinAccountAge }),
      }),
    },
  );
}
