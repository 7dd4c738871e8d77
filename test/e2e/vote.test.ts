import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { startFakeValidator } from "../helpers/fake-validator.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

const outputs = (index: number) => [
  { label: "A" as const, files: [{ name: "index.html", content: `<h1>Left ${index}</h1><button>Go</button>` }] },
  { label: "B" as const, files: [{ name: "index.html", content: `<h1>Right ${index}</h1>\u001b[2J` }] },
];

describe("vote at a terminal of 80×24", () => {
  it("takes 20 duels from the keyboard alone, an undo and a skip among them, and delivers exactly those votes", async () => {
    using home = temporaryHome();
    const wallets = join(home.path, "wallets");
    const made = await runBin(
      [
        "wallet",
        "create",
        "me",
        "--no-password",
        "--mnemonic-file",
        join(home.path, "words"),
        "--wallet-path",
        wallets,
      ],
      { env: home.env },
    );
    expect(made.code).toBe(0);
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    const wanted = new Map<string, "A" | "B">();
    for (let index = 0; index < 20; index++) {
      const id = `assignment-${1000 + index}`;
      wanted.set(id, index % 3 === 0 ? "B" : "A");
      validator.assign({
        id,
        role: "discriminator",
        outputs: outputs(index),
        prompt: `Task number ${index}`,
        expiresAt: new Date(Date.now() + 600_000 + index * 10_000).toISOString(),
      });
    }
    using screen = openScreen(["vote", "--validator", validator.url, "--wallet-path", wallets, "-w", "me"], home.env);
    await screen.shows(/20 waiting · 0 voted/);
    // What the page sent along to clear the screen is shown as text, beside the other output.
    await screen.shows(/# Left 0 +│ # Right 0/);
    await screen.shows(/\\u001b\[2J/);
    const frame = screen.frame().join("\n");
    // Neither output's maker is known here, and nothing like an address is on the screen.
    expect(frame).not.toMatch(/5[1-9A-HJ-NP-Za-km-z]{46,47}/);
    const keys = [...wanted.values()].map((choice) => (choice === "A" ? "1" : "2"));
    // A wrong vote, undone; the help and every view; then all in turn.
    screen.type("1");
    await screen.shows(/Show what your votes earned/);
    screen.type("n");
    await screen.shows(/Results stay hidden/);
    screen.type("u");
    await screen.shows(/stands until you choose again/);
    screen.type("?");
    await screen.shows(/take the last duel back, until its deadline/);
    screen.type("?v");
    await screen.shows(/SOURCE OF 1/);
    screen.type("vv");
    await screen.shows(/- # Left 0/);
    screen.type("v");
    await screen.shows(/TASK /);
    screen.type("v");
    for (const key of keys) screen.type(key);
    await screen.shows(/0 waiting · 20 voted/);
    await validator.until(() => [...wanted].every(([id, choice]) => validator.votes.get(id) === choice));
    screen.type("q");
    expect(await screen.exit).toBe(0);
    expect(Object.fromEntries(validator.votes)).toEqual(Object.fromEntries(wanted));
  });

  it("sends what is under way at Ctrl-C too, and ends as interrupted", async () => {
    using home = temporaryHome();
    const wallets = join(home.path, "wallets");
    const create = ["wallet", "create", "me", "--no-password", "--mnemonic-file", join(home.path, "words")];
    expect((await runBin([...create, "--wallet-path", wallets], { env: home.env })).code).toBe(0);
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    validator.assign({ id: "assignment-1000", role: "discriminator", outputs: outputs(0) });
    using screen = openScreen(["vote", "--validator", validator.url, "--wallet-path", wallets, "-w", "me"], home.env);
    await screen.shows(/1 waiting · 0 voted/);
    screen.type("2\x03");
    await screen.shows(/You voted 1 time\./);
    expect(await screen.exit).toBe(130);
    expect(Object.fromEntries(validator.votes)).toEqual({ "assignment-1000": "B" });
  });
});
