import { Command } from "commander";
import type { Registry } from "../../../arena/registry.ts";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import { type MechId, parseMechId, toHotkey, toMechId } from "../../../base/ids.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { sendScores } from "../weights/send-weights.ts";
import { arenaScope, fetchUids } from "./scope.ts";
import { chosenRegistry, chosenScoring, type ScoringFlags, withScoringFlags } from "./scoring-flags.ts";
import { arenaStorePath } from "./store-path.ts";

interface PublishFlags extends ScoringFlags {
  readonly mechid: MechId;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum arena publish --netuid 1 -w validator --dry-run
  $ colosseum arena publish --netuid 1 -w validator
`;
const SOCIAL = 1;

/** `arena publish`: the scores of now as this validator's weights of the social mechanism. */
export const arenaPublish = (open: OpenContext): Command =>
  withScoringFlags(new Command("publish"), "now")
    .description("Score the store's posts and set the scores as weights of the social mechanism")
    .option("--mechid <mechid>", "the mechanism; 1 is the social arena", parseMechId, toMechId(SOCIAL))
    .option("--password-file <file>", "the hotkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: PublishFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const chosen = await chosenScoring(flags);
      const client = await openChain(ctx);
      const { ArenaStore } = await import("../../../store/arena-store.ts");
      const { registryOf, scoreStore, scoresByHotkey } = await import("../../../social/scoring.ts");
      const uids = await fetchUids(client, netuid);
      using store = ArenaStore.open(arenaStorePath(ctx.paths.stateDir), { readOnly: true });
      // Slots change hands: who is in the subnet now is for the chain to say, not for the store.
      const accounts = store.accounts.all(arenaScope(client, netuid)).flatMap((account) => {
        const uid = uids.get(account.hotkey);
        return uid === undefined ? [] : [{ ...account, uid }];
      });
      const named = flags.registry === undefined ? undefined : await chosenRegistry(ctx, flags.registry, undefined);
      const registry = named === undefined ? registryOf(accounts) : withHotkeys(named, uids);
      if (registry.agents.length === 0) {
        throw new ColosseumError(`No account is proven for subnet ${netuid}, so nobody can be paid.`, {
          code: "arena.no-accounts",
          exitCode: ExitCode.refused,
          hint: "Take accounts in with: colosseum arena verify --post URL, or name them: --registry FILE",
        });
      }
      const at = chosen.at ?? Math.floor(ctx.clock.nowMs() / 1_000);
      const { formula, settings, windowSeconds } = chosen;
      const scores = scoreStore(store, { formula, settings, options: { registry, windowSeconds, at } });
      ctx.out.status(
        `${scores.scored} of ${scores.posts} posts scored by ${formula.name} for ${scores.agents.length} agents.`,
      );
      const byHotkey = new Map([...scoresByHotkey(scores)].map(([hotkey, score]) => [toHotkey(hotkey), score]));
      await sendScores(ctx, client, { netuid, mechid: flags.mechid, scores: byHotkey, wish: "auto" }, flags);
    });

/** A registry that names uids only is paid by who holds them now. */
function withHotkeys(registry: Registry, uids: ReadonlyMap<string, number>): Registry {
  const holders = new Map([...uids].map(([hotkey, uid]) => [uid, hotkey]));
  return {
    ...registry,
    agents: registry.agents.map((agent) => ({
      ...agent,
      hotkey: agent.hotkey ?? (agent.uid === null ? null : (holders.get(agent.uid) ?? null)),
    })),
  };
}
