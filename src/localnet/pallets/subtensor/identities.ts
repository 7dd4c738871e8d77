import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { ensureSubnetOwner, need, needSubnet } from "./checks.ts";
import { subnetsOf } from "./emission.ts";
import { IdentitiesV2, OwnedHotkeys, SubnetIdentitiesV3, Uids } from "./storage.ts";

type Texts = Readonly<Record<string, Uint8Array>>;

/** Most bytes of each field of an identity. @see subtensor utils/identity.rs (spec 425) */
const COLDKEY_LIMITS: Readonly<Record<string, number>> = {
  name: 256,
  url: 256,
  github_repo: 256,
  image: 1_024,
  discord: 256,
  description: 1_024,
  additional: 1_024,
};
const SUBNET_LIMITS: Readonly<Record<string, number>> = {
  subnet_name: 256,
  github_repo: 1_024,
  subnet_contact: 1_024,
  subnet_url: 1_024,
  discord: 256,
  description: 1_024,
  logo_url: 1_024,
  additional: 1_024,
};

const checked = (args: Readonly<Record<string, unknown>>, limits: Readonly<Record<string, number>>): Texts => {
  const texts: Record<string, Uint8Array> = {};
  for (const [field, limit] of Object.entries(limits)) {
    const value = args[field];
    need(value instanceof Uint8Array && value.length <= limit, "InvalidIdentity");
    texts[field] = value;
  }
  return texts;
};

export const identityCalls: CallHandlers = {
  set_identity: (execution: Execution, origin: Origin, args: Texts) => {
    const { state } = execution;
    const coldkey = ensureSigned(origin);
    const owned = OwnedHotkeys.get(state, coldkey);
    const registered = owned.some((hotkey) =>
      [0, ...subnetsOf(state)].some((netuid) => Uids.has(state, netuid, hotkey)),
    );
    need(registered, "HotKeyNotRegisteredInNetwork");
    IdentitiesV2.set(state, [coldkey], checked(args, COLDKEY_LIMITS));
    execution.emit("SubtensorModule", "ChainIdentitySet", coldkey);
  },
  set_subnet_identity: (
    execution: Execution,
    origin: Origin,
    args: Readonly<Record<string, unknown>> & { netuid: number },
  ) => {
    const { netuid } = args;
    needSubnet(execution.state, netuid);
    ensureSubnetOwner(execution.state, origin, netuid);
    SubnetIdentitiesV3.set(execution.state, [netuid], checked(args, SUBNET_LIMITS));
    execution.emit("SubtensorModule", "SubnetIdentitySet", netuid);
  },
};
