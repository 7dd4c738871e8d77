import type { Explanation } from "./explanation.ts";
import { RARER_EXPLANATIONS } from "./rarer-explanations.ts";

/** Families of refusals; the fallback where a name has no words of its own. @see bittensor 11.3.0 error_map.py ErrorCode */
export type RefusalClass =
  | "insufficient_balance"
  | "insufficient_liquidity"
  | "rate_limited"
  | "not_registered"
  | "not_authorized"
  | "already_exists"
  | "not_found"
  | "subnet_not_exists"
  | "subtoken_disabled"
  | "disabled"
  | "too_early"
  | "expired"
  | "limit_exceeded"
  | "invalid_argument"
  | "unknown";

/** Chain errors in plain words, by the name that the chain's metadata gives them. */
export const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ...RARER_EXPLANATIONS,
  HotKeyNotRegisteredInSubNet: {
    message: "The hotkey is not registered in this subnet",
    hint: "Register it: colosseum register --netuid N",
  },
  HotKeyNotRegisteredInNetwork: {
    message: "The hotkey is not registered in any subnet",
    hint: "Register it: colosseum register --netuid N",
  },
  HotKeyAccountNotExists: {
    message: "The chain does not know this hotkey: it was never registered",
    hint: "Register it first: colosseum register --netuid N",
  },
  HotKeyAlreadyRegisteredInSubNet: {
    message: "The hotkey is already registered in this subnet",
    hint: "See its place: colosseum subnet metagraph --netuid N",
  },
  HotKeyAlreadyDelegate: { message: "The hotkey is a delegate already", hint: "Nothing is left to do." },
  NonAssociatedColdKey: {
    message: "The hotkey belongs to another coldkey",
    hint: "Choose the wallet that owns it with -w, see: colosseum wallet list",
  },
  NotEnoughBalanceToStake: {
    message: "The coldkey has not enough TAO to pay this",
    hint: "See what it has: colosseum wallet balance; a chain of your own has plenty: colosseum localnet faucet WALLET 100",
  },
  BalanceWithdrawalError: {
    message: "The chain could not take the amount from the coldkey",
    hint: "See what it has: colosseum wallet balance; a little must stay behind",
  },
  ZeroBalanceAfterWithdrawn: {
    message: "The payment would leave the coldkey empty",
    hint: "Take a little less; the chain keeps accounts above its existential deposit.",
  },
  InsufficientBalance: {
    message: "The coldkey has not enough TAO",
    hint: "See what it has: colosseum wallet balance; a chain of your own has plenty: colosseum localnet faucet WALLET 100",
  },
  ExistentialDeposit: {
    message: "The amount is too small for an account that does not exist yet",
    hint: "Send at least the existential deposit.",
  },
  Expendability: {
    message: "The payment would leave the account below the existential deposit",
    hint: "Send a little less.",
  },
  "Token.FundsUnavailable": {
    message: "The coldkey has not enough TAO",
    hint: "See what it has: colosseum wallet balance",
  },
  "Token.NotExpendable": {
    message: "The payment would leave the account below the existential deposit",
    hint: "Send a little less.",
  },
  "Token.BelowMinimum": {
    message: "The amount is too small for an account that does not exist yet",
    hint: "Send at least the existential deposit.",
  },
  NotEnoughStake: { message: "The hotkey has not enough stake for this", hint: "Add some: colosseum stake add AMOUNT" },
  NotEnoughStakeToWithdraw: {
    message: "There is less stake than should be taken out",
    hint: "See what there is: colosseum stake list",
  },
  NotEnoughStakeToSetWeights: {
    message: "The hotkey has too little stake to set weights",
    hint: "Add some: colosseum stake add AMOUNT --netuid N",
  },
  NotEnoughStakeToSetChildkeys: {
    message: "The hotkey has too little stake to set child keys",
    hint: "Add some: colosseum stake add AMOUNT --netuid N",
  },
  StakeAmountTooLow: { message: "The amount of stake is too small", hint: "Stake more: colosseum stake add AMOUNT" },
  AmountTooLow: { message: "The amount is smaller than the chain accepts", hint: "Use a larger amount." },
  ZeroMaxAmount: {
    message: "At this price limit nothing could be bought or sold",
    hint: "Allow a worse price with --price-limit, or leave it away.",
  },
  SlippageTooHigh: {
    message: "The price would move beyond the limit",
    hint: "Use a smaller amount, or allow a worse price with --price-limit.",
  },
  InsufficientLiquidity: {
    message: "The subnet's pool is too small for this amount",
    hint: "Use a smaller amount, see: colosseum subnet show --netuid N",
  },
  SubtokenDisabled: {
    message: "The subnet is not started yet, so nothing can be staked there",
    hint: "Its owner starts it with: colosseum subnet start --netuid N",
  },
  NeuronNoValidatorPermit: {
    message: "The hotkey has no validator permit, so it may not set weights for others",
    hint: "Permits go to the largest stakes at the next epoch: colosseum stake add AMOUNT --netuid N",
  },
  SettingWeightsTooFast: {
    message: "Weights were set too short a time ago",
    hint: "See when they may be set again: colosseum weights show --netuid N",
  },
  CommittingWeightsTooFast: {
    message: "Weights were committed too short a time ago",
    hint: "See when they may be set again: colosseum weights show --netuid N",
  },
  CommitRevealEnabled: {
    message: "This subnet takes weights by commit and reveal only",
    hint: "Commit them: colosseum weights commit --netuid N",
  },
  CommitRevealDisabled: {
    message: "This subnet takes plain weights only; commit and reveal is off",
    hint: "Set them: colosseum weights set --netuid N",
  },
  IncorrectWeightVersionKey: {
    message: "The weights were made for an older version of this subnet's rules",
    hint: "Update the validator; the wanted version: colosseum subnet hyperparameters --netuid N",
  },
  IncorrectCommitRevealVersion: {
    message: "The chain wants another version of timelocked commits",
    hint: "Update colosseum.",
  },
  WeightVecLengthIsLow: {
    message: "The chain wants weights for more neurons than were given",
    hint: "See MinAllowedWeights: colosseum subnet hyperparameters --netuid N",
  },
  WeightVecNotEqualSize: { message: "There are not as many weights as uids", hint: "Give one weight for each uid." },
  InputLengthsUnequal: {
    message: "The lists that were sent are not of one length",
    hint: "Give one weight for each uid.",
  },
  DuplicateUids: { message: "A uid is named twice in the weights", hint: "Name each uid once." },
  UidVecContainInvalidOne: {
    message: "The weights name a uid that this subnet does not have",
    hint: "See who is there: colosseum subnet metagraph --netuid N",
  },
  UidsLengthExceedUidsInSubNet: {
    message: "There are more weights than neurons in this subnet",
    hint: "See who is there: colosseum subnet metagraph --netuid N",
  },
  MaxWeightExceeded: {
    message: "One weight is larger than this subnet allows",
    hint: "See MaxWeightsLimit: colosseum subnet hyperparameters --netuid N",
  },
  NoWeightsCommitFound: {
    message: "There is no commit of this hotkey that these weights would reveal",
    hint: "Commit first: colosseum weights commit --netuid N",
  },
  InvalidRevealCommitHashNotMatch: {
    message: "The revealed weights are not those that were committed",
    hint: "Reveal with the same weights and salt; colosseum keeps them after: colosseum weights commit",
  },
  RevealTooEarly: {
    message: "The committed weights may not be revealed before their epoch",
    hint: "Wait for the next epoch: colosseum weights show --netuid N",
  },
  ExpiredWeightCommit: {
    message: "The commit is too old to be revealed",
    hint: "Commit again: colosseum weights commit --netuid N",
  },
  TooManyUnrevealedCommits: {
    message: "Too many commits of this hotkey wait to be revealed",
    hint: "Reveal them: colosseum weights reveal --netuid N, or wait until they expire.",
  },
  InvalidRevealRound: {
    message: "The reveal round is in the past",
    hint: "Try again: colosseum weights commit --netuid N",
  },
  TooManyRegistrationsThisBlock: {
    message: "Too many hotkeys were registered in this block",
    hint: "Try again in a minute: colosseum register --netuid N",
  },
  TooManyRegistrationsThisInterval: {
    message: "Too many hotkeys were registered lately",
    hint: "Try again later: colosseum register --netuid N",
  },
  SubNetRegistrationDisabled: {
    message: "Registration is closed in this subnet",
    hint: "Its owner may open it again: colosseum subnet show --netuid N",
  },
  RegistrationNotPermittedOnRootSubnet: {
    message: "Hotkeys are not registered on the root subnet this way",
    hint: "Choose another subnet: colosseum subnet list",
  },
  RegistrationPriceLimitExceeded: {
    message: "The price rose above the limit before the registration came through",
    hint: "Ask the price: colosseum register --netuid N --dry-run, then allow it with --max-cost TAO",
  },
  NoNeuronIdAvailable: {
    message: "The subnet is full and nobody in it may be replaced now",
    hint: "See immunities: colosseum subnet metagraph --netuid N",
  },
  SubnetNotExists: { message: "There is no such subnet", hint: "See which there are: colosseum subnet list" },
  SubNetworkDoesNotExist: { message: "There is no such subnet", hint: "See which there are: colosseum subnet list" },
  MechanismDoesNotExist: {
    message: "The subnet has no such mechanism",
    hint: "Leave --mechid away, or see: colosseum subnet show --netuid N",
  },
  SubnetLimitReached: {
    message: "No further subnet can be created now",
    hint: "See which there are: colosseum subnet list",
  },
  NetworkTxRateLimitExceeded: {
    message: "A subnet was created too short a time ago",
    hint: "Wait and try again: colosseum subnet create",
  },
  CannotAffordLockCost: {
    message: "The coldkey cannot pay what a new subnet costs",
    hint: "See what it has: colosseum wallet balance",
  },
  FirstEmissionBlockNumberAlreadySet: {
    message: "The subnet is started already",
    hint: "See it: colosseum subnet show --netuid N",
  },
  NeedWaitingMoreBlocksToStarCall: {
    message: "The subnet is too young to be started",
    hint: "Wait some blocks and try again: colosseum subnet start --netuid N",
  },
  NotSubnetOwner: {
    message: "Only the subnet's owner may do this",
    hint: "Choose the owner's wallet with -w, see: colosseum subnet show --netuid N",
  },
  BadOrigin: {
    message: "This key is not allowed to do that",
    hint: "Use the owner's (or the chain's sudo) wallet with -w",
  },
  RequireSudo: { message: "Only the chain's sudo key may do this", hint: "Use the sudo key's wallet with -w" },
  InvalidIpType: { message: "The address is neither IPv4 nor IPv6", hint: "Give an address such as 203.0.113.7:8091" },
  InvalidIpAddress: {
    message: "The chain takes no such address; loopback addresses are refused",
    hint: "Give a public address, or publish a URL instead.",
  },
  InvalidPort: { message: "The chain takes no such port", hint: "Give a port from 1 to 65535." },
  ServingRateLimitExceeded: {
    message: "The address was published too short a time ago",
    hint: "Wait some blocks and try again.",
  },
  TxRateLimitExceeded: {
    message: "Too many transactions of this kind lately",
    hint: "Wait and try again; an owner may change the same setting again only some epochs later.",
  },
  StakingRateLimitExceeded: { message: "Stake was moved too short a time ago", hint: "Wait and try again." },
  RateLimitExceeded: { message: "This was done too short a time ago", hint: "Wait some blocks and try again." },
  AccountNotAllowedCommit: {
    message: "The hotkey may not publish a commitment in this subnet",
    hint: "Register it: colosseum register --netuid N",
  },
  SpaceLimitExceeded: {
    message: "The hotkey published too many bytes in this interval",
    hint: "Wait for the next epoch, or publish less.",
  },
  TooManyFieldsInCommitmentInfo: {
    message: "The commitment has too many fields",
    hint: "Publish fewer fields at once.",
  },
  AdminActionProhibitedDuringWeightsWindow: {
    message: "The owner may change nothing in the last blocks before an epoch",
    hint: "Try again after the epoch: colosseum subnet show --netuid N",
  },
  ColdkeySwapAnnounced: {
    message: "A swap of this coldkey is announced, which blocks its other transactions",
    hint: "Carry the swap out or cancel it first.",
  },
  ColdkeySwapDisputed: {
    message: "The swap of this coldkey is disputed, which blocks its transactions",
    hint: "The chain's operators must resolve it.",
  },
  TransferDisallowed: {
    message: "This subnet does not allow stake to be transferred",
    hint: "Take the stake out instead: colosseum stake remove AMOUNT",
  },
  BadRequest: { message: "The chain did not accept the transaction", hint: "Look at the arguments and try again." },
  Payment: {
    message: "The account cannot pay the transaction's fee",
    hint: "See what it has: colosseum wallet balance",
  },
  Stale: {
    message: "The transaction was outdated when it arrived",
    hint: "Another program may use the same key; try again.",
  },
  Future: {
    message: "The transaction would be valid only after others that are missing",
    hint: "Another program may use the same key; try again.",
  },
  BadProof: {
    message: "The chain did not accept the signature",
    hint: "The chain may have been upgraded just now; try again.",
  },
  AncientBirthBlock: { message: "The transaction is too old", hint: "Try again." },
  ExhaustsResources: { message: "The block is full", hint: "Try again in the next block." },
  LowPriority: {
    message: "A transaction with the same nonce is already waiting",
    hint: "Wait until it is included, then try again.",
  },
  AlreadyImported: { message: "The chain has this transaction already", hint: "Wait until it is included." },
  Dropped: { message: "The chain's pool dropped the transaction", hint: "Try again." },
  Invalid: { message: "The transaction became invalid before it was included", hint: "Try again." },
  Usurped: {
    message: "Another transaction with the same nonce took its place",
    hint: "Look at what that one did, then try again.",
  },
};

