/** An extrinsic that may not enter a block: it was never executed, cost nothing and changed nothing. */
export class InvalidTransaction extends Error {
  override readonly name = "InvalidTransaction";
  /** JSON-RPC code of the transaction pool. */
  readonly code: number;
  /** What a real node puts into the error's data. */
  readonly detail: string;

  constructor(code: number, message: string, detail: string) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

const invalid = (detail: string): InvalidTransaction => new InvalidTransaction(1010, "Invalid Transaction", detail);

/** The refusals of every Substrate chain, in the words of sc-rpc-api and sp_runtime. */
export const Refusal = {
  malformed: (why: string) =>
    new InvalidTransaction(
      1002,
      "Verification Error: Runtime error: Execution failed: Runtime panicked",
      `Could not decode the extrinsic: ${why}`,
    ),
  call: () => invalid("Transaction call is not expected"),
  payment: () => invalid("Inability to pay some fees (e.g. account balance too low)"),
  future: () => invalid("Transaction will be valid in the future"),
  stale: () => invalid("Transaction is outdated"),
  badProof: () => invalid("Transaction has a bad signature"),
  ancientBirthBlock: () => invalid("Transaction has an ancient birth block"),
  custom: (code: number) => invalid(`Custom error: ${code}`),
  alreadyImported: () => new InvalidTransaction(1013, "Transaction is already imported", "Already Imported"),
  tooLowPriority: () =>
    new InvalidTransaction(
      1014,
      "Priority is too low: (0 vs 0)",
      "The transaction has too low priority to replace another transaction already in the pool.",
    ),
  poolFull: () =>
    new InvalidTransaction(1016, "Immediately Dropped", "The transaction couldn't enter the pool because of the limit"),
} as const;

/**
 * Custom codes of subtensor's transaction extension.
 *
 * @see subtensor common/src/transaction_error.rs (spec 425).
 */
export const CustomRefusal = {
  stakeAmountTooLow: 1,
  subnetNotExists: 3,
  rateLimitExceeded: 6,
  hotkeyNotRegisteredInNetwork: 10,
  invalidIpAddress: 11,
  servingRateLimitExceeded: 12,
  invalidPort: 13,
  invalidRevealRound: 15,
  noWeightsCommitFound: 16,
  revealTooEarly: 17,
  inputLengthsUnequal: 18,
  hotkeyNotRegisteredInSubnet: 19,
  failedShieldedTxParsing: 23,
  invalidShieldedTxKeyHash: 24,
  badRequest: 255,
} as const;
