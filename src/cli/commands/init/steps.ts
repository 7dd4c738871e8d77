import type { Answers, Scene } from "./answers.ts";

/** One command line of ours, and why it has to run. */
export interface Step {
  readonly why: string;
  readonly args: readonly string[];
}

/** What creating a wallet without questions needs. */
export interface WalletFlags {
  readonly password: boolean;
  readonly passwordFile?: string;
  readonly mnemonicFile?: string;
}

/** Stake that a validator of a fresh development chain gets: enough for a permit. */
const DEVELOPMENT_STAKE_TAO = 10_000;
const SPARE_TAO = 100;

const chosen = ({ network, wallet, hotkey, netuid }: Answers): string[] => [
  ...["--netuid", String(netuid)],
  ...["-n", network],
  ...["-w", wallet],
  ...["-H", hotkey],
];

const unlock = ({ passwordFile }: WalletFlags): string[] =>
  passwordFile === undefined ? [] : ["--password-file", passwordFile];

/** The lines that make keys; they come first, because everything else needs an address. */
export function walletSteps(answers: Pick<Answers, "wallet" | "hotkey">, scene: Scene, flags: WalletFlags): Step[] {
  const { wallet, hotkey } = answers;
  const protection = [...(flags.password ? [] : ["--no-password"]), ...unlock(flags)];
  const words = flags.mnemonicFile === undefined ? [] : ["--mnemonic-file", flags.mnemonicFile];
  if (!scene.walletExists) {
    return [{ why: "a wallet", args: ["wallet", "create", wallet, "-H", hotkey, ...protection, ...words] }];
  }
  if (scene.hotkeyExists) return [];
  return [{ why: "a hotkey", args: ["wallet", "hotkey", "add", hotkey, "-w", wallet, ...words] }];
}

/** Whether a slot is wanted that the coldkey cannot pay, on a chain where money is no matter of a faucet. */
export const lacksTao = ({ maxCostTao }: Pick<Answers, "maxCostTao">, scene: Scene): boolean =>
  !scene.development && !scene.registered && maxCostTao !== undefined && scene.freeTao < scene.slotTao;

/** The lines that make a registered player out of a wallet, in order. On a development chain nothing is missing then. */
export function chainSteps(answers: Answers, scene: Scene, coldkey: string, flags: WalletFlags): Step[] {
  const { network } = answers;
  const on = [...chosen(answers), ...unlock(flags)];
  const steps: Step[] = [];
  const makesSubnet = !scene.subnetExists && scene.development;
  const stakes = answers.as === "validator" && scene.development && !scene.permit;
  // Whoever creates a subnet has its slot 0.
  const registers = !scene.registered && !makesSubnet && answers.maxCostTao !== undefined && !lacksTao(answers, scene);
  const needs =
    (makesSubnet ? scene.subnetTao : 0) + (registers ? scene.slotTao : 0) + (stakes ? DEVELOPMENT_STAKE_TAO : 0);
  if (scene.development && needs > 0 && scene.freeTao < needs + SPARE_TAO) {
    const amount = String(Math.ceil(needs + SPARE_TAO));
    steps.push({ why: "money of the development chain", args: ["localnet", "faucet", coldkey, amount, "-n", network] });
  }
  if (makesSubnet) {
    steps.push({ why: "a subnet", args: ["subnet", "create", ...on.slice(2)] });
    steps.push({ why: "its emission", args: ["subnet", "start", ...on] });
  }
  if (registers) {
    steps.push({ why: "a slot", args: ["register", ...on, "--max-cost", answers.maxCostTao ?? "0", "--yes"] });
  }
  if (stakes) {
    steps.push({ why: "stake", args: ["stake", "add", String(DEVELOPMENT_STAKE_TAO), ...on] });
    steps.push({
      why: "an epoch, which gives the permit",
      args: ["localnet", "mine", String(scene.tempo + 1), "-n", network],
    });
  }
  return steps;
}

/** The line that goes on with the same answers, once something outside is done. */
export function againLine(answers: Answers, saved: boolean): string[] {
  const isHuman = answers.as === "miner" && answers.brain === "human";
  const [verb, ...rest] = lastLine(answers, saved);
  return [
    ...["init", "--as", answers.as],
    ...(isHuman ? [...rest, "--brain", "human"] : rest.slice(verb === undefined ? 0 : 1)),
    ...["--save", answers.save],
  ];
}

/** The line that comes last: what this person does from now on. */
export function lastLine(answers: Answers, saved: boolean): string[] {
  const where = saved ? [] : chosen(answers);
  const given = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [flag, value]);
  const validators = saved ? [] : answers.validators.flatMap((url) => ["--validator", url]);
  switch (answers.as) {
    case "miner":
      if (answers.brain === "human") return ["vote", ...where, ...validators];
      return [
        ...["miner", "start", ...where, ...validators],
        ...given("--brain", answers.brain),
        ...given("--judge", answers.judge),
        ...given("--budget", answers.budget),
      ];
    case "validator":
      return [
        ...["validator", "start", ...where],
        ...given("--preset", answers.preset),
        ...given("--listen", answers.listen),
        ...given("--public-url", answers.publicUrl),
      ];
    case "agent-owner":
      return ["arena", "join", ...where, ...given("--handle", answers.handle)];
    case "designer":
      return ["simulate", "break-even", "--miners", "250", ...given("--preset", answers.preset)];
  }
}
