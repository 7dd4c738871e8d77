import { resolve } from "node:path";
import { Command, Option } from "commander";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import { type Netuid, toColdkey, toHotkey } from "../../../base/ids.ts";
import { formatTao, parseTao, showTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { PostSource } from "../../../feeds/source.ts";
import type { Verification } from "../../../social/verify.ts";
import type { Context, OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, hotkeyAddress, openColdkey, openHotkey } from "../../open-wallet.ts";
import { askChoice, askConfirmation, askText, unansweredError } from "../../prompts.ts";
import { type AgentClient, CLIENTS, layDownAgent } from "./agent-folder.ts";
import { type Announced, announce } from "./announce.ts";
import { parseHandle, parsePost } from "./handle.ts";
import { arenaScope, fetchUids } from "./scope.ts";
import { type RegistrationText, signChallenge } from "./sign-challenge.ts";
import { openSource, type SourceFlags, withSourceFlags } from "./source-flags.ts";
import { arenaStorePath } from "./store-path.ts";
import { drawVerification } from "./verify.ts";
import { type RuleFlags, verifyRules, withRuleFlags } from "./verify-flags.ts";

interface JoinFlags extends SourceFlags, RuleFlags {
  readonly handle?: string;
  readonly maxCost?: bigint;
  readonly post?: string;
  /** Announce the post without reading it. */
  readonly unchecked?: boolean;
  readonly client?: AgentClient | "none";
  readonly agentDir?: string;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum arena join --netuid 1 -w agent
  $ colosseum arena join --netuid 1 -w agent --handle @my_agent --max-cost 1 --client none
  $ colosseum arena join --netuid 1 -w agent --handle @my_agent --client none --post 1234567890123456789
`;

/** `arena join`: the whole way of a newcomer: a slot, the text, the proof, and an agent to begin with. */
export const arenaJoin = (open: OpenContext): Command =>
  withRuleFlags(withSourceFlags(new Command("join")))
    .description("Join the arena step by step: slot, X account, proof, and a small agent if you want one")
    .option("--handle <name>", "the X account, for example @my_agent", parseHandle)
    .option("--max-cost <tao>", "register the hotkey for at most this, without a question", parseTao)
    .option("--post <url|id>", "the post with the text; without a terminal a first run prints that text", parsePost)
    .option("--unchecked", "announce the post without reading it: needs no token; validators check it")
    .addOption(new Option("--client <name>", "lay down an agent that posts through it").choices(["none", ...CLIENTS]))
    .option("--agent-dir <dir>", "where (default: ./NAME-agent)")
    .option("--password-file <file>", "the wallet's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: JoinFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const hotkey = await hotkeyAddress(ctx);
      // Whether the post can be read is known before anything costs money.
      const source = await postReader(ctx, flags);
      const answers = await ask(ctx, flags);
      const client = await openChain(ctx);
      const uid = await slot(ctx, client, netuid, flags);
      const agent = await layDown(ctx, answers, flags);
      const { proof, text } = await prove(ctx, client, source, netuid, answers.handle, {
        ...flags,
        client: answers.client,
      });
      if (proof?.verification?.verified === false) ctx.exitWith(ExitCode.findings);
      const data = {
        netuid,
        hotkey,
        uid,
        handle: answers.handle,
        agentDir: agent,
        text: text ?? null,
        verification: proof?.verification ?? null,
        announced: proof?.announced ?? null,
      };
      ctx.out.result(data, () =>
        [
          ...told(proof, text, netuid, answers.handle, ctx.out.columns).map((line) => ctx.out.inScope(line)),
          ...(agent === null ? [] : [`The agent is in ${agent}; its README says how to start it.`]),
        ].join("\n"),
      );
    });

interface Answers {
  readonly handle: string;
  readonly client: AgentClient | "none";
}

/** Everything that can be answered before anything is done. */
async function ask(ctx: Context, flags: JoinFlags): Promise<Answers> {
  const handle =
    flags.handle ??
    (await askText(ctx, "Which X account competes?", parseHandle, () =>
      unansweredError("Which X account competes?", "usage.handle", "Add --handle @NAME."),
    ));
  const client =
    flags.client ??
    (await askChoice(
      ctx,
      "Lay down a small agent to begin with?",
      [
        { value: "none", name: "No, I have one" },
        { value: "x-api", name: "Yes, posting through X's API" },
        { value: "command", name: "Yes, posting through a program of mine" },
        { value: "eliza", name: "Yes, a character file for Eliza" },
      ] as const,
      () =>
        unansweredError(
          "Lay down a small agent?",
          "usage.client",
          `Add --client none, or one of ${CLIENTS.join(", ")}.`,
        ),
    ));
  return { handle, client };
}

/** The hotkey's uid, registered now if it has none. */
async function slot(ctx: Context, client: ChainClient, netuid: Netuid, flags: JoinFlags): Promise<number | null> {
  const [hotkey, coldkey] = [toHotkey(await hotkeyAddress(ctx)), toColdkey(await coldkeyAddress(ctx))];
  const { quoteRegistration, refuseRegistration, refuseTooPoor, register } = await import(
    "../../../chain/registration.ts"
  );
  const quote = await quoteRegistration(client, netuid, hotkey, coldkey);
  if (quote.registeredUid !== undefined) {
    ctx.out.status(`1. The hotkey has a slot in subnet ${netuid}: uid ${quote.registeredUid}.`);
    return quote.registeredUid;
  }
  const maxCostRao = flags.maxCost ?? quote.priceRao;
  refuseRegistration(quote, hotkey, maxCostRao);
  refuseTooPoor(quote, hotkey);
  ctx.out.status(`1. A slot in subnet ${netuid} costs ${showTao(quote.priceRao)} now.`);
  if (ctx.flags.dryRun) return null;
  if (flags.maxCost === undefined && !(await agreed(ctx, quote.priceRao))) return await declined();
  await agreeOnFinney(ctx, client, `register ${hotkey} in subnet ${netuid} for at most ${showTao(maxCostRao)}`);
  const signer = await openColdkey(ctx, flags);
  const made = await register(client, signer, { netuid, hotkey, maxCostRao });
  ctx.out.status(`   Registered as uid ${made.uid}, for ${showTao(made.costRao)}.`);
  return made.uid;
}

async function agreed(ctx: Context, priceRao: bigint): Promise<boolean> {
  if (!ctx.flags.yes && !ctx.interactive) {
    throw unansweredError(
      `Register for ${showTao(priceRao)}?`,
      "usage.max-cost",
      `Add --max-cost ${formatTao(priceRao).replace(/\.?0+$/, "")}, or --yes for any price.`,
    );
  }
  return await askConfirmation(ctx, `Register for at most ${showTao(priceRao)}?`);
}

async function declined(): Promise<never> {
  throw new ColosseumError("You said no, so nothing was sent.", { code: "chain.declined", exitCode: ExitCode.refused });
}

async function layDown(ctx: Context, { handle, client }: Answers, flags: JoinFlags): Promise<string | null> {
  if (client === "none") return null;
  const dir = resolve(ctx.io.cwd, flags.agentDir ?? `${handle}-agent`);
  if (ctx.flags.dryRun) return dir;
  await layDownAgent(dir, { handle, client });
  ctx.out.status(`2. An agent stands in ${dir}.`);
  return dir;
}

interface Proof {
  /** Undefined where the post was announced without being read. */
  readonly verification: Verification | undefined;
  readonly announced: Announced | undefined;
}

/** What reads the post; undefined where there is no token and that is agreed to, or nothing has to be read yet. */
async function postReader(ctx: Context, flags: JoinFlags): Promise<PostSource | undefined> {
  if (flags.unchecked === true || (flags.post === undefined && !ctx.interactive)) return undefined;
  try {
    return await openSource(ctx, flags);
  } catch (error) {
    const isTokenMissing = error instanceof ColosseumError && error.code === "usage.x-token";
    if (!isTokenMissing || !ctx.interactive) throw error;
    ctx.out.status("Without a token for X's API the post cannot be read here before it is announced.");
    ctx.out.status("With one: --token-file FILE");
    const goOn = await askConfirmation(ctx, "Go on without? Validators check the post all the same.");
    if (!goOn) throw error;
    return undefined;
  }
}

/** The text to post, and the proof once it is posted; without a terminal and without `--post` only the text. */
async function prove(
  ctx: Context,
  client: ChainClient,
  source: PostSource | undefined,
  netuid: Netuid,
  handle: string,
  flags: JoinFlags,
): Promise<{ proof?: Proof; text?: RegistrationText }> {
  const given = flags.post;
  const text = given === undefined ? await signed(ctx, netuid, handle, flags) : undefined;
  if (given === undefined && !ctx.interactive) return text === undefined ? {} : { text };
  if (text !== undefined) {
    ctx.io.stderr.write(
      `${stepOf(flags)}. Post this from @${handle} as it stands (${text.length} of ${text.most} characters):\n\n${text.text}\n\n`,
    );
  }
  const { ArenaStore } = await import("../../../store/arena-store.ts");
  const { accountOf, verifyPost } = await import("../../../social/verify.ts");
  const hotkey = await hotkeyAddress(ctx);
  if (source === undefined) {
    const postId = given ?? (await askPost(ctx));
    return {
      proof: { verification: undefined, announced: await announce(ctx, client, netuid, { hotkey, postId }, flags) },
    };
  }
  using store = ArenaStore.open(arenaStorePath(ctx.paths.stateDir));
  const scope = arenaScope(client, netuid);
  for (let post = given; ; post = undefined) {
    const id = post ?? (await askPost(ctx));
    const nowSeconds = Math.floor(ctx.clock.nowMs() / 1_000);
    const world = { source, store, scope, uids: await fetchUids(client, netuid), nowSeconds };
    const verification = await verifyPost(world, id, await verifyRules(flags, hotkey));
    if (!verification.verified) {
      if (given !== undefined || !ctx.interactive) return { proof: { verification, announced: undefined } };
      ctx.io.stderr.write(`${drawVerification(verification, ctx.out.columns)}\n`);
      continue;
    }
    if (ctx.flags.dryRun) return { proof: { verification, announced: undefined } };
    store.accounts.put(scope, accountOf(verification, nowSeconds));
    return { proof: { verification, announced: await announce(ctx, client, netuid, verification, flags) } };
  }
}

/** Without an agent to lay down there is one step less. */
const stepOf = ({ client }: JoinFlags): number => (client === "none" ? 2 : 3);

const askPost = (ctx: Context): Promise<string> =>
  askText(ctx, "The address of the post:", parsePost, () =>
    unansweredError("Where is the post?", "usage.post", "Add --post URL."),
  );

async function signed(ctx: Context, netuid: Netuid, handle: string, flags: JoinFlags): Promise<RegistrationText> {
  return await signChallenge(await openHotkey(ctx, flags), netuid, handle, ctx.clock.nowMs());
}

function told(
  proof: Proof | undefined,
  text: RegistrationText | undefined,
  netuid: Netuid,
  handle: string,
  width: number,
): string[] {
  if (proof !== undefined) {
    const { verification, announced } = proof;
    if (verification === undefined) {
      const where = announced === undefined ? "" : ` in block ${announced.block}`;
      return [
        `The post is announced on the chain${where}; nobody has read it yet.`,
        "Validators that run the arena look at new announcements every hour.",
        "Check it yourself once you have a token:",
        "  colosseum arena verify --post URL",
      ];
    }
    const next = verification.verified
      ? [
          "Validators find the proof on the chain. Where you stand, once posts are read:",
          "  colosseum arena ingest --source x",
          "  colosseum arena leaderboard",
        ]
      : [];
    return [drawVerification(verification, width, announced), ...next];
  }
  if (text === undefined) return [];
  return [
    text.text,
    "",
    `Post this from @${handle} as it stands, then go on with: colosseum arena join --netuid ${netuid} --handle @${handle} --client none --post URL`,
  ];
}
