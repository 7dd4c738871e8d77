import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

describe("vote --demo", () => {
  it("brings a person into a running demo with one line, who votes by key and is told so", {
    timeout: 60_000,
  }, async () => {
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
    const { code, stderr } = await runBin(["vote", "--demo", "--plain"], { env: home.env });
    expect(code).toBe(14);
    expect(stderr).toContain("hint: Start one in another terminal: colosseum demo");
    expect(stderr).toContain("code: vote.no-demo");
  });
});
