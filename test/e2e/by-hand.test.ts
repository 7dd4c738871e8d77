// Everything that the demo does, done by hand with the commands that README shows, each in a process of its own.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type BinRun, runBin, startBin, temporaryHome } from "../helpers/run-bin.ts";

const PLAYERS = ["validator", "alice", "bob", "carol"];

it("a subnet, a validator and three miners, from wallets to incentive", async () => {
  using home = temporaryHome();
  await using localnet = startBin(["localnet", "--port", "0", "--block-time", "100ms", "--json"], home.env);
  const env = { ...home.env, BT_NETWORK: String((await localnet.event("ready"))["url"]), COLOSSEUM_NETUID: "1" };
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const done: BinRun = await runBin([...args, "--json"], { env });
    expect({ args, code: done.code, stderr: done.stderr }).toMatchObject({ code: 0, stderr: "" });
    return (JSON.parse(done.stdout) as { data: Record<string, unknown> }).data;
  };

  for (const name of ["owner", ...PLAYERS]) {
    const file = join(home.path, `${name}.words`);
    const { coldkey } = await run("wallet", "create", name, "--no-password", "--mnemonic-file", file);
    await run("localnet", "faucet", String(coldkey), "20000");
  }
  await run("subnet", "create", "-w", "owner", "--yes");
  await run("subnet", "start", "-w", "owner", "--yes");
  const uids = [];
  for (const name of PLAYERS) uids.push((await run("register", "-w", name, "--yes"))["uid"]);
  expect(uids).toEqual([1, 2, 3, 4]);
  await run("stake", "add", "10000", "-w", "validator", "--yes");
  // The next epoch gives the permit.
  await run("localnet", "mine", "360");

  await using validator = startBin(
    [
      ...["validator", "start", "-w", "validator", "--listen", "127.0.0.1:0", "--intervals", "1", "--min-miners", "3"],
      ...["--generate-time", "1m", "--vote-time", "1m", "--close-early", "--first-kinds", "synthetic,duel", "--json"],
    ],
    env,
  );
  const url = String((await validator.event("ready"))["url"]);
  await using miners = new AsyncDisposableStack();
  for (const [index, name] of PLAYERS.slice(1).entries()) {
    const brain = `fixtures:${0.3 + 0.3 * index}`;
    miners.use(startBin(["miner", "start", "-w", name, "--validator", url, "--brain", brain, "--json"], env));
  }
  const set = await validator.event("weights-set");
  // New subnets hide weights: they are locked until a round of the beacon and count from the epoch after the next.
  expect(set["mode"]).toBe("timelock");

  const log = join(home.path, "log.json");
  await run("validator", "export", "-w", "validator", "-o", log);
  const { intervals } = JSON.parse(readFileSync(log, "utf8")) as { intervals: { scores: Record<string, number> }[] };
  const replay = (await run("simulate", log, "--interval", "0")) as { miners: { hotkey: string; score: number }[] };
  expect(Object.fromEntries(replay.miners.map(({ hotkey, score }) => [hotkey, score]))).toEqual(intervals[0]?.scores);

  // The same arena as its operator may watch it.
  const seen = (await run("watch", "--once", "-w", "validator")) as {
    validator: { reachable: boolean; settled: number };
    tasks: { stage: string }[];
    leaderboard: { hotkey: string; score: number }[];
    neurons: unknown[];
  };
  // It has ended; its store is read all the same.
  expect(seen.validator).toMatchObject({ reachable: false, settled: 1 });
  expect(seen.tasks.length).toBeGreaterThan(0);
  const scores = Object.fromEntries(seen.leaderboard.map(({ hotkey, score }) => [hotkey, score]));
  expect(scores).toEqual(intervals[0]?.scores);
  expect(seen.neurons).toHaveLength(5);

  await run("localnet", "mine", "800");
  const { neurons } = (await run("subnet", "metagraph")) as { neurons: { uid: number; incentive: number }[] };
  const paid = new Map(neurons.map(({ uid, incentive }) => [uid, incentive]));
  const weights = set["weights"] as { uid: number; value: number }[];
  expect(weights.length).toBeGreaterThan(0);
  const inOrder = [...weights].sort((a, b) => b.value - a.value).map(({ uid }) => paid.get(uid) ?? 0);
  expect(inOrder[0]).toBeGreaterThan(0);
  expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
  // One interval was asked for, so it ended by itself; the chain ends when it is told to.
  expect(await validator.ended).toEqual({ code: 0, signal: null });
  expect(await localnet.end("SIGTERM")).toEqual({ code: 143, signal: null });
});
