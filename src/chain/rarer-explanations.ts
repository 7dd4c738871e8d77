import type { Explanation } from "./explanation.ts";

const SUBNET = "See the subnet: colosseum subnet show --netuid N";
const SETTINGS = "See the subnet's settings: colosseum subnet hyperparameters --netuid N";
const BALANCE = "See what the coldkey has: colosseum wallet balance";
const STAKE = "See the stake there is: colosseum stake list";
const METAGRAPH = "See who is there: colosseum subnet metagraph --netuid N";
const WAIT = "Wait some blocks and try again.";
const OTHER_TOOL = "Not something colosseum sends; look at what the other program asked for.";

const of = (message: string, hint: string): Explanation => ({ message, hint });

/**
 * Refusals that miners and validators seldom meet, in plain words: takes, key swaps, child keys, leases, locks, baskets,
 * and what pallets beside SubtensorModule say. By the names of a runtime of spec 461.
 */
export const RARER_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  // The chain as a whole
  RootNetworkDoesNotExist: of("The chain has no root subnet", "Use another network: --network finney|test|ws://…"),
  NotRootSubnet: of("This works on the root subnet only", "Leave --netuid away, or use 0."),
  CallDisabled: of("The chain has switched this call off", "Use the call that replaced it; update colosseum."),
  Deprecated: of("The chain no longer takes this call", "Update colosseum."),
  DisabledTemporarily: of("The chain has switched this off for a while", "Try again later."),
  CallFiltered: of("The chain takes no such call now, as in safe mode", "Try again later."),
  Overflow: of("A number grew beyond what the chain can count", "Use smaller amounts."),
  InvalidValue: of("The chain does not accept this value", SETTINGS),
  CannotUseSystemAccount: of("This account belongs to the chain itself", "Use a hotkey of your own."),
  InvalidSpecName: of("The new runtime belongs to another chain", OTHER_TOOL),
  SpecVersionNeedsToIncrease: of("The new runtime is no newer than the one that runs", OTHER_TOOL),
  FailedToExtractRuntimeVersion: of("The new runtime does not tell its version", OTHER_TOOL),
  NonDefaultComposite: of("The account still holds something and cannot be removed", BALANCE),
  NonZeroRefCount: of("The account is still in use and cannot be removed", BALANCE),
  MultiBlockMigrationsOngoing: of("The chain is in the middle of an upgrade", WAIT),
  NothingAuthorized: of("No upgrade was authorised", OTHER_TOOL),
  Unauthorized: of("This is not the upgrade that was authorised", OTHER_TOOL),

  // Transactions that no block takes
  Call: of(
    "The chain does not take such a transaction",
    "Look at what was sent; update colosseum if the chain is newer.",
  ),
  BadMandatory: of("A call that only block authors make was sent by an account", OTHER_TOOL),
  MandatoryValidation: of("A call that only block authors make was sent by an account", OTHER_TOOL),
  BadSigner: of("The signer's address cannot sign transactions", "Choose another wallet with -w."),
  IndeterminateImplicit: of("The chain cannot work out what the signature must cover", "Update colosseum."),
  UnknownOrigin: of("The chain does not know in whose name this comes", "Sign it with a wallet: -w NAME"),
  CannotLookup: of("The chain does not know this address", "Check the address that was given."),
  NoUnsignedValidator: of("This call must be signed", "Sign it with a wallet: -w NAME"),
  TemporarilyBanned: of("The node refuses this transaction for a while, since it failed before", WAIT),
  InvalidTransaction: of("The chain did not accept the transaction", "Its own words are in the details: add --json."),

  // Registration and proof of work
  InvalidWorkBlock: of(
    "The proof of work is too old, or for another block",
    "Register by paying: colosseum register --netuid N",
  ),
  InvalidDifficulty: of("The proof of work is too weak", "Register by paying: colosseum register --netuid N"),
  InvalidSeal: of("The proof of work does not fit", "Register by paying: colosseum register --netuid N"),
  POWRegistrationDisabled: of(
    "Registering by proof of work is off",
    "Register by paying: colosseum register --netuid N",
  ),
  FaucetDisabled: of("This chain gives no TAO away", "On an embedded chain: colosseum localnet faucet ADDRESS AMOUNT"),
  TransactorAccountShouldBeHotKey: of("This must be signed by the hotkey", "Choose it with -H NAME"),
  StakeTooLowForRoot: of(
    "The stake is too small for a seat on the root subnet",
    "Add some: colosseum stake add AMOUNT",
  ),
  UidMapCouldNotBeCleared: of(
    "The subnet's list of neurons could not be renewed",
    "Try again; if it stays, tell the chain's operators.",
  ),
  TrimmingWouldExceedMaxImmunePercentage: of("Too many of the neurons that would stay are immune", METAGRAPH),

  // Subnets
  AllNetworksInImmunity: of(
    "Every subnet is still immune, so none can make room for a new one",
    "Wait: colosseum subnet list",
  ),
  NetworkDissolveAlreadyQueued: of("This subnet is being dissolved already", SUBNET),
  WaitingForDissolvedSubnetCleanup: of("A dissolved subnet is still being cleared away", WAIT),
  StartCallNotReady: of("The subnet cannot be started yet", "Try again later: colosseum subnet start --netuid N"),
  SymbolDoesNotExist: of("There is no such token symbol", "Choose one of the chain's symbols."),
  SymbolAlreadyInUse: of("Another subnet has this token symbol", "Choose another symbol."),
  InvalidIdentity: of("The identity is too long or malformed", "Shorten its fields."),
  SubnetBuybackRateLimitExceeded: of("The subnet bought back a short time ago", WAIT),
  AddStakeBurnRateLimitExceeded: of("Stake was bought and burned a short time ago", WAIT),
  SubnetDoesNotExist: of("There is no such subnet", "See which there are: colosseum subnet list"),
  NotPermittedOnRootSubnet: of(
    "This setting does not exist on the root subnet",
    "Choose another subnet: colosseum subnet list",
  ),

  // Weights and epochs
  CanNotSetRootNetworkWeights: of(
    "Weights of the root subnet are not set this way",
    "Choose another subnet with --netuid N",
  ),
  RootWeightSettingDisabled: of("Weights on the root subnet are switched off", "Choose another subnet with --netuid N"),
  RevealPeriodTooLarge: of("The reveal period is longer than the chain allows", SETTINGS),
  RevealPeriodTooSmall: of("The reveal period is shorter than the chain allows", SETTINGS),
  LiquidAlphaDisabled: of("Liquid alpha is off in this subnet", SETTINGS),
  AlphaHighTooLow: of("The upper alpha is too low", SETTINGS),
  AlphaLowOutOfRange: of("The lower alpha is out of range", SETTINGS),
  ActivityCutoffTooLow: of("The activity cutoff is lower than the chain allows", SETTINGS),
  ActivityCutoffFactorMilliOutOfBounds: of("The activity cutoff factor is out of bounds", SETTINGS),
  TempoOutOfBounds: of("The tempo is out of the chain's bounds", SETTINGS),
  EpochTriggerAlreadyPending: of(
    "An epoch was asked for already",
    "See when it comes: colosseum subnet show --netuid N",
  ),
  AutoEpochAlreadyImminent: of(
    "The next epoch comes by itself in a moment",
    "Wait for it: colosseum subnet show --netuid N",
  ),
  DynamicTempoBlockedByCommitReveal: of("With commit and reveal on, epochs cannot be moved", SETTINGS),
  TooManyUIDsPerMechanism: of("Neurons times mechanisms would be more than the chain allows", SETTINGS),
  VotingPowerTrackingNotEnabled: of("Voting power is not tracked in this subnet", SETTINGS),
  InvalidVotingPowerEmaAlpha: of("The smoothing of voting power is out of range", SETTINGS),

  // Settings
  MaxValidatorsLargerThanMaxUIds: of("There cannot be more validators than neurons", SETTINGS),
  MaxAllowedUIdsLessThanCurrentUIds: of("The subnet has more neurons than that already", METAGRAPH),
  MinAllowedUidsGreaterThanCurrentUids: of("The subnet has fewer neurons than that", METAGRAPH),
  MinAllowedUidsGreaterThanMaxAllowedUids: of("The least number of neurons is above the largest", SETTINGS),
  MaxAllowedUidsLessThanMinAllowedUids: of("The largest number of neurons is below the least", SETTINGS),
  MaxAllowedUidsGreaterThanDefaultMaxAllowedUids: of("The chain allows no subnet so many neurons", SETTINGS),
  BondsMovingAverageMaxReached: of("The moving average of bonds is above the chain's limit", SETTINGS),
  NegativeSigmoidSteepness: of("Only the chain's sudo may set a negative steepness", "Give a steepness of 0 or more."),
  ValueNotInBounds: of("The value is out of the chain's bounds", SETTINGS),
  CollateralLockShareTooHigh: of("The share of collateral is above the chain's limit", SETTINGS),
  CollateralDrainRatioOutOfBounds: of("The drain of collateral is out of bounds", SETTINGS),
  GrandpaChangeDelayMustBeZero: of("A change of authorities takes no delay here", OTHER_TOOL),

  // Takes, child keys, delegation
  DelegateTakeTooLow: of("The take is below what the chain allows, or below the present one", "Give a larger take."),
  DelegateTakeTooHigh: of("The take is above what the chain allows", "Give a smaller take."),
  DelegateTxRateLimitExceeded: of("The take was changed too short a time ago", "Wait and try again."),
  InvalidChildkeyTake: of("The child key's take is out of range", "Give one within the chain's limits."),
  TxChildkeyTakeRateLimitExceeded: of("The child key's take was changed too short a time ago", "Wait and try again."),
  InvalidChild: of("A hotkey cannot be its own child", "Name another hotkey."),
  DuplicateChild: of("A child hotkey is named twice", "Name each once."),
  ProportionOverflow: of("The children's shares are more than the whole", "Give shares that sum to one at most."),
  TooManyChildren: of("A hotkey may have five children", "Name fewer."),
  ChildParentInconsistency: of(
    "A hotkey cannot be parent and child of the same one",
    "Look at the child keys there are.",
  ),

  // Keys and their swaps
  NewHotKeyIsSameWithOld: of("The new hotkey is the old one", "Name another hotkey."),
  NewHotKeyNotCleanForRootSwap: of(
    "The new hotkey already has stake or a place on the root subnet",
    "Use a fresh hotkey.",
  ),
  NotEnoughBalanceToPaySwapHotKey: of("The coldkey cannot pay for the swap of the hotkey", BALANCE),
  NotEnoughBalanceToPaySwapColdKey: of("The coldkey cannot pay for its swap", BALANCE),
  HotKeySetTxRateLimitExceeded: of("The hotkey was set or swapped too short a time ago", "Wait and try again."),
  HotKeySwapOnSubnetIntervalNotPassed: of(
    "This hotkey was swapped in the subnet too short a time ago",
    "Wait and try again.",
  ),
  KeepStakeBlockedByCollateral: of(
    "Collateral on the old hotkey keeps its stake there",
    "Swap without keeping the stake.",
  ),
  ColdKeyAlreadyAssociated: of("The new coldkey is in use already", "Use a fresh coldkey."),
  NewColdKeyIsHotkey: of("The new coldkey is somebody's hotkey", "Use a fresh coldkey."),
  ColdkeySwapAnnouncementNotFound: of("No swap of this coldkey was announced", "Announce it first."),
  ColdkeySwapTooEarly: of("The announced swap must wait longer", "Wait and try again."),
  ColdkeySwapReannouncedTooEarly: of("A swap was announced too short a time ago", "Wait and try again."),
  ColdkeySwapClearTooEarly: of("The announcement cannot be taken back yet", "Wait and try again."),
  AnnouncedColdkeyHashDoesNotMatch: of("Another coldkey was announced", "Name the one that was announced."),
  ColdkeySwapAlreadyDisputed: of("The swap is disputed already", "The chain's operators must resolve it."),
  UnableToRecoverPublicKey: of("The signature of the EVM key cannot be read", "Sign the association again."),
  InvalidRecoveredPublicKey: of("The signature is by another EVM key", "Sign it with the key that is named."),
  EvmKeyAssociateRateLimitExceeded: of("An EVM key was associated too short a time ago", "Wait and try again."),
  EvmKeyAssociationLimitExceeded: of("The hotkey has as many EVM keys as it may", "Use another hotkey."),
  InvalidRealAccount: of(
    "The account in whose name this was sent is not the right one",
    "Look at the proxy's account.",
  ),

  // Stake, locks, collateral
  StakeUnavailable: of("The stake is locked or not there", STAKE),
  InsufficientTaoBalance: of("The account has not enough TAO", BALANCE),
  InsufficientAlphaBalance: of("There is less alpha than this takes", STAKE),
  NotEnoughAlphaOutToRecycle: of("There is less alpha than should be recycled", STAKE),
  CannotBurnOrRecycleOnRootSubnet: of(
    "The root subnet has no alpha to burn or recycle",
    "Choose another subnet with --netuid N",
  ),
  SameNetuid: of("Both subnets are the same", "Name two subnets."),
  SameAutoStakeHotkeyAlreadySet: of("This hotkey is staked on automatically already", "Nothing is left to do."),
  LockHotkeyMismatch: of("The lock is on another hotkey", STAKE),
  InsufficientStakeForLock: of("There is less stake than should be locked", STAKE),
  NoExistingLock: of("Nothing is locked there", STAKE),
  ActiveLockExists: of("A lock that holds is in the way", STAKE),
  UnlockAmountTooHigh: of("Less is locked than should be unlocked", STAKE),
  AccountRejectsLockedAlpha: of("The receiver takes no locked alpha", "Ask the receiver to allow it."),
  LockIdOverFlow: of("The account has too many locks", STAKE),
  ColdkeyCollateralIncomplete: of("The coldkey's collateral is not complete", STAKE),
  ColdkeyCollateralPositionsFull: of("The coldkey has as many collaterals as it may", STAKE),
  RootStakeLocked: of("The stake on root is locked", STAKE),
  InvalidRootClaimThreshold: of(
    "The threshold of root claims is out of range",
    "Give a value within the chain's limits.",
  ),
  RootClaimTooHeavy: of("There is too much to claim at once", "Claim for fewer subnets at once."),

  // Leases and crowdloans
  InvalidLeaseBeneficiary: of("The lease's beneficiary does not fit", "Name the account that made the crowdloan."),
  LeaseCannotEndInThePast: of("The lease would end in the past", "Give a later block."),
  LeaseNetuidNotFound: of("The leased subnet was not found", "See which there are: colosseum subnet list"),
  LeaseDoesNotExist: of("There is no such lease", SUBNET),
  LeaseHasNoEndBlock: of("The lease never ends", SUBNET),
  LeaseHasNotEnded: of("The lease is not over", "Wait for its end."),
  BeneficiaryDoesNotOwnHotkey: of("The beneficiary does not own this hotkey", "Name a hotkey of the beneficiary."),
  ExpectedBeneficiaryOrigin: of("Only the lease's beneficiary may do this", "Choose that wallet with -w"),

  // Baskets of the root subnet
  BasketHasNoWeights: of("The validator's basket is empty", "Set the basket's weights first."),
  BasketConcentrationCapExceeded: of("Too much of the basket would be in one subnet", "Spread it wider."),
  BasketDepositPending: of("A deposit to the basket is still under way", WAIT),
  BasketTradingDisabled: of("The basket does not trade", "Try again when it does."),
  BasketTradingFrozen: of("Trading of the basket is frozen for now", "Wait and try again."),
  BasketTurnoverBudgetExceeded: of("The basket traded as much as it may for now", "Wait and try again."),
  BasketSameSubnet: of("Both sides of the trade are the same subnet", "Name two subnets."),
  BasketLiquidityCapExceeded: of("The trade is too large for the subnet's pool", "Trade less."),
  BasketMinOutNotMet: of("The trade would bring less than was asked for", "Allow less, or trade less."),
  BetaBasketSeedInProgress: of("The basket is still being filled for the first time", WAIT),

  // Swaps of the pool
  FeeRateTooHigh: of("The fee rate is above the chain's limit", "Give a smaller rate."),
  InsufficientInputAmount: of("The amount is too small to be swapped", "Use a larger amount."),
  PriceLimitExceeded: of("The price is beyond the limit already", "Allow a worse price with --price-limit."),
  InvalidTickRange: of("The range of prices is empty or malformed", "Give a lower and an upper price."),
  InvalidLiquidityValue: of("The liquidity is out of range", "Use another amount."),
  ReservesTooLow: of("The subnet's pool holds too little", "Use a smaller amount."),
  ReservesOutOfBalance: of("The subnet's pool is out of balance", "Use a smaller amount, or wait."),
  SwapInputTooLarge: of("The amount is too large for the subnet's pool", "Use a smaller amount."),

  // Balances and commitments
  VestingBalance: of("The TAO is still vesting", BALANCE),
  LiquidityRestrictions: of("The TAO is locked", BALANCE),
  ExistingVestingSchedule: of("The account is vesting already", BALANCE),
  DeadAccount: of("The receiving account does not exist yet", "Send at least the existential deposit."),
  TooManyReserves: of("The account has too many reserves", BALANCE),
  TooManyHolds: of("The account has too many holds", BALANCE),
  TooManyFreezes: of("The account has too many freezes", BALANCE),
  IssuanceDeactivated: of("The issuance cannot be changed", OTHER_TOOL),
  DeltaZero: of("A change by nothing is none", OTHER_TOOL),
  UnexpectedUnreserveLeftover: of("The commitment's deposit could not be given back whole", "Try again."),
  TimelockRevealFailedNotAllowed: of("A timelocked commitment cannot be published as revealed", "Publish it plain."),

  // Batches and proxies
  TooManyCalls: of("The batch holds too many calls", "Send fewer at once."),
  InvalidDerivedAccount: of("The derived account cannot be made", OTHER_TOOL),
  TooMany: of("There are as many proxies as there may be", "Remove one first."),
  NotFound: of("There is no such proxy", "Look at the account's proxies."),
  NotProxy: of("This account is no proxy of the other", "Sign with the account itself, or with its proxy."),
  Unproxyable: of("This proxy may not make such a call", "Use a proxy of another type, or the account itself."),
  Duplicate: of("There is such a proxy already", "Nothing is left to do."),
  NoPermission: of("The proxy may not grant more than it has", "Use the account itself."),
  Unannounced: of("The call was not announced, or too short a time ago", "Announce it and wait."),
  NoSelfProxy: of("An account cannot be its own proxy", "Name another account."),
  AnnouncementDepositInvariantViolated: of("The announcement's deposit does not fit", "Try again."),
  InvalidDerivedAccountId: of("The proxy's account cannot be derived", OTHER_TOOL),

  // Beacon, MEV shield, safe mode
  NoneValue: of("The beacon has no value yet", WAIT),
  StorageOverflow: of("The beacon's counter is full", OTHER_TOOL),
  DrandConnectionFailure: of("The node does not reach the beacon", "Use another endpoint: --network ws://…"),
  UnverifiedPulse: of("The beacon's pulse was not verified", OTHER_TOOL),
  InvalidRoundNumber: of("The beacon's round does not follow the last one", OTHER_TOOL),
  PulseVerificationError: of("The beacon's pulse has a wrong signature", OTHER_TOOL),
  BadEncKeyLen: of("The block author's key has a wrong length", OTHER_TOOL),
  Unreachable: of("The shielded transaction came to a place it cannot come to", "Send it again."),
  TooManyPendingExtrinsics: of("Too many shielded transactions wait", WAIT),
  WeightExceedsAbsoluteMax: of("The shielded transaction is too heavy for a block", "Send less at once."),
  FailedShieldedTxParsing: of("The shielded transaction cannot be read", "Send it again."),
  InvalidShieldedTxPubKeyHash: of(
    "The transaction was shielded for another block author's key",
    "Send it again: the key changes with the blocks.",
  ),
  Entered: of("The chain is in safe mode", "Wait until it is over."),
  Exited: of("The chain is not in safe mode", "Nothing is left to do."),
  NotConfigured: of("Safe mode cannot be changed this way here", OTHER_TOOL),
  NoDeposit: of("There is no deposit for the safe mode", OTHER_TOOL),
  AlreadyDeposited: of("The deposit for the safe mode was made already", OTHER_TOOL),
  CannotReleaseYet: of("The deposit for the safe mode is still held", "Wait and try again."),
  CurrencyError: of("The deposit could not be moved", BALANCE),
};
