import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createTestPairs } from "@polkadot/keyring";
import { expect } from "vitest";
import { splitCommand } from "../../src/brains/command-line.ts";
import { startLocalnet } from "../../src/localnet/server.ts";
import { startFakeModel } from "./fake-model.ts";
import { closedPort } from "./fake-node.ts";
import { FAKE_TOKEN, startFakeX } from "./fake-x.ts";
import { type CliRun, runCli } from "./run-cli.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WALLETS = ["owner", "validator", "alice", "bob", "carol", "me", "miner", "agent", "default"];
const TIMES = "--generate-time 20s --vote-time 20s --close-early --min-miners 3 --no-prove-damage";
/** Commands that go on until they are stopped. */
const GOES_ON =
  /^(?:localnet(?: start)?(?: -.*)?|validator start .*|miner start .*|vote .*|watch (?!.*--once).*|demo.*|init .*--start.*)$/;

/** All that the pages name: a chain, a subnet with validators and miners, wallets, files, an X and a model to ask. */
export interface DocsWorld extends AsyncDisposable {
  /** Runs one line as a page has it, its pipe too. @returns Each of its commands, as the page has it, and how it ended. */
  run(line: string): Promise<readonly { readonly args: string; readonly done: CliRun }[]>;
}

interface Started {
  readonly run: Promise<CliRun>;
  stop(): void;
}

