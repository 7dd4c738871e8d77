// What a miner costs: memory of an idle one, processor time while it polls 16 validators, time of a vote without the
// brain; prints JSON. Needs a build (npm run build): the idle miner is the real command.
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../src/cli/system-clock.ts";
import { startMiner } from "../src/miner/process.ts";
import { signerFromUri } from "../src/wallet/keyring.ts";
import { startFakeValidator } from "../test/helpers/fake-validator.ts";
import { scriptedBrain } from "../test/helpers/scripted-brain.ts";

const home = mkdtempSync(join(tmpdir(), "colosseum-bench-miner-"));
const clock = systemClock();
const wallet = ["--home", home, "--wallet-path", join(home, "wallets"), "-w", "bench"];
const bin = fileURLToPath(new URL("../bin/colosseum.js", import.meta.url));
const outputs = [
  { label: "A" as const, files: [{ name: "index.html", content: "a" }] },
  { label: "B" as const, files: [{ name: "index.html", content: "b" }] },
];

/** Resident memory in MB and processor time in seconds, from the system (Linux). */
function usage(pid: number): { rssMb: number; cpuSeconds: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return {
    rssMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024,
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / 100,
  };
}

async function idle(validators: number, seconds: number): Promise<{ rssMb: number; corePercent: number }> {
  const fakes = await Promise.all(
    Array.from({ length: validators }, (_, index) => startFakeValidator({ signer: signerFromUri(`//Bench${index}`) })),
  );
  const args = fakes.flatMap(({ url }) => ["--validator", url]);
  const child = spawn(
    process.execPath,
    [bin, "miner", "start", "--json", "--brain", "fixtures:1", ...args, ...wallet],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error("the miner did not start");
  await new Promise<void>((resolve) => {
    let checkedIn = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      checkedIn += text.split('"checked-in"').length - 1;
      if (checkedIn >= validators) resolve();
    });
  });
  await clock.wait(2_000);
  const before = usage(pid);
  await clock.wait(seconds * 1_000);
  const after = usage(pid);
  child.kill("SIGINT");
  await new Promise((resolve) => child.once("exit", resolve));
  await Promise.all(fakes.map((fake) => fake.stop()));
  return {
    rssMb: Math.round(after.rssMb),
    corePercent: Number((((after.cpuSeconds - before.cpuSeconds) / seconds) * 100).toFixed(2)),
  };
}

/** A command of the built binary, run to its end. */
async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: "ignore" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`colosseum ${args.join(" ")} ended with ${code}`);
}

/** The same with a chain connection instead of a validator's address: it looks for validators and watches its slot. */
async function idleWithChain(): Promise<number> {
  const localnet = spawn(process.execPath, [bin, "localnet", "--port", "0", "--json", "--home", home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) => {
    let text = "";
    localnet.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /"url":"(ws:[^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const chain = ["-n", url, ...wallet];
  const coldkey = JSON.parse(readFileSync(join(home, "address.json"), "utf8")) as { data: { coldkey: string } };
  await run(["localnet", "faucet", coldkey.data.coldkey, "20000", ...chain]);
  await run(["subnet", "create", "--yes", ...chain]);
  const child = spawn(
    process.execPath,
    [bin, "miner", "start", "--json", "--netuid", "1", "--brain", "fixtures:1", ...chain],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await clock.wait(10_000);
  const { rssMb } = usage(child.pid ?? 0);
  for (const one of [child, localnet]) {
    const ended = new Promise((resolve) => one.once("exit", resolve));
    one.kill("SIGINT");
    await ended;
  }
  return Math.round(rssMb);
}

/** Milliseconds of this process for one vote, both sides together, from the assignment to the acknowledgement. */
async function voteMs(votes: number): Promise<number> {
  const fake = await startFakeValidator({ signer: signerFromUri("//BenchVotes") });
  let accepted = 0;
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const miner = await startMiner({
    signer: signerFromUri("//BenchMiner"),
    validators: [fake.url],
    judge: scriptedBrain({}),
    clock,
    stateDir: join(home, "votes"),
    onEvent: ({ type }) => {
      if (type === "accepted" && ++accepted === votes) done();
    },
  });
  const before = process.cpuUsage();
  for (let index = 0; index < votes; index++)
    fake.assign({ id: `assignment-${10_000 + index}`, role: "discriminator", outputs });
  await all;
  const { user, system } = process.cpuUsage(before);
  await miner.stop();
  await fake.stop();
  return (user + system) / 1_000 / votes;
}

const made = spawn(
  process.execPath,
  [
    ...[bin, "wallet", "create", "bench", "--no-password", "--json"],
    ...["--mnemonic-file", join(home, "words"), ...wallet.slice(0, 4)],
  ],
  { stdio: ["ignore", openSync(join(home, "address.json"), "w"), "ignore"] },
);
await new Promise((resolve) => made.once("exit", resolve));
const one = await idle(1, 10);
const many = await idle(16, 30);
const chained = await idleWithChain();
const overhead = await voteMs(200);
rmSync(home, { recursive: true, force: true });
console.log(
  JSON.stringify({
    what: "a miner without its brain's work",
    idle: { rssMb: one.rssMb, targetMb: 90 },
    idleWithChain: { rssMb: chained, targetMb: 220 },
    polling16: { corePercent: many.corePercent, rssMb: many.rssMb, targetPercent: 1 },
    vote: { bothSidesMs: Number(overhead.toFixed(2)), targetMs: 20 },
  }),
);
