import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closedPort } from "../helpers/fake-node.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

describe("vote --demo", () => {
  it("brings a person into a running demo with one line, who votes by key and is told so", async () => {
    using home = temporaryHome();
    using arena = openScreen(["demo", "--miners", "3", "--plain", "--rounds", "50"], home.env);
    await arena.shows(/colosseum vote --demo/);
    using person = openScreen(["vote", "--demo"], home.env);
    await person.shows(/ 1 2 {2}choose/);
    await person.shows(/[1-9]\d* waiting · 0 voted/);
    person.type("1");
    await person.shows(/1 voted/);
    person.type("n");
    person.type("q");
    await person.shows(/You voted 1 time\./);
    expect(await person.exit).toBe(0);
    arena.type("\x03");
    await arena.exit;
    expect(existsSync(join(home.path, "state/colosseum/demo/running.json"))).toBe(false);
  });

  it("says where no demo runs what to start", async () => {
    using home = temporaryHome();
    const told = "hint: Start one in another terminal: colosseum demo\ncode: vote.no-demo\n";
    const none = await runBin(["vote", "--demo", "--plain"], { env: home.env });
    expect([none.code, none.stderr]).toEqual([14, `error: No demo runs on this machine.\n${told}`]);

    // One that was killed has left its word behind; nothing listens where it was.
    const folder = join(home.path, "state/colosseum/demo");
    mkdirSync(folder, { recursive: true });
    const gone = {
      network: `ws://127.0.0.1:${await closedPort()}`,
      netuid: 1,
      validator: "http://127.0.0.1:1",
      wallets: folder,
    };
    writeFileSync(join(folder, "running.json"), JSON.stringify(gone));
    const killed = await runBin(["vote", "--demo", "--plain"], { env: home.env });
    expect([killed.code, killed.stderr]).toEqual([14, `error: The demo that was here has ended.\n${told}`]);
  });
});
