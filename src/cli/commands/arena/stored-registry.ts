import { UsageError } from "../../../base/errors.ts";
import type { ArenaScope } from "../../../store/accounts.ts";
import type { ArenaStore } from "../../../store/arena-store.ts";
import type { Context } from "../../context.ts";

/**
 * The subnet whose accounts are meant, without asking a chain: by --netuid, else the only one there is.
 *
 * @returns `undefined` where no account is proven (for it).
 * @throws UsageError `usage.netuid` where there are several.
 */
export function scopeOf(ctx: Context, store: ArenaStore): ArenaScope | undefined {
  const wanted = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
  const scopes = store.accounts.scopes().filter(({ netuid }) => wanted === undefined || netuid === wanted);
  const [first, second] = scopes;
  if (second === undefined) return first;
  if (wanted === undefined) {
    throw new UsageError("Accounts of several subnets are in the store.", {
      code: "usage.netuid",
      hint: "Say which is meant: --netuid N",
    });
  }
  // The same subnet of several chains, such as one localnet after another: the one that was used last.
  return scopes.reduce((best, scope) => (lastUse(store, scope) > lastUse(store, best) ? scope : best));
}

const lastUse = (store: ArenaStore, scope: ArenaScope): number =>
  store.accounts.all(scope).reduce((latest, { verifiedAt }) => Math.max(latest, verifiedAt), 0);
