import type { Context } from "./context.ts";
import { parseValidatorUrl } from "./validator-url.ts";

/**
 * The validators that a miner is told to go to: by `--validator`, else by the setting. What a file says of them belongs
 * to the network and the subnet that stand beside it, so it is left aside where another one was named.
 *
 * @returns An object to spread over a command's flags; empty: whom the chain names.
 * @throws UsageError `usage.validator-url` for a setting that is no address.
 */
export function chosenValidators(
  ctx: Context,
  given: readonly string[] | undefined,
): { readonly validator?: readonly string[] } {
  if (given !== undefined) return { validator: given };
  const { validator, network, netuid } = ctx.config;
  const isKept = validator.origin === "user file" || validator.origin === "project file";
  const isElsewhere = [network, netuid].some(({ origin }) => origin === "flag" || origin === "environment");
  if (validator.value === undefined || (isKept && isElsewhere)) return {};
  const urls = validator.value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return urls.length === 0 ? {} : { validator: urls.map(parseValidatorUrl) };
}
