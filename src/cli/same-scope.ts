import { shellWord } from "../base/shell-word.ts";

/** Where and who, as far as the command line in hand was told by flags. */
export interface Scope {
  readonly network?: string;
  readonly wallet?: string;
  readonly hotkey?: string;
  readonly walletPath?: string;
  readonly home?: string;
  /** By flag or setting; what stands as `N` in a hint. */
  readonly netuid?: string;
  /** By flag only: the next line must be told again. */
  readonly netuidFlag?: string;
}

type Needs = "chain" | "player";

/** Which of our commands ask a chain, and which act for a hotkey as well. The others are told nothing. */
const NEEDS: Readonly<Record<string, Needs>> = {
  ...{ register: "player", vote: "player", doctor: "player", watch: "player" },
  ...{ "miner start": "player", "miner status": "player", "miner check": "player" },
  ...{ "validator start": "player", "validator status": "player", "validator export": "player" },
  ...{ "stake add": "player", "stake remove": "player", "stake list": "player" },
  ...{ "weights set": "player", "weights commit": "player", "weights reveal": "player", "weights preview": "player" },
  ...{ "arena join": "player", "arena register": "player", "arena verify": "player", "arena publish": "player" },
  ...{ "subnet create": "player", "subnet start": "player", "wallet balance": "player" },
  ...{ "weights show": "chain", "subnet list": "chain", "subnet show": "chain", "subnet metagraph": "chain" },
  ...{ "subnet hyperparameters": "chain", "localnet faucet": "chain" },
};
/** These list or make subnets and need none named. */
const NO_NETUID = ["subnet list", "subnet create", "wallet balance", "localnet faucet"];
const COMMANDS = Object.keys(NEEDS).join("|");
const VALUE = "(?:'[^\\n]*?'|[^\\s-][^\\s]*?)";
/** A line that ends its sentence, or a part of it: the command, then flags with their values and placeholders, no prose. */
const LINE = new RegExp(
  `\\bcolosseum (${COMMANDS})((?: (?:--?[a-zA-Z][\\w-]*(?:[ =]${VALUE})?|[A-Z0-9][^\\s]*?|https?:[^\\s]+?))*?)(\\.?$|(?=; ))`,
  "gm",
);

/**
 * Lets the command lines in a hint work as they are printed: network, wallet and folders that this command line was told
 * by flag are repeated, and `--netuid N` gets the subnet that is known.
 */
export function repeatScope(text: string, scope: Scope): string {
  const { netuid, wallet } = scope;
  const numbered = netuid === undefined ? text : text.replace(/--netuid N\b/g, `--netuid ${netuid}`);
  const told = numbered.replace(LINE, (_, command: string, rest: string, stop: string) => {
    const isPlayer = NEEDS[command] === "player";
    const flag = (names: readonly string[], value: string | undefined): string =>
      value === undefined || names.some((name) => `${rest} `.includes(` ${name} `))
        ? ""
        : ` ${names[0]} ${shellWord(value)}`;
    const added = [
      NO_NETUID.includes(command) ? "" : flag(["--netuid"], scope.netuidFlag),
      flag(["-n", "--network"], scope.network),
      isPlayer ? flag(["-w", "--wallet"], scope.wallet) : "",
      isPlayer ? flag(["-H", "--wallet-hotkey"], scope.hotkey) : "",
      isPlayer ? flag(["--wallet-path"], scope.walletPath) : "",
      flag(["--home"], scope.home),
    ];
    return `colosseum ${command}${rest}${added.join("")}${stop}`;
  });
  return wallet === undefined ? told : told.replace(/\bWALLET\b/g, () => shellWord(wallet));
}
