import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearTornWrites, readState, writeState } from "../../../src/localnet/state-file.ts";
import { mine, testChain, testSubnet } from "./harness.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "colosseum-state-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the state file", () => {
  it("gives back the chain that it was given, and leaves no other file", async () => {
    const chain = testChain();
    testSubnet(chain);
    mine(chain, 12);
    const file = join(folder, "deep", "chain.json");
    await writeState(file, chain.dump());
    await writeState(file, chain.dump());
    expect(await readState(file)).toEqual(JSON.parse(JSON.stringify(chain.dump())));
    expect(readdirSync(join(folder, "deep"))).toEqual(["chain.json"]);
  });

  it("is nothing where there is none", async () => {
    expect(await readState(join(folder, "none.json"))).toBeUndefined();
  });

  it.each([
    ["half a file", '{"format":', "localnet.invalid-state"],
    ["another JSON", "[]", "localnet.invalid-state"],
    ["another format", '{"format":"x"}', "localnet.invalid-state"],
  ])("of %s is refused", async (_, text, code) => {
    const file = join(folder, "bad.json");
    writeFileSync(file, text);
    await expect(readState(file)).rejects.toMatchObject({ code, exitCode: 12 });
  });

  it("that is a folder is refused as a file problem", async () => {
    await expect(readState(folder)).rejects.toMatchObject({ code: "localnet.state-file", exitCode: 14 });
  });

  it("is cleared of what a killed writer left beside it, and of nothing else", async () => {
    const file = join(folder, "chain.json");
    const dead = await new Promise<number>((resolve) => {
      const child = fork(new URL("./write-states-child.ts", import.meta.url), [join(folder, "other.json")]);
      child.on("message", () => child.kill("SIGKILL"));
      child.on("exit", () => resolve(child.pid ?? 0));
    });
    const kept = ["chain.json", `.chain.json.${process.pid}.tmp`, `.another.json.${dead}.tmp`, ".chain.json.tmp"];
    for (const name of [...kept, `.chain.json.${dead}.tmp`]) writeFileSync(join(folder, name), "");
    await clearTornWrites(file);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(kept));
    expect(readdirSync(folder)).not.toContain(`.chain.json.${dead}.tmp`);
    await clearTornWrites(join(folder, "none", "chain.json"));
  });

  it("opens after each of five kills in the middle of writing (a hundred of the command itself: npm run test:crash)", async () => {
    const file = join(folder, "chain.json");
    let newest = -1;
    for (let kill = 0; kill < 5; kill++) {
      const child = fork(new URL("./write-states-child.ts", import.meta.url), [file], { silent: true });
      await new Promise<void>((written) => {
        child.on("message", (count) => {
          // A different moment of the writing each time.
          if (Number(count) >= 2) setTimeout(() => child.kill("SIGKILL"), kill * 2);
        });
        child.on("exit", () => written());
      });
      const state = await readState(file);
      expect(state?.header.number).toBeGreaterThan(0);
      newest = Math.max(newest, state?.header.number ?? -1);
    }
    expect(newest).toBeGreaterThan(1);
  });
});