const CLASS_WORDS: Readonly<Record<RefusalClass, Explanation>> = {
  insufficient_balance: { message: "The account has too little", hint: "See what it has: colosseum wallet balance" },
  insufficient_liquidity: { message: "The subnet's pool is too small for that", hint: "Use a smaller amount." },
  rate_limited: { message: "This was done too short a time ago", hint: "Wait some blocks and try again." },
  not_registered: { message: "The hotkey is not registered there", hint: "Register it: colosseum register --netuid N" },
  not_authorized: { message: "This key is not allowed to do that", hint: "Choose the right wallet with -w and -H." },
  already_exists: { message: "It exists already", hint: "Nothing is left to do." },
  not_found: { message: "The chain has no such thing", hint: "See what there is: colosseum subnet show --netuid N" },
  subnet_not_exists: { message: "There is no such subnet", hint: "See which there are: colosseum subnet list" },
  subtoken_disabled: { message: "The subnet is not started yet", hint: "Its owner starts it: colosseum subnet start" },
  disabled: { message: "This is switched off", hint: "See: colosseum subnet hyperparameters --netuid N" },
  too_early: { message: "It is too early for that", hint: "Wait and try again." },
  expired: { message: "It is too late for that", hint: "Begin again." },
  limit_exceeded: {
    message: "A limit of the chain is exceeded",
    hint: "See: colosseum subnet hyperparameters --netuid N",
  },
  invalid_argument: {
    message: "The chain does not accept one of the values",
    hint: "Look at the arguments and try again.",
  },
  unknown: { message: "The chain refused", hint: "Its own words are in the details; more with --json." },
};

