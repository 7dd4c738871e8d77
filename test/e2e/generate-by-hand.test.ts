import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { startFakeValidator } from "../helpers/fake-validator.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openTerminal } from "../helpers/terminal.ts";

const PROMPT = "Build a page called “Tally” that keeps a count.";

async function withWallet(home: { path: string; env: Record<string, string> }): Promise<string[]> {
  const wallets = ["--wallet-path", join(home.path, "wallets")];
  const words = join(home.path, "words");
  const made = await runBin(["wallet", "create", "me", "--no-password", "--mnemonic-file", words, ...wallets], {
    env: home.env,
  });
  expect(made.code).toBe(0);
  return [...wallets, "-w", "me"];
}

const previewOf = (text: string): string => /http:\/\/127\.0\.0\.1:[0-9]+\/[0-9a-f]{32}\//.exec(text)?.[0] ?? "";
const get = async (url: string): Promise<string> => (await fetch(url)).text();

describe("a page made by hand", () => {
  it("is written in the editor, which has the terminal for itself, seen as it grows, and submitted", async () => {
    using home = temporaryHome();
    const wallet = await withWallet(home);
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    validator.assign({ id: "generate-0001", role: "generator", prompt: PROMPT });
    // Reads a line from the terminal as an editor would, and saves it.
    const editor = join(home.path, "editor.sh");
    writeFileSync(editor, '#!/bin/sh\necho "EDITING"; read line; echo "<h1>$line</h1>" > "$2"\n', { mode: 0o700 });
    using terminal = openTerminal(
      ["vote", "--role", "generator", "--editor", `'${editor}'`, "--validator", validator.url, ...wallet],
      home.env,
    );
    await terminal.until(/EDITING/);
    expect(terminal.text).toContain(PROMPT);
    const url = previewOf(terminal.text);
    expect(await get(`${url}index.html`)).toContain("still empty");
    const changed = get(`${url}~changed?0`);
    terminal.type("First words\r");
    await terminal.until(/Submit \(y\)/);
    expect(Number(await changed)).toBeGreaterThan(0);
    expect(await get(`${url}index.html`)).toBe("<h1>First words</h1>\n");
    terminal.type("e\r");
    await terminal.until(/EDITING/);
    terminal.type("Better words\r");
    await terminal.until(/Submit \(y\)/);
    terminal.type("y\r");
    await terminal.until(/The page was accepted/);
    expect(validator.completions.get("generate-0001")).toEqual({
      files: [{ name: "index.html", content: "<h1>Better words</h1>\n" }],
    });
    terminal.type("\x03");
    expect(await terminal.exit).toBe(130);
  });

  it("is made in a folder with other tools; what editors leave behind is not submitted", async () => {
    using home = temporaryHome();
    const wallet = await withWallet(home);
    await using validator = await startFakeValidator({ signer: signerFromUri("//Validator") });
    validator.assign({ id: "generate-0001", role: "generator", prompt: PROMPT });
    const folder = join(home.path, "page");
    using terminal = openTerminal(
      ["vote", "--role", "generator", "--folder", folder, "--validator", validator.url, ...wallet],
      home.env,
    );
    await terminal.until(/Submit \(y\)/);
    expect(readFileSync(join(folder, "PROMPT.txt"), "utf8")).toContain("Tally");
    terminal.type("y\r");
    await terminal.until(/cannot be submitted: index\.html is still empty/);
    writeFileSync(join(folder, "index.html"), '<link rel="stylesheet" href="style.css"><h1>Tally</h1>');
    writeFileSync(join(folder, "style.css"), "h1 { color: red }");
    writeFileSync(join(folder, "index.html~"), "old");
    writeFileSync(join(folder, ".index.html.swp"), "b0VIM");
    await terminal.until(/Submit \(y\)/);
    terminal.type("y\r");
    await terminal.until(/The page was accepted/);
    expect(validator.completions.get("generate-0001")?.files.map(({ name }) => name)).toEqual([
      "index.html",
      "style.css",
    ]);
    terminal.type("\x03");
    expect(await terminal.exit).toBe(130);
  });
});
