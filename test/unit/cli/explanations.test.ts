import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EXPLANATIONS } from "../../../src/chain/explanations.ts";
import { CATALOGUE } from "../../../src/cli/explanations/catalogue.ts";
import { allCodes, explanationOf } from "../../../src/cli/explanations/lookup.ts";
import { dataOf, errorOf, temporaryHome } from "../wallet/temporary-wallets.ts";

const SRC = fileURLToPath(new URL("../../../src/", import.meta.url));
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes("explanations"))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), "utf8") }));

/** Words with a dot that are no codes: files and database keys. */
const NO_CODES = new Set(["miner.lock", "validator.lock", "validator.sqlite", "config.json"]);
const families = new Set(Object.keys(CATALOGUE).map((code) => code.split(".")[0]));

/** Codes that the source gives as literals: behind `code:`, or anywhere if they belong to a known family. */
function codesIn(text: string): string[] {
  const given = [...text.matchAll(/\bcode: ?"([a-z]+\.[a-z0-9-]+)"/g)].map((match) => match[1] ?? "");
  const literal = [...text.matchAll(/"(([a-z]+)\.[a-z0-9]+(?:-[a-z0-9]+)*)"/g)]
    .filter(([, , family]) => families.has(family ?? ""))
    .map((match) => match[1] ?? "");
  const warned = [...text.matchAll(/\bwarn\(\{\s*code: ?"([a-z.-]+)"/g)].map((match) => match[1] ?? "");
  return [...given, ...literal, ...warned].filter((code) => !NO_CODES.has(code));
}

describe("explain", () => {
  it("knows every code that the source can give", () => {
    const known = new Set(allCodes());
    const missing = sources.flatMap(({ file, text }) =>
      codesIn(text)
        .filter((code) => !known.has(code))
        .map((code) => `${code} (${file})`),
    );
    expect([...new Set(missing)].sort()).toEqual([]);
  });

  it("knows no code that nothing gives any more", () => {
    const alive = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(/"([a-z]+(?:[.-][a-z0-9-]+)*)"/g)].map((match) => match[1])),
    );
    const templates = sources.flatMap(({ text }) => [...text.matchAll(/`(\w+)\.\$\{/g)].map((match) => match[1]));
    const dead = Object.keys(CATALOGUE).filter((code) => !alive.has(code) && !templates.includes(code.split(".")[0]));
    expect(dead).toEqual([]);
  });

  it.each(Object.entries(CATALOGUE))(
    "%s is told in whole sentences, with something to do",
    (_, { means, act, see }) => {
      expect(means).toMatch(/^[A-Z].*[.]$/);
      expect(act).toMatch(/^[A-Z]/);
      if (see !== undefined) expect(see).toMatch(/^colosseum [a-z]/);
    },
  );

  it.each(Object.keys(EXPLANATIONS))("explains the chain's %s by its name and by our code for it", (name) => {
    const found = explanationOf(name);
    expect(found.means).toContain(name);
    expect(explanationOf(found.code).code).toBe(found.code);
  });

  it.each(["Custom error: 6", "custom 6", "6", '{"invalid":{"custom":6}}'])("explains the pool's %s", (said) => {
    expect(explanationOf(said).means).toContain("RateLimitExceeded");
  });

  it("explains an error of a newer chain by its family, as far as its name goes", () => {
    const found = explanationOf("QuantumStakeRateLimitExceeded");
    expect(found).toMatchObject({ code: "chain.quantum-stake-rate-limit-exceeded" });
    expect(found.means).toContain("too short a time ago");
    expect(explanationOf(found.code)).toEqual(found);
  });

  it("lists all codes without an argument, and points at the nearest for a wrong one", async () => {
    using home = temporaryHome();
    expect(dataOf<{ codes: string[] }>(await home.cli(["explain", "--json"])).codes).toContain("wallet.not-found");
    expect((await home.cli(["explain", "code: wallet.exists"])).stdout).toContain("never overwritten");
    const wrong = await home.cli(["explain", "walet.exists", "--json"]);
    expect([wrong.code, errorOf(wrong).code]).toEqual([2, "usage.unknown-code"]);
    expect(errorOf(wrong).hint).toContain("wallet.exists");
  });
});
