import { chosenValidators } from "../../chosen-validators.ts";
import type { Context } from "../../context.ts";
import { lookAtChain } from "./chain-checks.ts";
import { CHECK_IDS, type Check, checked } from "./check.ts";
import { clockCheck } from "./clock-check.ts";
import { endpointChecks } from "./endpoint-checks.ts";
import { diskCheck, nodeCheck, stateCheck, versionCheck } from "./machine-checks.ts";
import { secondProcessCheck } from "./process-check.ts";
import { coldkeyCheck, lookAtWallet, rightsCheck } from "./wallet-checks.ts";

export interface DoctorFlags {
  readonly server?: boolean;
  readonly validator?: readonly string[];
}

/** All checks, in the order of {@link CHECK_IDS}. Nothing is written, nothing asked, nothing signed. */
export async function runChecks(ctx: Context, flags: DoctorFlags): Promise<Check[]> {
  const wallet = await lookAtWallet(ctx);
  const chain = await lookAtChain(ctx, wallet.hotkey);
  const found = await Promise.all([
    wallet.check,
    checked("coldkey", () => coldkeyCheck(ctx, wallet, chain, flags.server === true)),
    checked("wallet-rights", () => rightsCheck(ctx)),
    checked("second-process", () => secondProcessCheck(wallet.hotkey)),
    chain.check,
    chain.registration,
    ...(await endpointChecks(ctx, chain, wallet.hotkey)),
    checked("clock", () => clockCheck(ctx, chain, chosenValidators(ctx, flags.validator).validator ?? [])),
    checked("state", () => stateCheck(ctx)),
    checked("disk", () => diskCheck(ctx)),
    checked("node", () => nodeCheck()),
    checked("version", () => versionCheck(chain)),
  ]);
  return CHECK_IDS.flatMap((id) => found.filter((check) => check.id === id));
}
