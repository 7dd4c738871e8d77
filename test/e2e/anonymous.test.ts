import { join } from "node:path";
import { expect, it } from "vitest";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { startFakeValidator } from "../helpers/fake-validator.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

const maker = signerFromUri("//Maker").address;
const owner = signerFromUri("//Owner").address;

it("renders no byte that says who made an output, even if a validator sends it along", async () => {
  using home = temporaryHome();
  const wallet = ["--wallet-path", join(home.path, "wallets"), "-w", "me"];
  const words = ["--no-password", "--mnemonic-file", join(home.path, "words")];
  expect((await runBin(["wallet", "create", "me", ...words, ...wallet.slice(0, 2)], { env: home.env })).code).toBe(0);
  const output = (label: "A" | "B") => ({
    label,
    by: maker,
    uid: 47114711,
    generator: { hotkey: maker, coldkey: owner, name: "maker-of-it" },
    files: [{ name: "index.html", content: `<h1>Page ${label}</h1>` }],
  });
  const told = { by: maker, generators: [maker, owner], coldkey: owner, note: "maker-of-it" };
  await using validator = await startFakeValidator({
    signer: signerFromUri("//Validator"),
    misbehave: ({ path }) => {
      if (!path.startsWith("/v1/assignments?") || path.includes("since=")) return undefined;
      const times = { opensAt: new Date(0).toISOString(), expiresAt: new Date(Date.now() + 600_000).toISOString() };
      const task = { role: "discriminator", taskType: "page", prompt: "Make a page", ...times, ...told };
      const assignments = [1, 2].map((n) => ({ ...task, id: `assignment-${n}`, outputs: [output("A"), output("B")] }));
      return { body: JSON.stringify({ cursor: "2", assignments, ...told }) };
    },
  });
  const secret = new RegExp([maker.slice(0, 6), owner.slice(0, 6), "maker-of-it", "47114711"].join("|"));
  using screen = openScreen(["vote", "--validator", validator.url, ...wallet], home.env);
  const frames: string[] = [];
  await screen.shows(/# Page A/);
  frames.push(screen.written);
  // Every view, the addresses for the browser, and what is served there.
  for (const title of [/SOURCE OF 1/, /SOURCE OF 2/, /FROM 1/, /TASK/]) {
    screen.type("v");
    await screen.shows(title);
  }
  screen.type("o");
  await screen.shows(/Open: http/);
  const [url = ""] = /http:\/\/127\.0\.0\.1:[0-9]+\/[0-9a-f]{32}\//.exec(screen.frame().join("")) ?? [];
  for (const path of ["?open", "index.html"]) {
    const response = await fetch(url + path);
    frames.push(JSON.stringify([...response.headers]), await response.text());
  }
  screen.type("q");
  expect(await screen.exit).toBe(0);
  frames.push(screen.written);
  const plain = await runBin(["vote", "--plain", "--json", "--validator", validator.url, ...wallet], {
    env: home.env,
    stdin: "d\no\n1\nq\n",
  });
  frames.push(plain.stdout, plain.stderr);
  expect(plain.stderr).toContain("# Page A");
  expect(plain.stdout).toContain('"choice"');
  expect(frames.join("\n")).not.toMatch(secret);
});
