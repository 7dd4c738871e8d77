import { UsageError } from "../../../base/errors.ts";
import { type Netuid, parseNetuid } from "../../../base/ids.ts";
import type { SubnetLine } from "../../../chain/subnets.ts";
import type { WalletEntry } from "../../../wallet/folder.ts";
import type { Context } from "../../context.ts";
import { askChoice, askText, type Choice } from "../../prompts.ts";
import { chosenNames } from "../../wallet-choice.ts";
import { PLAYERS, type Player, SAVE_PLACES, type SavePlace } from "./answers.ts";

/** An answer that is missing where nobody can be asked. */
const missing = (question: string, flag: string) => (): UsageError =>
  new UsageError(`${question} There is no terminal to ask at.`, {
    code: "usage.missing-answer",
    hint: `Add ${flag}; or --yes for the standard answers.`,
  });

const plainName = (text: string): string => {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) return text;
  throw new UsageError("A name is made of letters, digits, dots, dashes and underscores.", { code: "wallet.bad-name" });
};

export function askPlayer(ctx: Context, flag: Player | undefined): Promise<Player> | Player {
  if (flag !== undefined) return flag;
  const choices: Choice<Player>[] = [
    { value: "miner", name: "A miner", description: "votes and makes pages, by a program, a model or by hand" },
    { value: "validator", name: "A validator", description: "asks the tasks, scores, sets weights" },
    { value: "agent-owner", name: "An agent's owner", description: "has an account on X whose agent competes" },
    {
      value: "designer",
      name: "A mechanism's designer",
      description: "tries rules on logs and populations; needs no chain",
    },
  ];
  return askChoice(ctx, "Who are you?", choices, missingPlayer);
}
// Without this one nothing else can be standard, so --yes does not answer it.
const missingPlayer = (): UsageError =>
  new UsageError("Who are you? There is no terminal to ask at.", {
    code: "usage.missing-answer",
    hint: `Add --as ${PLAYERS.join("|")}`,
  });

export async function askNetwork(ctx: Context): Promise<string> {
  const { value = "local", origin } = ctx.config.network;
  if (origin !== "default" || ctx.flags.yes) return value;
  const choice = await askChoice(
    ctx,
    "Which network?",
    [
      { value: "local", name: "local", description: "a chain on this machine: colosseum localnet" },
      { value: "test", name: "test", description: "Bittensor's test network" },
      { value: "finney", name: "finney", description: "the real one, with real TAO" },
      { value: "", name: "another", description: "by its address" },
    ],
    missing("Which network?", "-n local|test|finney|ws://…"),
  );
  if (choice !== "") return choice;
  const { parseNetwork } = await import("../../../chain/networks.ts");
  const read = (text: string): string => {
    parseNetwork(text);
    return text;
  };
  return askText(ctx, "Its address", read, missing("Where?", "-n ws://…"), "ws://127.0.0.1:9944");
}

/** Wallet and hotkey: as named, else one that is there, else the name of a new one. */
export async function askWallet(
  ctx: Context,
  wallets: readonly WalletEntry[],
): Promise<{ wallet: string; hotkey: string }> {
  const names = chosenNames(ctx);
  const wallet = await askWalletName(ctx, names.wallet, wallets);
  const hotkeys = wallets.find(({ name }) => name === wallet)?.hotkeys ?? [];
  const isNamed = ctx.config.hotkey.origin !== "default" || names.hotkey !== "default";
  if (isNamed || hotkeys.length < 2 || !ctx.interactive || ctx.flags.yes) {
    const [only] = hotkeys;
    const isOnly = !isNamed && hotkeys.length === 1 && only !== undefined;
    return { wallet, hotkey: isOnly ? only.name : names.hotkey };
  }
  const choices = hotkeys.map(({ name, address }) => ({ value: name, name, description: address ?? "" }));
  return { wallet, hotkey: await askChoice(ctx, "Which hotkey?", choices, missing("Which hotkey?", "-H NAME")) };
}

async function askWalletName(ctx: Context, standard: string, wallets: readonly WalletEntry[]): Promise<string> {
  if (ctx.config.wallet.origin !== "default" || ctx.flags.yes) return standard;
  const none = missing("Which wallet?", "-w NAME");
  const choices = wallets.map(({ name, coldkey }) => ({ value: name, name, description: coldkey ?? "" }));
  const name =
    choices.length === 0 && ctx.interactive
      ? ""
      : await askChoice(ctx, "Which wallet?", [...choices, { value: "", name: "a new one" }], none);
  if (name !== "") return name;
  return askText(ctx, "Name of the new wallet", plainName, none, "default");
}

