import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, temporaryHome } from "./temporary-wallets.ts";
import { vectors } from "./wallet-vectors.ts";

const PASSWORD = "zQ-only-the-owner-9!";

/** Hex of a secret may be written in either case, with or without 0x; a few digits in the middle tell it. */
const traceOf = (hex: string): string => hex.replace(/^0x/, "").slice(8, 40).toLowerCase();

describe("a whole run of the wallet commands", () => {
  it("shows no mnemonic, seed, private key or password on any channel, nor keeps one where it does not belong", async () => {
    using home = temporaryHome();
    const vector = vectors.keys[0];
    const key = vector?.keyfileJson ?? {};
    const mnemonic = vector?.mnemonic ?? "";
    const secret = (name: string, content: string): void => writeFileSync(join(home.home, name), content);
    secret("password", PASSWORD);
    secret("mnemonic", mnemonic);
    secret("seed", String(key["secretSeed"]));
    secret("private", String(key["privateKey"]));
    secret("broken", `${mnemonic} ${mnemonic.split(" ")[0]}`);
    const env = { BT_WALLET_PASSWORD: PASSWORD };
    const runs = [
      "wallet create one --mnemonic-file one.mnemonic --password-file password",
      "wallet create two --no-password --mnemonic-file two.mnemonic --hotkey-mnemonic-file two.hotkey",
      "wallet import three --mnemonic-file mnemonic --no-password",
      "wallet import four --seed-file seed --no-password",
      "wallet import five --private-key-file private --no-password",
      "wallet import six --mnemonic-file broken --no-password",
      "wallet import seven --seed-file mnemonic --no-password",
      "wallet import eight --json-file private --no-password",
      "wallet hotkey add other -w three",
      "wallet sign hello -w one -H default",
      "wallet sign hello -w one --coldkey --password-file broken",
      "wallet encrypt three",
      "wallet decrypt three",
      "wallet list",
      "wallet show three",
      "wallet hotkey remove other -w three --yes",
      "config list --origin",
    ];
    const said: string[] = [];
    for (const [index, command] of runs.entries()) {
      // Both ways of speaking, but each slow derivation once.
      const isSlow = index < 2 || /encrypt|decrypt|sign/.test(command);
      const once = isSlow || /add|remove/.test(command);
      for (const extra of once ? [[index % 2 === 0 ? "-vv" : "--json"]] : [["-vv"], ["--json"]]) {
        const run = await home.cli([...command.split(" "), ...extra], { env });
        said.push(run.stdout, run.stderr);
      }
    }
    const made = ["one.mnemonic", "two.mnemonic", "two.hotkey"].map((file) =>
      readFileSync(join(home.home, file), "utf8").trim(),
    );
    const hexSecrets = filesBelow(home.wallets)
      .map((file) => readFileSync(file, "utf8"))
      .filter((text) => text.startsWith("{"))
      .flatMap((text) => {
        const { secretSeed, privateKey } = JSON.parse(text) as Record<string, string | undefined>;
        return [secretSeed, privateKey].filter((value) => value !== undefined).map(traceOf);
      });
    expect(hexSecrets.length).toBeGreaterThan(8);
    const phrases = [mnemonic, ...made].flatMap((phrase) => {
      const words = phrase.split(" ");
      return words.slice(2).map((_, i) => words.slice(i, i + 3).join(" "));
    });
    const secrets = [PASSWORD, ...phrases, ...hexSecrets];
    const everything = said.join("\n").toLowerCase();
    for (const trace of secrets) expect(everything).not.toContain(trace.toLowerCase());

    // On the disk a secret stands in plain key files and in the files that were asked for, and nowhere else.
    const inputs = ["password", "mnemonic", "seed", "private", "broken", "one.mnemonic", "two.mnemonic", "two.hotkey"];
    const plain = /\/(one\/hotkeys\/default|two\/(coldkey|hotkeys\/default)|(three|four|five)\/coldkey)$/;
    for (const file of filesBelow(home.home)) {
      if (inputs.some((name) => file === join(home.home, name)) || plain.test(file)) continue;
      const text = readFileSync(file, "latin1").toLowerCase();
      for (const trace of secrets) expect(text.includes(trace.toLowerCase()), file).toBe(false);
    }
  });
});
