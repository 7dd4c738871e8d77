import { ensure } from "../engine/dispatch-error.ts";
import { type CallHandler, type CallHandlers, type Execution, ensureRoot, type Origin } from "../engine/execution.ts";
import { authorise, needAdminSubnet, needOutsideFreeze, ownerOrRoot } from "./admin-limits.ts";
import { ADMIN_SETTINGS, type AdminSetting, itemOf } from "./admin-settings.ts";
import { specialAdminCalls } from "./admin-special.ts";
import { ROOT_NETUID } from "./subtensor/storage.ts";

type Args = Readonly<Record<string, unknown>> & { readonly netuid: number };
type Handler<A> = (execution: Execution, origin: Origin, args: A) => void;

function permission(execution: Execution, origin: Origin, setting: AdminSetting, netuid: number): () => void {
  if (setting.hyperparameter !== undefined) return authorise(execution, origin, netuid, setting.hyperparameter);
  if (setting.owner === true) ownerOrRoot(execution, origin, netuid);
  else ensureRoot(origin);
  if (setting.frozen === true) needOutsideFreeze(execution, netuid);
  return () => undefined;
}

/** A call that checks who asks and what, writes one item and says so. */
const simple = (setting: AdminSetting): CallHandler => {
  const item = itemOf(setting);
  const handler: Handler<Args> = (execution, origin, args) => {
    const { netuid } = args;
    const value = args[setting.argument];
    const done = permission(execution, origin, setting, netuid);
    if (setting.exists === true) needAdminSubnet(execution, netuid);
    if (setting.notRoot === true) ensure(netuid !== ROOT_NETUID, "AdminUtils", "NotPermittedOnRootSubnet");
    for (const { holds, error } of setting.bounds ?? []) {
      const [pallet = "", name = ""] = error.split(".");
      ensure(holds(value as never), pallet, name);
    }
    item.set(execution.state, setting.perSubnet ? [netuid] : [], value);
    if (setting.event !== undefined)
      execution.emit("SubtensorModule", setting.event, setting.perSubnet ? [netuid, value] : value);
    if (setting.named !== undefined) {
      const [event, field] = setting.named;
      execution.emit("AdminUtils", event, { netuid, [field]: value });
    }
    done();
  };
  return handler as CallHandler;
};

/** AdminUtils: hyperparameters by sudo, and by owners within their limits. */
export const adminCalls: CallHandlers = {
  ...Object.fromEntries(ADMIN_SETTINGS.map((setting) => [setting.call, simple(setting)])),
  ...specialAdminCalls,
};
