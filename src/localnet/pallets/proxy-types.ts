import type { RuntimeCall } from "../runtime/runtime.ts";

/** Below this a transfer counts as small, rao of TAO or alpha. */
const SMALL_RAO = 500_000_000n;

/** A rule names `Pallet.call` or `Pallet.*`. */
const named =
  (rules: readonly string[]) =>
  ({ pallet, name }: RuntimeCall): boolean =>
    rules.includes(`${pallet}.${name}`) || rules.includes(`${pallet}.*`);
const subtensor = (...calls: readonly string[]): string[] => calls.map((call) => `SubtensorModule.${call}`);

const allow = named;
const deny =
  (rules: readonly string[]): ((call: RuntimeCall) => boolean) =>
  (call) =>
    !named(rules)(call);
const nothing = (): boolean => false;

const COLDKEY_SWAPS = subtensor(
  "announce_coldkey_swap",
  "swap_coldkey_announced",
  "clear_coldkey_swap_announcement",
  "dispute_coldkey_swap",
);
const STAKING = [
  "add_stake",
  "add_stake_limit",
  "remove_stake",
  "remove_stake_limit",
  "remove_stake_full_limit",
  "unstake_all",
  "unstake_all_alpha",
  "swap_stake",
  "swap_stake_limit",
  "move_stake",
];
const HOTKEY_SWAPS = subtensor("swap_hotkey", "swap_hotkey_v2");
const OLD_COLDKEY_SWAPS = subtensor("schedule_swap_coldkey", "swap_coldkey");

const isSmall = ({ pallet, name, args }: RuntimeCall): boolean => {
  if (pallet === "Balances" && (name === "transfer_keep_alive" || name === "transfer_allow_death"))
    return (args["value"] as bigint) < SMALL_RAO;
  return pallet === "SubtensorModule" && name === "transfer_stake" && (args["alpha_amount"] as bigint) < SMALL_RAO;
};

const OWNER_BUT_NOT: readonly string[] = ["AdminUtils.sudo_set_sn_owner_hotkey"];
const owns = allow(["AdminUtils.*", ...subtensor("set_subnet_identity", "update_symbol")]);

const LEASE = [
  "serving_rate_limit",
  "min_difficulty",
  "max_difficulty",
  "weights_version_key",
  "adjustment_alpha",
  "immunity_period",
  "min_allowed_weights",
  "kappa",
  "rho",
  "activity_cutoff",
  "network_registration_allowed",
  "network_pow_registration_allowed",
  "max_burn",
  "bonds_moving_average",
  "bonds_penalty",
  "commit_reveal_weights_enabled",
  "liquid_alpha_enabled",
  "alpha_values",
  "commit_reveal_weights_interval",
  "toggle_transfer",
  "subnet_emission_enabled",
  "min_childkey_take_per_subnet",
].map((setting) => `AdminUtils.sudo_set_${setting}`);

/**
 * What each kind of proxy may do.
 *
 * @see subtensor runtime/src/lib.rs, define_proxy_filters (spec 425, 14bc6f9); BasketTrading is of spec 461.
 */
const RULES: Readonly<Record<string, (call: RuntimeCall) => boolean>> = {
  Any: () => true,
  NonTransfer: deny(["Balances.*", ...subtensor("transfer_stake"), ...OLD_COLDKEY_SWAPS, ...COLDKEY_SWAPS]),
  NonFungible: deny([
    "Balances.*",
    ...subtensor(...STAKING, "transfer_stake", "burned_register", "root_register"),
    ...OLD_COLDKEY_SWAPS,
    ...COLDKEY_SWAPS,
    ...HOTKEY_SWAPS,
  ]),
  NonCritical: deny(["Sudo.*", ...subtensor("dissolve_network", "root_register", "burned_register"), ...COLDKEY_SWAPS]),
  Transfer: allow([
    "Balances.transfer_keep_alive",
    "Balances.transfer_allow_death",
    "Balances.transfer_all",
    ...subtensor("transfer_stake"),
  ]),
  SmallTransfer: isSmall,
  Owner: (call) => owns(call) && !named(OWNER_BUT_NOT)(call),
  Staking: allow(subtensor(...STAKING)),
  Registration: allow(subtensor("burned_register", "register", "register_limit")),
  ChildKeys: allow(subtensor("set_children", "set_childkey_take")),
  SwapHotkey: allow(HOTKEY_SWAPS),
  SubnetLeaseBeneficiary: allow([...subtensor("start_call"), ...LEASE]),
  RootClaim: allow(subtensor("claim_root", "claim_root_with_hotkey")),
  BasketTrading: allow(subtensor("swap_basket")),
};

/** Whether a proxy of this type may make the call; the types that may do nothing have no rule. */
export const permits = (type: string, call: RuntimeCall): boolean => (RULES[type] ?? nothing)(call);

/** Whether one type may do all that another may: only then it may add or remove such proxies. */
export function isSuperset(type: string, other: string): boolean {
  if (type === other || type === "Any") return true;
  if (other === "Any") return false;
  if (type === "NonTransfer") return other !== "Transfer" && other !== "SmallTransfer";
  return type === "Transfer" && other === "SmallTransfer";
}