/** Builds the world; some seconds, most of them of two settled intervals. */
export async function docsWorld(): Promise<DocsWorld> {
  const cwd = mkdtempSync(join(tmpdir(), "docs-run-"));
  const [chain, scratch, x, model, port] = await Promise.all([
    startLocalnet({ blockTime: 100 }),
    startLocalnet({ blockTime: "manual" }),
    startFakeX(),
    startFakeModel(() => ({ text: '{"choice":"A","confidence":0.9,"reason":"it works"}' })),
    closedPort(),
  ]);
  const validatorAt = `127.0.0.1:${port}`;
  const env = (home: string): Record<string, string> => ({
    HOME: home,
    COLOSSEUM_HOME: home,
    COLOSSEUM_NETWORK: chain.url,
    // As after `config set netuid 1`.
    COLOSSEUM_NETUID: "1",
    COLOSSEUM_X_URL: x.url,
    X_BEARER_TOKEN: FAKE_TOKEN,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: "made-for-this-test",
    EDITOR: "true",
    CI: "1",
  });
  const start = (args: readonly string[], stdin: string, home: string, onWord: (text: string) => void): Started => {
    let stop = (): void => undefined;
    const run = runCli(args, {
      cwd,
      env: env(home),
      stdin,
      onStart: (signal) => {
        stop = () => signal("SIGINT");
      },
      onStdout: onWord,
      // A demo says what it builds before the first task is a result.
      ...(args[0] === "demo" ? { onStderr: onWord } : {}),
    });
    return { run, stop: () => stop() };
  };
  const ok = async (line: string): Promise<string> => {
    const done = await start(splitCommand(line), "", cwd, () => undefined).run;
    expect(done.code, `${line}\n${done.stderr}`).toBe(0);
    return done.stdout;
  };

  for (const name of WALLETS) await ok(`wallet create ${name} --no-password --mnemonic-file ${name}.words`);
  const listed = JSON.parse(await ok("wallet list --json")) as {
    data: { wallets: { name: string; coldkey: string; hotkeys: { address: string }[] }[] };
  };
  const walletNamed = (name: string) => {
    const wallet = listed.data.wallets.find((one) => one.name === name);
    if (wallet === undefined) throw new Error(`no wallet ${name}`);
    return { coldkey: wallet.coldkey, hotkey: wallet.hotkeys[0]?.address ?? "" };
  };
  await Promise.all(WALLETS.map((name) => ok(`localnet faucet ${walletNamed(name).coldkey} 100000`)));
  await ok("subnet create -w owner");
  await ok("subnet start -w owner");
  for (const name of ["validator", "alice", "bob", "carol", "default"]) await ok(`register -w ${name}`);
  for (const name of ["validator", "default"]) await ok(`stake add 10000 -w ${name}`);
  await ok("localnet mine 361");

  const background: Started[] = [];
  const ports = await Promise.all([closedPort(), closedPort()]);
  const told = [validatorAt, ...ports.map((own) => `127.0.0.1:${own}`)]
    .map((at) => `--validator http://${at}`)
    .join(" ");
  for (const name of ["alice", "bob", "carol"]) {
    const line = `miner start -w ${name} ${told} --brain fixtures:0.8`;
    background.push(start(splitCommand(line), "", cwd, () => undefined));
  }
  await Promise.all(
    ["validator", "default"].map((name, place) =>
      ok(`validator start -w ${name} --listen 127.0.0.1:${ports[place]} --intervals 1 ${TIMES}`),
    ),
  );
  const up = Promise.withResolvers<void>();
  const live = splitCommand(`validator start -w owner --listen ${validatorAt} ${TIMES} --json`);
  background.push(start(live, "", cwd, (text) => (text.includes('"interval-settled"') ? up.resolve() : undefined)));
  await up.promise;
  // From here on it waits for miners, and the pages' own lines have the machine.
  const miners = background.splice(0, 3);
  for (const { stop } of miners) stop();
  await Promise.all(miners.map(({ run }) => run));

  const signature = JSON.parse(await ok('wallet sign "I own this hotkey" -w validator --json')) as {
    data: { signature: string };
  };
  const file = (name: string, content: string | Buffer): void =>
    writeFileSync(join(cwd, name), content, { mode: 0o600 });
  symlinkSync(join(ROOT, "examples"), join(cwd, "examples"));
  copyFileSync(join(ROOT, "examples/tasks.json"), join(cwd, "tasks.json"));
  await ok("validator export -w validator -o log.json");
  await ok("validator export -w validator -o tasks.jsonl");
  file("tasks.jsonl.gz", gzipSync(readFileSync(join(cwd, "tasks.jsonl"))));
  copyFileSync(join(ROOT, "examples/scenarios/collusion-blind.json"), join(cwd, "scenario.json"));
  copyFileSync(join(ROOT, "examples/localnet/two-subnets.json"), join(cwd, "subnets.json"));
  copyFileSync(join(ROOT, "examples/brains/agent.sh"), join(cwd, "agent.sh"));
  chmodSync(join(cwd, "agent.sh"), 0o755);
  cpSync(join(ROOT, "examples/arena"), join(cwd, "posts"), { recursive: true });
  copyFileSync(join(ROOT, "examples/arena/registry.csv"), join(cwd, "registry.csv"));
  const posts = JSON.parse(readFileSync(join(ROOT, "examples/arena/user_0_posts.json"), "utf8")) as unknown[];
  for (const name of ["monday.jsonl", "posts.jsonl"]) file(name, posts.map((post) => JSON.stringify(post)).join("\n"));
  file("tuesday.csv.gz", gzipSync("id,user_id,text,likes\n1,1700000000000000005,hello,3\n"));
  file("scores.json", JSON.stringify({ [walletNamed("alice").hotkey]: 2, [walletNamed("bob").hotkey]: 1 }));
  file(
    "battles.jsonl",
    '{"model_a":"a","model_b":"b","winner":"model_a"}\n{"model_a":"b","model_b":"c","winner":"tie"}\n',
  );
  file("rules.json", '{"trapPenalty":2}');
  file("token.txt", FAKE_TOKEN);
  file("secret", "correct horse");
  file("export.json", JSON.stringify(createTestPairs({ type: "sr25519" })["alice"]?.toJson("correct horse")));
  mkdirSync(join(cwd, "receipts"));

  /** The first hotkey of the log that pages call tasks.json. */
  const inLog = /"generators":\s*\[\s*"(5\w{47})"/.exec(readFileSync(join(cwd, "tasks.json"), "utf8"))?.[1] ?? "";

  /** A command of a page with the values of this world, and with less of what only takes long. */
  const here = (command: string): string => {
    const own = command
      .replaceAll("127.0.0.1:8091", validatorAt)
      .replace(/(?<=--listen )\S+/, "127.0.0.1:0")
      .replace(/(?<=--admin )\S+/, "127.0.0.1:0")
      .replace(/(-n|--network) (?:test|finney|local)\b/, `$1 ${chain.url}`)
      .replace(/--fork finney --netuid \d+/, `--fork ${chain.url} --netuid 1`)
      .replace("--netuid 98", "--netuid 1")
      .replace(/~\S*receipts/, "receipts")
      .replace('"$URL"', scratch.url)
      .replace(/--explain 5F3s…|--explain HOTKEY/, `--explain ${inLog}`)
      .replace(/0x5c… --address 5F…/, `${signature.data.signature} --address ${walletNamed("validator").hotkey}`)
      .replace(/\bADDRESS\b|5[A-Za-z0-9]*…/, walletNamed("alice").coldkey)
      .replace("FILES… --registry FILE", "posts/ --registry registry.csv")
      .replace(/\bTASKS\b/, "log.json")
      .replace(/--interval (?:N|\d+)/, "--interval 0")
      .replace(/--netuid N\b/, "--netuid 1")
      .replace(/-w WALLET\b/, "-w agent")
      .replace(/--post URL\b/, "--post https://x.com/my_agent/status/1234567890123456789")
      .replace(/config set validator URL\b/, `config set validator http://${validatorAt}`)
      .replace("--explain @name", "--explain @agent_0")
      .replace(/explain CODE\b/, "explain wallet.wrong-password")
      .replace(/^colosseum /, "");
    if (/^localnet(?: start)?(?: -|$)/.test(own)) return `${own.replace(/--port \d+/, "")} --port 0`;
    if (/^localnet (?!.*--help)/.test(own))
      return `${own.replace(/--port \d+|--network \S+/, "")} --network ${scratch.url}`;
    if (/^validator start (?!.*--listen)(?!.*--help)/.test(own)) return `${own} --listen 127.0.0.1:0`;
    if (/^init .*--start/.test(own)) return `${own} --listen 127.0.0.1:0`;
    // Deriving a key takes seconds, as it should.
    if (/^wallet encrypt .*--password-file/.test(own)) return `${own} --dry-run`;
    if (own.startsWith("miner exam")) return `${own} --pairs 1`;
    if (own.startsWith("simulate entry")) return `${own} --runs 1 --intervals 3`;
    if (/^simulate population ./.test(own)) return `${own} --seeds 2`;
    return own;
  };

  return {
    run: async (line) => {
      // What makes keys or changes settings gets a home of its own.
      const isAlone = /^colosseum (?:wallet (?:create|import|encrypt|decrypt)|init|config set)\b/.test(line);
      const home = isAlone ? mkdtempSync(join(cwd, "home-")) : cwd;
      if (/^colosseum wallet (?:encrypt|decrypt)/.test(line)) {
        cpSync(join(cwd, ".bittensor/wallets/validator"), join(home, ".bittensor/wallets/validator"), {
          recursive: true,
        });
      }
      if (/^colosseum localnet revert/.test(line)) await ok(`localnet snapshot --network ${scratch.url}`);
      const runs: { readonly args: string; readonly done: CliRun }[] = [];
      let stdin = "";
      for (const part of line.replace(/\s>\s.*$|\s&(?:\s.*)?$/, "").split(/ \| | && /)) {
        if (!part.startsWith("colosseum ")) continue;
        const [command = "", input] = part.split(" < ");
        if (input !== undefined) stdin = readFileSync(join(ROOT, "examples/yuma/late-validator.json"), "utf8");
        const args = splitCommand(here(command));
        const goesOn = GOES_ON.test(args.join(" "));
        const started = start(args, stdin, home, () => {
          if (goesOn) started.stop();
        });
        const done = await started.run;
        runs.push({ args: command.replace(/^colosseum /, ""), done });
        stdin = done.stdout;
      }
      return runs;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { stop } of background) stop();
      await Promise.all(background.map(({ run }) => run));
      await Promise.all([chain.stop(), scratch.stop(), x[Symbol.asyncDispose](), model[Symbol.asyncDispose]()]);
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
