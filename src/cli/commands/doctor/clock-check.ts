import { ColosseumError } from "../../../base/errors.ts";
import { showDuration } from "../../../base/units.ts";
import type { Context } from "../../context.ts";
import type { ChainFacts, ChainTime } from "./chain-checks.ts";
import { type Finding, fail, ok, skip, warn } from "./check.ts";
import { askInfo } from "./validator-info.ts";

/** Signed requests carry a time; a validator refuses one that is further off than seconds. */
const SKEW_WARN_MS = 2_000;
const SKEW_FAIL_MS = 8_000;
/** Block authors may be this far ahead of real time. */
const CHAIN_AHEAD_MS = 5_000;
/** A block this much older than usual: the node lags, or our clock is ahead. */
const CHAIN_BEHIND_MS = 60_000;

const hint = "Let the system set the clock (NTP): timedatectl set-ntp true";

/** What a comparison with another clock says. @param skewMs - Theirs minus ours. @param whose - "The validator at …". */
export function skewFinding(skewMs: number, whose: string): Finding {
  const off = Math.abs(skewMs);
  const message = `${whose} is ${showDuration(off)} ${skewMs > 0 ? "ahead of" : "behind"} this machine's clock.`;
  if (off > SKEW_FAIL_MS) return fail(message, hint);
  if (off > SKEW_WARN_MS) return warn(message, hint);
  return ok(`${whose} agrees with this machine's clock to ${showDuration(Math.max(1, Math.round(off)))}.`);
}

/**
 * What the newest block's time says about our clock: blocks are never much ahead of real time, and seldom much behind.
 * undefined where it says nothing.
 */
export function chainSkew({ blockMs, readMs, blockTimeMs }: ChainTime): Finding | undefined {
  const aheadMs = blockMs - readMs;
  if (aheadMs > CHAIN_AHEAD_MS) return skewFinding(aheadMs, "The chain");
  if (-aheadMs > blockTimeMs + CHAIN_BEHIND_MS) {
    return warn(
      `The newest block is ${showDuration(-aheadMs)} old: the node is behind, or this machine's clock is ahead.`,
      hint,
    );
  }
  return ok("The newest block's time fits this machine's clock.");
}

/** Compares this machine's clock with validators, else with the chain. */
export async function clockCheck(ctx: Context, chain: ChainFacts, validators: readonly string[]): Promise<Finding> {
  const known =
    chain.metagraph?.neurons.flatMap(({ permit, endpoint }) => (permit && endpoint ? [endpoint] : [])) ?? [];
  for (const url of validators.length > 0 ? validators : known.slice(0, 3)) {
    try {
      const { skewMs } = await askInfo(ctx, url);
      return skewFinding(skewMs, `The clock of the validator at ${url}`);
    } catch (error) {
      if (!(error instanceof ColosseumError) || validators.length > 0) throw error;
    }
  }
  if (chain.time === undefined)
    return skip("There is no other clock to compare with: no validator, no chain in real time.");
  return chainSkew(chain.time) ?? skip("The chain says nothing about this machine's clock.");
}
