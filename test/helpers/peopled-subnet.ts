import type { Clock } from "../../src/base/clock.ts";
import type { Netuid } from "../../src/base/ids.ts";
import type { ChainClient } from "../../src/chain/client.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { type DemoWallet, makeWallets } from "../../src/demo/keys.ts";
import { fund, openSubnet, registerAll, sender, stakeOn } from "../../src/demo/subnet.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";

/** A subnet of a test's own, with everybody registered and stake on its validators. */
export interface PeopledSubnet {
  readonly netuid: Netuid;
  /** In the order of their names, as `miners` are. */
  readonly validators: readonly DemoWallet[];
  readonly miners: readonly DemoWallet[];
}

/** @param options - `wallets`: folder to make them in; `seed`: what their keys are derived from; `tempo` in blocks. */
export async function peopledSubnet(
  client: ChainClient,
  options: {
    readonly wallets: string;
    readonly seed: string;
    readonly tempo: number;
    readonly validators: readonly string[];
    readonly miners: readonly string[];
  },
): Promise<PeopledSubnet> {
  const names = ["owner", ...options.validators, ...options.miners];
  const [owner, ...others] = await makeWallets(options.wallets, names, options.seed);
  if (owner === undefined) throw new Error("wallets were asked for");
  const validators = others.slice(0, options.validators.length);
  const alice = signerFromUri("//Alice");
  const send = sender(client, () => undefined);
  await fund(client, send, alice, [owner, ...others]);
  const netuid = await openSubnet(client, send, alice, owner, options.tempo);
  await registerAll(send, netuid, others);
  for (const validator of validators) await stakeOn(send, netuid, validator);
  return { netuid, validators, miners: others.slice(validators.length) };
}

/** Resolves once an epoch gave every validator its permit, on a chain that makes blocks by itself. */
export async function permitted(
  client: ChainClient,
  clock: Clock,
  { netuid, validators }: Pick<PeopledSubnet, "netuid" | "validators">,
): Promise<void> {
  for (;;) {
    const { neurons } = await fetchMetagraph(client, netuid);
    const permits = neurons.filter(({ permit }) => permit).map(({ hotkey }) => String(hotkey));
    if (validators.every(({ hotkey }) => permits.includes(hotkey.address))) return;
    await clock.wait(100);
  }
}
