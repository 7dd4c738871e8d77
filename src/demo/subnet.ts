import { ColosseumError, ExitCode } from "../base/errors.ts";
import { type Netuid, toNetuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "../chain/client.ts";
import type { CallSpec } from "../chain/runtime.ts";
import { type Inclusion, submit } from "../chain/submit.ts";
import type { DemoWallet } from "./keys.ts";

/** Signs and sends one call and tells about it; everything the demo does to the chain passes here. */
export type Send = (by: string, signer: Signer, call: CallSpec) => Promise<Inclusion>;

const RAO = 1_000_000_000n;
/** Enough for the lock cost of a subnet and every price a demo can meet. */
const COLDKEY_RAO = 20_000n * RAO;
/**
 * Far above what miners can earn in a demo: miner emission is staked on the miner's own hotkey, and miners with more
 * than half of the stake would outvote the validator with empty rows.
 */
const VALIDATOR_STAKE_RAO = 10_000n * RAO;

/** @param tell - Hears of each extrinsic once it is in a block. */
export const sender =
  (client: ChainClient, tell: (by: string, call: CallSpec, inclusion: Inclusion) => void): Send =>
  async (by, signer, call) => {
    const inclusion = await submit(client, call, signer);
    tell(by, call, inclusion);
    return inclusion;
  };

const subtensor = (name: string, args: CallSpec["args"]): CallSpec => ({ pallet: "SubtensorModule", name, args });

/** Gives every coldkey money from the chain's rich account, in one extrinsic. */
export function fund(
  client: ChainClient,
  send: Send,
  alice: Signer,
  wallets: readonly DemoWallet[],
): Promise<Inclusion> {
  const calls = wallets.map(({ coldkey }) =>
    client.runtime.call({
      pallet: "Balances",
      name: "transfer_keep_alive",
      args: { dest: coldkey.address, value: COLDKEY_RAO },
    }),
  );
  return send("Alice", alice, { pallet: "Utility", name: "batch_all", args: { calls } });
}

/** Creates a subnet, lowers what would make a demo wait for hours, and starts it. */
export async function openSubnet(
  client: ChainClient,
  send: Send,
  alice: Signer,
  owner: DemoWallet,
  tempo: number,
): Promise<Netuid> {
  const created = await send("owner", owner.coldkey, subtensor("register_network", { hotkey: owner.hotkey.address }));
  const netuid = netuidIn(created);
  const sudo = (name: string, args: CallSpec["args"]): Promise<Inclusion> => {
    const call = client.runtime.call({ pallet: "AdminUtils", name, args });
    return send(`Alice (sudo ${name})`, alice, { pallet: "Sudo", name: "sudo", args: { call } });
  };
  await sudo("sudo_set_weights_set_rate_limit", { netuid, weights_set_rate_limit: 0n });
  await sudo("sudo_set_commit_reveal_weights_enabled", { netuid, enabled: false });
  // Last: with a short tempo every block is shortly before an epoch, when rules may not change.
  await sudo("sudo_set_tempo", { netuid, tempo });
  await send("owner", owner.coldkey, subtensor("start_call", { netuid }));
  return netuid;
}

/** Every wallet pays the price of the moment for a slot of its hotkey; one after the other, since each raises it. */
export async function registerAll(send: Send, netuid: Netuid, wallets: readonly DemoWallet[]): Promise<void> {
  for (const { name, coldkey, hotkey } of wallets) {
    await send(name, coldkey, subtensor("burned_register", { netuid, hotkey: hotkey.address }));
  }
}

/** Stakes on the validator, which earns it its permit at the next epoch. */
export const stakeOn = (send: Send, netuid: Netuid, validator: DemoWallet): Promise<Inclusion> =>
  send(
    validator.name,
    validator.coldkey,
    subtensor("add_stake", { hotkey: validator.hotkey.address, netuid, amount_staked: VALIDATOR_STAKE_RAO }),
  );

function netuidIn(created: Inclusion): Netuid {
  const added = created.events.find(({ pallet, name }) => pallet === "SubtensorModule" && name === "NetworkAdded");
  const netuid = Number(added?.fields[0]);
  if (!Number.isInteger(netuid)) {
    throw new ColosseumError("The chain created a subnet without saying which.", {
      code: "demo.no-netuid",
      exitCode: ExitCode.network,
    });
  }
  return toNetuid(netuid);
}
