import { ColosseumError, ExitCode } from "../base/errors.ts";
import { ChainRpcError } from "./errors.ts";
import type { DispatchFailure } from "./events.ts";
import { explain } from "./explanations.ts";

/** The chain said no: to a transaction in its pool, or to the call when it ran. */
export class ChainRefusedError extends ColosseumError {
  /** The chain's own name of the error. */
  readonly chainError: string;

  /** @param options - `words`: what to say instead of what the error means in general; `cause`: where it came from. */
  constructor(
    failure: DispatchFailure,
    details: Readonly<Record<string, unknown>>,
    options: { readonly words?: string | undefined; readonly cause?: unknown } = {},
  ) {
    const { message, hint, family } = explain(failure.name);
    super(`${options.words ?? message} (${failure.name}).`, {
      code: `chain.${kebab(failure.name)}`,
      exitCode: ExitCode.refused,
      hint: withNetuid(hint, details["netuid"]),
      details: {
        chainError: failure.name,
        pallet: failure.pallet ?? null,
        family,
        chainSays: failure.docs === "" ? null : failure.docs,
        ...details,
      },
      cause: options.cause,
    });
    this.chainError = failure.name;
  }
}

const withNetuid = (hint: string, netuid: unknown): string =>
  typeof netuid === "number" ? hint.replace("--netuid N", `--netuid ${netuid}`) : hint;

/** `HotKeyNotRegisteredInSubNet` → `hot-key-not-registered-in-sub-net`, `Token.FundsUnavailable` → `token-funds-unavailable`. */
export const kebab = (name: string): string =>
  name
    .replace(/[._\s]+/g, "-")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

/**
 * Pool rejections by number. @see bittensor 11.3.0 error_map.py CUSTOM_TRANSACTION_ERRORS and subtensor
 * common/src/transaction_error.rs
 */
const CUSTOM: Readonly<Record<number, string>> = {
  0: "ColdkeySwapAnnounced",
  1: "StakeAmountTooLow",
  2: "NotEnoughBalanceToStake",
  3: "SubnetNotExists",
  4: "HotKeyAccountNotExists",
  5: "NotEnoughStakeToWithdraw",
  6: "RateLimitExceeded",
  7: "InsufficientLiquidity",
  8: "SlippageTooHigh",
  9: "TransferDisallowed",
  10: "HotKeyNotRegisteredInNetwork",
  11: "InvalidIpAddress",
  12: "ServingRateLimitExceeded",
  13: "InvalidPort",
  14: "ZeroMaxAmount",
  15: "InvalidRevealRound",
  16: "NoWeightsCommitFound",
  17: "RevealTooEarly",
  18: "InputLengthsUnequal",
  19: "HotKeyNotRegisteredInSubNet",
  20: "EvmKeyAssociateRateLimitExceeded",
  21: "ColdkeySwapDisputed",
  22: "InvalidRealAccount",
  23: "FailedShieldedTxParsing",
  24: "InvalidShieldedTxPubKeyHash",
  25: "NonAssociatedColdKey",
  26: "DelegateTakeTooLow",
  27: "DelegateTakeTooHigh",
  255: "BadRequest",
};

/** Calls for which custom 1 means the other of its two meanings. */
const IS_WEIGHTS_CALL = /weights$/;

/** What nodes say in words. @see bittensor 11.3.0 error_map.py INVALID_TRANSACTION_ERRORS */
const NEEDLES: readonly (readonly [RegExp, string])[] = [
  [/inability to pay some fees/i, "Payment"],
  [/transaction is outdated/i, "Stale"],
  [/will be valid in the future/i, "Future"],
  [/has a bad signature/i, "BadProof"],
  [/priority is too low/i, "LowPriority"],
  [/already imported/i, "AlreadyImported"],
  [/ancient birth block/i, "AncientBirthBlock"],
  [/exhausts? (the )?(block|resources)/i, "ExhaustsResources"],
  [/temporarily banned/i, "TemporarilyBanned"],
];

/**
 * A runtime's own verdict as JSON: `{"invalid":{"payment":null}}`, `{"Invalid":"Stale"}`, `{"unknown":{"cannotLookup":null}}`.
 * Nodes that hand it on as it is, and simulators of them, spell it so.
 *
 * @see sp_runtime::transaction_validity, InvalidTransaction and UnknownTransaction
 */
const VERDICT = /"(?:invalid|unknown)"\s*:\s*(?:\{\s*)?"(\w+)"/i;

/** Both enums' variants, by their names in lower case; those that stand for a number of the runtime's own are not here. */
const VERDICTS: ReadonlyMap<string, string> = new Map(
  [
    "Call",
    "Payment",
    "Future",
    "Stale",
    "BadProof",
    "AncientBirthBlock",
    "ExhaustsResources",
    "BadMandatory",
    "MandatoryValidation",
    "BadSigner",
    "IndeterminateImplicit",
    "UnknownOrigin",
    "CannotLookup",
    "NoUnsignedValidator",
  ].map((name) => [name.toLowerCase(), name]),
);

/**
 * Names a pool rejection from a JSON-RPC error: both spellings of `custom N` (`Custom error: 11` and
 * `{"invalid":{"custom":11}}`), then the runtime's verdict as JSON, then the words that nodes use; undefined where it is
 * none of these.
 *
 * @param call - `Pallet.call`, since one number has two meanings.
 */
export function poolRefusal(error: { message: string; data?: unknown }, call: string): string | undefined {
  const data = typeof error.data === "string" ? error.data : JSON.stringify(error.data ?? "");
  const said = `${error.message} ${data}`;
  const custom = /custom(?:\s+error)?["\s]*[:(]\s*(\d{1,3})/i.exec(said)?.[1];
  if (custom !== undefined) {
    const number = Number(custom);
    if (number === 1 && IS_WEIGHTS_CALL.test(call)) return "NotEnoughStakeToSetWeights";
    return CUSTOM[number] ?? `Custom${number}`;
  }
  const verdict = VERDICTS.get(VERDICT.exec(said)?.[1]?.toLowerCase() ?? "");
  return verdict ?? NEEDLES.find(([needle]) => needle.test(said))?.[1];
}

/** A JSON-RPC error of submitting, as a refusal where it is one, else as it came. */
export function translatePoolError(error: unknown, call: string, details: Readonly<Record<string, unknown>>): unknown {
  if (!(error instanceof ChainRpcError)) return error;
  const name = poolRefusal({ message: error.rpcMessage, data: error.rpcData }, call);
  // 1010 and 1011 are "invalid transaction" and "unknown validity": refused for sure, even where nobody knows the reason.
  if (name === undefined && error.rpcCode !== 1010 && error.rpcCode !== 1011) return error;
  const docs = typeof error.rpcData === "string" ? error.rpcData : error.rpcMessage;
  return new ChainRefusedError(
    { name: name ?? "InvalidTransaction", pallet: undefined, docs },
    { call, ...details },
    { cause: error },
  );
}
