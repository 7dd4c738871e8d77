import { UsageError } from "../../../base/errors.ts";
import type { Netuid } from "../../../base/ids.ts";
import { formatTao, parseTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Context } from "../../context.ts";
import { askConfirmation } from "../../prompts.ts";
import type { Answers, Player, SavePlace, Scene } from "./answers.ts";
import { askBrain, askBudget, askSave } from "./questions.ts";
import type { WalletFlags } from "./steps.ts";

export interface InitFlags extends WalletFlags {
  readonly as?: Player;
  readonly brain?: string;
  readonly judge?: string;
  readonly budget?: string;
  readonly validator?: readonly string[];
  readonly preset?: string;
  readonly listen?: string;
  readonly publicUrl?: string;
  readonly handle?: string;
  readonly maxCost?: string;
  readonly register: boolean;
  readonly save?: SavePlace;
  /** true, false, or absent: ask. */
  readonly start?: boolean;
}

type Chosen = Pick<Answers, "as" | "network" | "wallet" | "hotkey" | "netuid">;

/** What is asked once it is clear who plays where. */
export async function restOf(
  ctx: Context,
  client: ChainClient,
  chosen: Chosen,
  scene: Scene,
  flags: InitFlags,
): Promise<Answers> {
  const mines = chosen.as === "miner";
  const brain = mines ? await askBrain(ctx, flags.brain) : undefined;
  const budget = brain === undefined ? undefined : await askBudget(ctx, flags.budget, brain);
  const maxCostTao = await agreedCost(ctx, chosen, scene, flags);
  const validators = mines ? await askValidators(ctx, client, chosen.netuid, scene, flags.validator) : [];
  const handle = chosen.as === "agent-owner" ? await askHandle(ctx, flags.handle) : undefined;
  const { publicUrl, listen } =
    chosen.as === "validator"
      ? await askPublicUrl(ctx, scene, flags)
      : { publicUrl: flags.publicUrl, listen: flags.listen };
  const save = await askSave(ctx, flags.save);
  const starts = chosen.as === "miner" || chosen.as === "validator";
  const start =
    starts &&
    (flags.start ??
      (ctx.interactive &&
        !ctx.flags.dryRun &&
        (await askConfirmation(ctx, `Start the ${chosen.as} at the end?`, true))));
  const { judge, preset } = flags;
  return { ...chosen, maxCostTao, brain, judge, budget, validators, preset, listen, publicUrl, handle, save, start };
}

/** How much a slot may cost, asked with the price and the network's name; undefined: none is wanted, or none needed. */
async function agreedCost(
  ctx: Context,
  { network }: Chosen,
  scene: Scene,
  flags: InitFlags,
): Promise<string | undefined> {
  if (scene.registered || !scene.subnetExists || !flags.register) return undefined;
  if (flags.maxCost !== undefined) return formatTao(parseTao(flags.maxCost));
  // The price falls between registrations and rises at one: the price now is what was agreed to.
  const price = scene.slotTao.toFixed(9);
  if (scene.development || ctx.flags.yes) return price;
  if (!ctx.interactive) {
    throw new UsageError(`A slot costs ${price} τ on ${network}. There is no terminal to ask at.`, {
      code: "usage.missing-answer",
      hint: "Add --max-cost TAO, or --no-register.",
    });
  }
  return (await askConfirmation(ctx, `Register on ${network} for at most ${price} τ?`)) ? price : undefined;
}

/** Validators that publish where they are need no question; one on this machine cannot. */
async function askValidators(
  ctx: Context,
  client: ChainClient,
  netuid: Netuid,
  scene: Scene,
  given: readonly string[] | undefined,
): Promise<readonly string[]> {
  if (given !== undefined) return given;
  if (scene.subnetExists) {
    const { chainDirectory } = await import("../miner/find-validators.ts");
    const found = await chainDirectory(client, netuid, { allow: [], block: [], own: [] }).find();
    if (found.length > 0) return [];
  }
  const standard = scene.development ? "http://127.0.0.1:8091" : undefined;
  if (!ctx.interactive || ctx.flags.yes) return standard === undefined ? [] : [standard];
  const { collectUrl } = await import("../miner/flags.ts");
  const { askText } = await import("../../prompts.ts");
  return askText(
    ctx,
    `No validator has published where it is. Its URL (${standard === undefined ? "empty" : "none"}: look again later)`,
    (text) => (text === "" || text === "none" ? [] : collectUrl(text, undefined)),
    () => new UsageError("Where is the validator?", { code: "usage.missing-answer", hint: "Add --validator URL" }),
    standard,
  );
}

/** Miners elsewhere must reach a validator; on a development chain they are on this machine. */
async function askPublicUrl(
  ctx: Context,
  scene: Scene,
  { publicUrl, listen }: InitFlags,
): Promise<Pick<Answers, "publicUrl" | "listen">> {
  if (listen !== undefined || scene.development) return { publicUrl, listen };
  const { parsePublicUrl } = await import("../validator/flags.ts");
  const { askText } = await import("../../prompts.ts");
  const url =
    publicUrl !== undefined || !ctx.interactive || ctx.flags.yes
      ? publicUrl
      : await askText(
          ctx,
          "URL by which miners reach you (empty: not yet)",
          (text) => (text === "" ? undefined : parsePublicUrl(text)),
          () =>
            new UsageError("How do miners reach you?", { code: "usage.missing-answer", hint: "Add --public-url URL" }),
          "",
        );
  if (url === undefined) return { publicUrl: undefined, listen: undefined };
  const { protocol, port } = new URL(url);
  // A proxy comes to this machine from within; without one the port itself has to be open.
  return { publicUrl: url, listen: protocol === "https:" ? undefined : `0.0.0.0:${port === "" ? "80" : port}` };
}

async function askHandle(ctx: Context, given: string | undefined): Promise<string> {
  const { parseHandle } = await import("../arena/handle.ts");
  const read = (text: string): string => `@${parseHandle(text)}`;
  if (given !== undefined) return read(given);
  const { askText } = await import("../../prompts.ts");
  return askText(
    ctx,
    "The agent's account on X",
    read,
    () =>
      new UsageError("Which account on X? There is no terminal to ask at.", {
        code: "usage.missing-answer",
        hint: "Add --handle @NAME",
      }),
  );
}
