// btcli 11.3 and 9.23 against an embedded chain, each step's output checked; skipped with a word without them.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { submit } from "../../src/chain/submit.ts";
import { createSubnet, startSubnet } from "../../src/chain/subnets.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { commitHash } from "../../src/localnet/pallets/subtensor/hash-commits.ts";
import { toHex } from "../../src/localnet/scale/bytes.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { temporaryHome } from "../unit/wallet/temporary-wallets.ts";
import { findBtcli, jsonOf, runClient } from "./btcli.ts";
import { BITTENSOR_11, BTCLI_9 } from "./peers.ts";

const NETUID = toNetuid(1);
const alice = signerFromUri("//Alice");
const aliceHot = signerFromUri("//Alice//hot");
const bob = signerFromUri("//Bob");
let localnet: Localnet;
let client: ChainClient;
let own: ReturnType<typeof temporaryHome>;

beforeAll(async () => {
  localnet = await startLocalnet({ blockTime: 250 });
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  own = temporaryHome();
  for (const [name, uri] of [
    ["Alice", "//Alice"],
    ["Bob", "//Bob"],
  ] as const) {
    expect((await own.cli(["wallet", "import", name, "--uri", uri, "--no-password"])).code).toBe(0);
    const hot = ["wallet", "hotkey", "import", "default", "-w", name, "--uri", `${uri}//hot`];
    expect((await own.cli(hot)).code).toBe(0);
    expect((await own.cli([...hot.slice(0, 3), "second", ...hot.slice(4, 7), `${uri}//second`])).code).toBe(0);
  }
  await createSubnet(client, alice, aliceHot.address);
  await startSubnet(client, alice, NETUID);
  // At a block every 250 ms an epoch, and the time before it when rules may not change, comes while the clients work.
  const open = { pallet: "AdminUtils", name: "sudo_set_admin_freeze_window", args: { window: 0 } };
  await submitAsSudo(client, alice, open);
  await submitAsSudo(client, alice, setHyperparameter.weightsSetRateLimit(NETUID, 0));
  await submitAsSudo(client, alice, setHyperparameter.commitRevealWeightsEnabled(NETUID, false));
});
afterAll(async () => {
  own[Symbol.dispose]();
  client.close();
  await localnet.stop();
});

const hotkeys = async (): Promise<readonly string[]> =>
  (await fetchMetagraph(client, NETUID)).neurons.map(({ hotkey }) => hotkey);
const freeTao = async (address: string): Promise<number> => Number((await client.balance(address)).freeRao) / 1e9;
const stakeOf = async (hotkey: string): Promise<bigint> =>
  (await fetchMetagraph(client, NETUID)).neurons.find((neuron) => neuron.hotkey === hotkey)?.stakeRao ?? 0n;

