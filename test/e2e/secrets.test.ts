// A whole run with everything said that can be said (-vv, log file, notifications, a crash, wrong passwords), and then
// every byte of it searched for what must be in none: mnemonics, seeds, private keys, passwords.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type BinRun, runBin, startBin, temporaryHome } from "../helpers/run-bin.ts";

const PASSWORD = 'corréct "horse" 47 \\ battery';
const WRONG = "not-the-pässword-at-all-9";

/** A secret in every form in which it could get somewhere. */
function formsOf(secret: string): Buffer[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret, "utf8");
  const texts = [secret, json, encodeURIComponent(secret), bytes.toString("hex"), bytes.toString("base64")];
  return [...new Set(texts)].map((text) => Buffer.from(text, "utf8"));
}

/** Hex of 32 or 64 bytes as text in both cases, in base64, and as the bytes themselves (a database keeps those). */
function formsOfHex(hex: string): Buffer[] {
  const bytes = Buffer.from(hex.replace(/^0x/, ""), "hex");
  const texts = [
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    bytes.toString("base64").replace(/=+$/, ""),
  ];
  return [bytes, ...texts.map((text) => Buffer.from(text, "utf8"))];
}

/** Any three neighbouring words: whoever has those of a mnemonic knows too much. */
function formsOfMnemonic(mnemonic: string): Buffer[] {
  const words = mnemonic.trim().split(/\s+/);
  return words.slice(2).map((_, i) => Buffer.from(words.slice(i, i + 3).join(" "), "utf8"));
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

it("leaves no mnemonic, seed, private key or password in any output, log, state or crash", async () => {
  using home = temporaryHome();
  // What holds secrets by design lies apart from what is searched.
  using vault = temporaryHome();
  const keys = join(vault.path, "wallets");
  const secretFile = (name: string, content: string): string => {
    writeFileSync(join(vault.path, name), content, { mode: 0o600 });
    return join(vault.path, name);
  };
  const password = secretFile("password", `${PASSWORD}\n`);
  const wrong = secretFile("wrong", `${WRONG}\n`);
  const outputs: { readonly of: string; readonly bytes: Buffer }[] = [];
  const heard = (of: string, { stdout, stderr }: { stdout: string; stderr: string }): void => {
    outputs.push({ of, bytes: Buffer.from(`${stdout}\n${stderr}`, "utf8") });
  };

  const chainState = join(home.path, "chain.json");
  const localnetArgs = ["localnet", "--port", "0", "--block-time", "100ms", "--state", chainState, "--json"];
  await using localnet = startBin(localnetArgs, home.env);
  const url = String((await localnet.event("ready"))["url"]);
  const env = {
    ...home.env,
    BT_NETWORK: url,
    BT_WALLET_PATH: keys,
    COLOSSEUM_NETUID: "1",
    TMPDIR: join(home.path, "tmp"),
  };
  mkdirSync(env.TMPDIR);
  const run = async (args: readonly string[], code = 0, extra: Record<string, string> = {}): Promise<BinRun> => {
    const done = await runBin([...args, "-vv", "--yes"], { env: { ...env, ...extra } });
    heard(args.join(" "), done);
    expect({ args, code: done.code, stderr: done.stderr }).toMatchObject({ code });
    return done;
  };
  // Deriving a key from a password takes seconds, so it is done where it matters: for the hotkey that a process holds.
  const names = ["owner", "validator", "miner", "second"];
  for (const name of names) {
    const words = ["", "-hot"].map((which) => join(vault.path, `${name}${which}.words`));
    const flags = ["--mnemonic-file", words[0] ?? "", "--hotkey-mnemonic-file", words[1] ?? ""];
    const made = await run(["wallet", "create", name, "--no-password", ...flags, "--json"]);
    const { coldkey } = (JSON.parse(made.stdout) as { data: { coldkey: string } }).data;
    await run(["localnet", "faucet", coldkey, "20000"]);
  }
  const plain = names.flatMap((name) =>
    [join(keys, name, "coldkey"), join(keys, name, "hotkeys", "default")].map(
      (path) => JSON.parse(readFileSync(path, "utf8")) as Record<string, string>,
    ),
  );
  await run(["wallet", "encrypt", "-w", "validator", "-H", "default", "--password-file", password]);
  await run(["subnet", "create", "-w", "owner"]);
  await run(["subnet", "start", "-w", "owner"]);
  for (const name of names.slice(1)) await run(["register", "-w", name]);
  await run(["stake", "add", "10000", "-w", "validator"]);
  await run(["localnet", "mine", "360"]);
  await run(["wallet", "list"]);
  await run(["wallet", "sign", "hello", "-w", "miner"]);

  // What goes wrong with a secret in hand.
  const mnemonic = readFileSync(join(vault.path, "miner.words"), "utf8").trim();
  const broken = secretFile("broken.words", `${mnemonic.split(" ").reverse().join(" ")}\n`);
  await run(["wallet", "import", "other", "--mnemonic-file", broken, "--no-password"], 12);
  await run(
    ["wallet", "import", "other", "--seed-file", secretFile("short.seed", "0x1234abcd\n"), "--no-password"],
    12,
  );
  await run(["wallet", "sign", "hello", "-w", "validator", "--password-file", wrong], 14);
  mkdirSync(join(keys, "cut", "hotkeys"), { recursive: true });
  const plainKey = readFileSync(join(keys, "miner", "hotkeys", "default"), "utf8");
  writeFileSync(join(keys, "cut", "hotkeys", "default"), plainKey.slice(0, -40), { mode: 0o600 });
  await run(["wallet", "sign", "hello", "-w", "cut"], 14);

  // The arena itself, until its validator is killed in the middle of an interval.
  const arena = [
    ...["validator", "start", "-w", "validator", "--listen", "127.0.0.1:0", "--min-miners", "2", "--close-early"],
    ...["--generate-time", "1m", "--vote-time", "1m", "--first-kinds", "duel", "-vv", "--json"],
    ...["--log-file", join(home.path, "validator.log"), "--notify", "exec:cat", "--admin", "127.0.0.1:0"],
  ];
  await using validator = startBin(arena, { ...env, BT_WALLET_PASSWORD: PASSWORD });
  const admin = String((await validator.event("admin"))["url"]);
  const pages = await Promise.all(
    ["/metrics", "/healthz"].map(async (path) => (await fetch(`${admin}${path}`)).text()),
  );
  outputs.push({ of: "metrics", bytes: Buffer.from(pages.join("\n"), "utf8") });
  const arenaUrl = String((await validator.event("ready"))["url"]);
  await using stack = new AsyncDisposableStack();
  const miners = ["miner", "second"].map((name) => {
    const args = ["miner", "start", "-w", name, "--validator", arenaUrl, "--brain", "fixtures:0.8", "-vv", "--json"];
    return stack.use(startBin(args, env));
  });
  await validator.event("weights-set");
  outputs.push({ of: "the validator's command line", bytes: readFileSync(`/proc/${validator.pid}/cmdline`) });
  expect(await validator.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
  heard("validator", { stdout: validator.stdout(), stderr: validator.stderr() });
  for (const [index, miner] of miners.entries()) {
    await miner.end("SIGINT");
    heard(`miner ${index}`, { stdout: miner.stdout(), stderr: miner.stderr() });
  }
  await run(["validator", "export", "-w", "validator", "-o", join(home.path, "log.json")]);
  await run(["validator", "status", "-w", "validator"]);
  await run(["config", "list", "--origin"]);
  await localnet.end("SIGTERM");
  heard("localnet", { stdout: localnet.stdout(), stderr: localnet.stderr() });

  // The search.
  const phrases = filesBelow(vault.path)
    .filter((path) => path.endsWith(".words"))
    .map((path) => readFileSync(path, "utf8"));
  expect(phrases.length).toBe(9);
  const needles = [
    ...[PASSWORD, WRONG].flatMap(formsOf),
    ...phrases.flatMap(formsOfMnemonic),
    ...plain.flatMap((key) => [key["secretSeed"] ?? "", key["privateKey"] ?? ""]).flatMap(formsOfHex),
  ];
  expect(needles.every((needle) => needle.length >= 10)).toBe(true);
  const searched = [
    ...outputs,
    ...filesBelow(home.path).map((path) => ({ of: path.slice(home.path.length), bytes: readFileSync(path) })),
  ];
  // State, log, export and the chain's own dump are among them, and the search does find what is there.
  const searchedNames = searched.map(({ of }) => of);
  for (const part of ["validator.sqlite", "validator.log", "log.json", "chain.json"]) {
    expect(
      searchedNames.some((name) => name.includes(part)),
      part,
    ).toBe(true);
  }
  const address = Buffer.from(plain[0]?.["ss58Address"] ?? "-", "utf8");
  expect(searched.some(({ bytes }) => bytes.includes(address))).toBe(true);
  const found = searched.flatMap(({ of, bytes }) =>
    needles
      .filter((needle) => bytes.includes(needle))
      .map((needle) => `${of}: ${needle.subarray(0, 12).toString("hex")}…`),
  );
  expect(found).toEqual([]);
});