/** The subnet: as named, else chosen from those of the chain, else (on a development chain) the next one. */
export async function askNetuid(ctx: Context, subnets: readonly SubnetLine[], development: boolean): Promise<Netuid> {
  const { value } = ctx.config.netuid;
  if (value !== undefined) return parseNetuid(value);
  const playable = subnets.filter(({ netuid }) => netuid !== 0);
  const next = Math.max(0, ...subnets.map(({ netuid }) => netuid)) + 1;
  const [first] = playable;
  if (ctx.flags.yes && development && playable.length < 2) return parseNetuid(String(first?.netuid ?? next));
  const choices = playable.map(({ netuid, name, n, maxUids }) => ({
    value: netuid as number,
    name: `${netuid}${name === "" ? "" : `  ${name}`}`,
    description: `${n} of ${maxUids} slots taken`,
  }));
  const fresh = development ? [{ value: next, name: `${next}  a new one`, description: "made and started now" }] : [];
  const none = (): UsageError =>
    new UsageError("Which subnet? There is no terminal to ask at.", {
      code: "usage.missing-answer",
      hint: "Add --netuid N; the subnets: colosseum subnet list",
    });
  return parseNetuid(String(await askChoice(ctx, "Which subnet?", [...choices, ...fresh], none)));
}

export async function askBrain(ctx: Context, flag: string | undefined): Promise<string> {
  const { parseBrainSpec } = await import("../../../brains/spec.ts");
  const read = (text: string): string => {
    if (parseBrainSpec(text).kind === "heuristic") {
      throw new UsageError('The brain "heuristic" cannot be a generator.', {
        code: "usage.brain-role",
        hint: "For example: --brain fixtures:0.8 --judge heuristic",
      });
    }
    return text;
  };
  if (flag !== undefined) return read(flag);
  if (ctx.flags.yes) return "fixtures:1";
  const none = missing("Who answers the tasks?", "--brain fixtures:0.8|openai:MODEL|exec:CMD|human");
  const kind = await askChoice(
    ctx,
    "Who answers the tasks?",
    [
      { value: "human", name: "I do", description: "two pages, one key: colosseum vote" },
      { value: "openai:", name: "a model", description: "any endpoint that speaks OpenAI's protocol; OPENAI_API_KEY" },
      { value: "exec:", name: "a program", description: "JSON in, JSON out" },
      { value: "fixtures:1", name: "the built-in page builder", description: "offline, for trying things out" },
    ],
    none,
  );
  if (!kind.endsWith(":")) return kind;
  const [message, standard] = kind === "openai:" ? ["Which model", "gpt-4o-mini"] : ["Which command", "./agent.sh"];
  return askText(ctx, message, (text) => read(`${kind}${text}`), none, standard);
}

/** A model costs money for each answer. */
export async function askBudget(ctx: Context, flag: string | undefined, brain: string): Promise<string | undefined> {
  const { parseBudget } = await import("../../../brains/budget.ts");
  const read = (text: string): string | undefined => {
    if (text === "") return undefined;
    parseBudget(text);
    return text;
  };
  if (flag !== undefined) return read(flag);
  if (!brain.startsWith("openai:") || ctx.flags.yes || !ctx.interactive) return undefined;
  const none = missing("How much a day?", "--budget LIMIT");
  return askText(ctx, "Most per day (50 answers, 200ktok; empty: no limit)", read, none, "200ktok");
}

export async function askSave(ctx: Context, flag: SavePlace | undefined): Promise<SavePlace> {
  if (flag !== undefined) return flag;
  if (ctx.flags.yes) return "user";
  return askChoice(
    ctx,
    "Keep network, subnet and wallet as settings?",
    [
      { value: "user", name: "yes, for me", description: ctx.paths.userConfigFile },
      { value: "project", name: "yes, in this folder", description: "colosseum.config.json" },
      { value: "none", name: "no", description: "flags each time" },
    ],
    missing("Where are the settings kept?", `--save ${SAVE_PLACES.join("|")}`),
  );
}