const eleven = findBtcli(BITTENSOR_11, /11\.3\./);
describe.skipIf(eleven.missing !== undefined)(`btcli 11.3 (${eleven.missing ?? "is here"})`, () => {
  const run = async (...args: string[]) =>
    jsonOf(await runClient(eleven.path, ["-n", localnet.url, "--json", "-y", ...args], own.home));
  const bobHot = signerFromUri("//Bob//hot").address;

  it("lists the wallets that we made", async () => {
    expect(await run("wallet", "list")).toMatchObject({
      coldkeys: [
        { coldkey: "Alice", ss58: alice.address },
        { coldkey: "Bob", ss58: bob.address },
      ],
    });
  });

  it("makes a wallet, and a subnet with it", async () => {
    const made = (await run("-w", "eleven", "wallet", "create", "--no-password")) as Record<string, unknown>;
    expect(JSON.stringify(made)).toContain("eleven");
    const { coldkeys } = (await run("wallet", "list")) as { coldkeys: { coldkey: string; ss58: string }[] };
    const address = coldkeys.find(({ coldkey }) => coldkey === "eleven")?.ss58 ?? "";
    await client.ask("dev_faucet", [address, "9000000000000"]);
    const { data } = (await run("-w", "eleven", "subnets", "create")) as { data: { netuid: number } };
    expect(await client.storage("SubtensorModule", "SubnetOwner", [data.netuid])).toBe(address);
  });

  it("reads balance, subnets, metagraph and hyperparameters", async () => {
    expect(await run("wallet", "balance", "-w", "Bob")).toMatchObject({
      coldkey: bob.address,
      free_tao: await freeTao(bob.address),
    });
    expect(await run("subnets", "list")).toEqual(
      expect.arrayContaining([expect.objectContaining({ netuid: 1, tempo: 360, neurons: 1 })]),
    );
    const metagraph = await run("subnets", "metagraph", "1");
    expect(metagraph).toMatchObject({ netuid: 1, owner_coldkey: alice.address, owner_hotkey: aliceHot.address });
    expect(await run("subnets", "hyperparameters", "1")).toMatchObject({ tempo: 360, weights_rate_limit: 0 });
  });

  it("transfers", async () => {
    const before = await freeTao(alice.address);
    const args = ["--dest", alice.address, "--amount", "5"];
    expect(await run("-w", "Bob", "wallet", "transfer", ...args)).toMatchObject({ success: true });
    expect((await freeTao(alice.address)) - before).toBeCloseTo(5, 6);
  });

  it("registers, shielded as it insists", async () => {
    const made = await run("-w", "Bob", "subnets", "register", "--netuid", "1");
    expect(made).toMatchObject({ success: true, data: { shielded: true } });
    expect(await hotkeys()).toContain(bobHot);
  });

  it("adds stake, shielded", async () => {
    const args = ["--netuid", "1", "--amount", "10", "--rate-tolerance", "0.5"];
    expect(await run("-w", "Bob", "stake", "add", ...args)).toMatchObject({ success: true });
    expect(await stakeOf(bobHot)).toBeGreaterThan(5_000_000_000n);
  });

  it("sets weights, plain and timelocked, as the subnet demands", async () => {
    const args = ["-w", "Alice", "misc", "weights", "set", "--netuid", "1", "--uids", "0", "--weights", "1"];
    expect(await run(...args)).toMatchObject({ success: true });
    expect(await client.storage("SubtensorModule", "Weights", [1, 0])).toEqual([[0, 65_535]]);
    await submitAsSudo(client, alice, setHyperparameter.commitRevealWeightsEnabled(NETUID, true));
    const committed = (await run(...args)) as { success: boolean; data: { reveal_round: number } };
    expect(committed.success).toBe(true);
    const stored = await client.entries("SubtensorModule", "TimelockedWeightCommits", [1]);
    expect(JSON.stringify(stored)).toContain(String(committed.data.reveal_round));
    const again = ["-w", "Alice", "misc", "weights", "commit", "--netuid", "1", "--uids", "0", "--weights", "1"];
    expect(await run(...again)).toMatchObject({ success: true });
  });

  it("reveals a commit by hash that it could not make", async () => {
    const row = { netuid: 1, mecid: 0, uids: [0, 1], values: [65_535, 65_535], salt: [1, 2, 3], versionKey: 0n };
    const commit_hash = commitHash(toHex(aliceHot.publicKey), row);
    // One epoch from here on, which the test makes itself: the client takes seconds to start.
    await submitAsSudo(client, alice, setHyperparameter.tempo(NETUID, 5_000));
    await submit(
      client,
      { pallet: "SubtensorModule", name: "commit_weights", args: { netuid: 1, commit_hash } },
      aliceHot,
    );
    localnet.mine(5_000);
    const args = ["--netuid", "1", "--uids", "0,1", "--weights", "1,1", "--salt", "1,2,3"];
    expect(await run("-w", "Alice", "misc", "weights", "reveal", ...args)).toMatchObject({ success: true });
    expect(await client.storage("SubtensorModule", "Weights", [1, 0])).toEqual([
      [0, 65_535],
      [1, 65_535],
    ]);
    await submitAsSudo(client, alice, setHyperparameter.tempo(NETUID, 360));
  });
});

