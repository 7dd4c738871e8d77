// The chain client against an embedded chain in a thread's distance: connecting, a metagraph of 256 neurons, a transfer
// until it is read back from its block, and a timelocked commit of 256 weights. Medians, milliseconds.
import { toHotkey, toNetuid } from "../src/base/ids.ts";
import { ChainClient } from "../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../src/chain/metagraph.ts";
import { parseNetwork } from "../src/chain/networks.ts";
import { submit } from "../src/chain/submit.ts";
import { createSubnet } from "../src/chain/subnets.ts";
import { timelockEncrypt, timelockPayload } from "../src/chain/timelock.ts";
import { transfer } from "../src/chain/transfer.ts";
import { fetchBeacon } from "../src/chain/weights-facts.ts";
import { systemClock } from "../src/cli/system-clock.ts";
import { startLocalnet } from "../src/localnet/server.ts";
import { signerFromUri } from "../src/wallet/keyring.ts";

const NEURONS = 256;
const AT_ONCE = 32;

const median = (values: readonly number[]): number =>
  Math.round(([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0) * 10) / 10;

async function times(runs: number, act: () => Promise<unknown> | unknown): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < runs; i++) {
    const from = performance.now();
    await act();
    taken.push(performance.now() - from);
  }
  return median(taken);
}

const localnet = await startLocalnet();
const network = parseNetwork(localnet.url);
const clock = systemClock();
const connectMs = await times(5, async () => {
  (await ChainClient.connect({ network, clock })).close();
});
const client = await ChainClient.connect({ network, clock });
const alice = signerFromUri("//Alice");
const { netuid } = await createSubnet(client, alice, signerFromUri("//Alice//hot").address);
await submitAsSudo(client, alice, setHyperparameter.maxAllowedUids(netuid, NEURONS));
for (let uid = 1; uid < NEURONS; uid += AT_ONCE) {
  const batch = Array.from({ length: Math.min(AT_ONCE, NEURONS - uid) }, (_, i) =>
    submit(
      client,
      {
        pallet: "SubtensorModule",
        name: "burned_register",
        args: { netuid, hotkey: signerFromUri(`//hot${uid + i}`).address },
      },
      alice,
    ),
  );
  await Promise.all(batch);
}
const metagraph = await fetchMetagraph(client, toNetuid(netuid));
const metagraphMs = await times(15, () => fetchMetagraph(client, toNetuid(netuid)));
const transferMs = await times(15, () => transfer(client, alice, signerFromUri("//Bob").address, 1n));
const uids = Array.from({ length: NEURONS }, (_, uid) => uid);
const payload = timelockPayload(alice.publicKey, { uids, values: uids }, 0n);
const beacon = await fetchBeacon(client);
const timelockMs =
  beacon === undefined ? null : await times(9, () => timelockEncrypt(payload, 1_000_000, beacon.publicKey));
const isThere = metagraph.neurons.some(({ hotkey }) => hotkey === toHotkey(signerFromUri("//hot255").address));
client.close();
await localnet.stop();
console.log(
  JSON.stringify({
    neurons: metagraph.n,
    complete: isThere,
    connectMs,
    metagraphMs,
    targetMetagraphMs: 300,
    transferMs,
    timelockMs,
  }),
);