/** Which family an unknown name most likely belongs to, by the words it is made of. */
export function refusalClass(name: string): RefusalClass {
  const rules: readonly (readonly [RegExp, RefusalClass])[] = [
    [/RateLimit|TooFast|TooManyRegistrations|TooSoon|Cooldown/i, "rate_limited"],
    [/NotEnough|Insufficient.*Balance|CannotAfford|FundsUnavailable/i, "insufficient_balance"],
    [/Liquidity|Slippage|ReservesTooLow/i, "insufficient_liquidity"],
    [/SubtokenDisabled/i, "subtoken_disabled"],
    [/NotRegistered|AccountNotExists/i, "not_registered"],
    [/Already|Duplicate/i, "already_exists"],
    [/Sub[Nn]et(work)?.*(NotExist|DoesNotExist)|MechanismDoesNotExist/i, "subnet_not_exists"],
    [/NotFound|DoesNotExist|NotExists|Missing/i, "not_found"],
    [/BadOrigin|NonAssociated|NotSubnetOwner|NoPermission|Unauthori|NotAllowed|NotProxy|Permit/i, "not_authorized"],
    [/Disabled|Enabled|Paused|Prohibited|Disallowed|Filtered/i, "disabled"],
    [/TooEarly|NeedWaiting|NotYet/i, "too_early"],
    [/Expired|Stale|TooLate/i, "expired"],
    [/Exceed|TooMany|TooHigh|LimitReached|TooLarge|NoNeuronIdAvailable|TooLow/i, "limit_exceeded"],
    [/Invalid|Incorrect|Mismatch|NotEqual|Unequal|OutOf|Zero|Bad|Failed/i, "invalid_argument"],
  ];
  return rules.find(([pattern]) => pattern.test(name))?.[1] ?? "unknown";
}

/** The words for a refusal by name; by its family where the name has none of its own. */
export function explain(name: string): Explanation & { readonly family: RefusalClass } {
  const family = refusalClass(name);
  const own = Object.hasOwn(EXPLANATIONS, name) ? EXPLANATIONS[name] : undefined;
  return { ...(own ?? CLASS_WORDS[family]), family };
}