const nine = findBtcli(BTCLI_9, /9\.23\./);
describe.skipIf(nine.missing !== undefined)(`btcli 9.23 (${nine.missing ?? "is here"})`, () => {
  const raw = (...args: string[]) => runClient(nine.path, args, own.home);
  const network = () => ["--network", localnet.url, "--json-output"];
  const bobWallet = ["--wallet-name", "Bob", "--hotkey", "second", "--no-prompt"];
  const second = signerFromUri("//Bob//second").address;

  it("makes a wallet, and a subnet with it", async () => {
    const create = ["wallet", "create", "--wallet-name", "nine", "--hotkey", "default", "--n-words", "12"];
    const folder = ["--wallet-path", join(own.home, ".bittensor", "wallets")];
    expect((await raw(...create, ...folder, "--no-use-password", "--json-output")).code).toBe(0);
    const { wallets } = jsonOf(await raw("wallet", "list", "--json-output")) as {
      wallets: { name: string; ss58_address: string }[];
    };
    const address = wallets.find(({ name }) => name === "nine")?.ss58_address ?? "";
    await client.ask("dev_faucet", [address, "20000000000000"]);
    const before = (await client.entries("SubtensorModule", "NetworksAdded")).length;
    const wallet = ["--wallet-name", "nine", "--hotkey", "default", "--no-prompt"];
    // Every field has to be given: an empty one is asked for.
    const identity = Object.entries({
      "subnet-name": "nine",
      "github-repo": "https://github.com/owner/repository",
      "subnet-contact": "somebody@example.org",
      "subnet-url": "https://example.org",
      "discord-handle": "somebody",
      description: "A subnet of a test",
      "logo-url": "https://example.org/logo.png",
      "additional-info": "none",
    }).flatMap(([field, value]) => [`--${field}`, value]);
    const made = await raw("subnets", "create", ...wallet, ...identity, ...network());
    expect(jsonOf(made)).toMatchObject({ success: true });
    expect(await client.entries("SubtensorModule", "NetworksAdded")).toHaveLength(before + 1);
  });

  it("lists the wallets that we made", async () => {
    const { wallets } = jsonOf(await raw("wallet", "list", "--json-output")) as { wallets: { ss58_address: string }[] };
    expect(wallets.map((wallet) => wallet.ss58_address)).toEqual(expect.arrayContaining([alice.address, bob.address]));
  });

  it("reads balance, subnets and hyperparameters", async () => {
    const balance = jsonOf(await raw("wallet", "balance", "--wallet-name", "Bob", ...network()));
    expect(balance).toMatchObject({ balances: { Bob: { coldkey: bob.address, free: await freeTao(bob.address) } } });
    const list = jsonOf(await raw("subnets", "list", ...network()));
    expect(list).toMatchObject({ subnets: { 1: { netuid: 1 } } });
    const rows = jsonOf(await raw("subnets", "hyperparameters", "--netuid", "1", ...network()));
    expect(rows).toContainEqual(expect.objectContaining({ hyperparameter: "tempo", value: 360 }));
  });

  it("transfers", async () => {
    const before = await freeTao(alice.address);
    const args = ["--dest", alice.address, "--amount", "1", "--wallet-name", "Bob", "--no-prompt"];
    expect(jsonOf(await raw("wallet", "transfer", ...args, ...network()))).toMatchObject({ success: true });
    expect((await freeTao(alice.address)) - before).toBeCloseTo(1, 6);
  });

  it("registers", async () => {
    const made = jsonOf(await raw("subnets", "register", "--netuid", "1", ...bobWallet, ...network()));
    expect(made).toMatchObject({ success: true });
    expect(await hotkeys()).toContain(second);
  });

  it("adds stake", async () => {
    const args = ["--netuid", "1", "--amount", "10", "--unsafe", ...bobWallet];
    const made = jsonOf(await raw("stake", "add", ...args, ...network()));
    expect(made).toMatchObject({ staking_success: { 1: { [second]: true } } });
    expect(await stakeOf(second)).toBeGreaterThan(5_000_000_000n);
  });

  it("cannot show a subnet, because it asks for storage that spec 461 has no more", async () => {
    const run = await raw("subnets", "show", "--netuid", "1", "--network", localnet.url, "--no-prompt");
    expect(`${run.stdout}${run.stderr}`).toContain('"SubtensorModule.RootClaimType" not found');
  });

  it("cannot commit weights, because it asks for storage by the name of a getter", async () => {
    const weights = ["--netuid", "1", "--uids", "0", "--weights", "1", "--salt", "163,241,217,11"];
    const wallet = ["--wallet-name", "Alice", "--hotkey", "default", "--no-prompt"];
    const run = await raw("weights", "commit", ...weights, ...wallet, "--network", localnet.url);
    expect(`${run.stdout}${run.stderr}`).toContain('"SubtensorModule.get_commit_reveal_weights_enabled" not found');
  });
});
