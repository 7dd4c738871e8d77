import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/localnet/two-subnets.json", import.meta.url));
const ARGS = ["localnet", "--port", "0", "--block-time", "manual"];

describe("localnet at a terminal", () => {
  it("prints its accounts, then shows blocks, events and neurons live, and leaves with q and exit 0", async () => {
    using home = temporaryHome();
    using screen = openScreen(ARGS, home.env);
    await screen.shows(/ COLOSSEUM {2}ws:\/\/127\.0\.0\.1:\d+, manual blocks +● block 0/);
    // What was printed before the screen came stays in the terminal's own buffer.
    expect(screen.written).toContain("bottom drive obey lake curtain smoke basket hold race lonely fit walk");
    expect(screen.written).toMatch(/validator-1 +5CtEpZ/);
    const [port = ""] = /127\.0\.0\.1:(\d+)/.exec(screen.frame().join("\n"))?.slice(1) ?? [];
    await runBin(["localnet", "scaffold", EXAMPLE, "--port", port], { env: home.env });
    screen.type("m");
    await screen.shows(/#1 +0x[0-9a-f]+ +0 +\d/);
    await screen.shows(/SUBNET 1 of 1, 2 4\/256 [\s\S]+ validator-1 /);
    screen.type("\t");
    await screen.shows(/SUBNET 2 of 1, 2 1\/256/);
    screen.type("?");
    await screen.shows(/may use sudo[\s\S]+Alice +5Grwva/);
    screen.type("q");
    expect(await screen.exit).toBe(0);
  });

  it("draws no screen where nobody wants one, tells of extrinsics in lines, and ends at Ctrl-C with 130", async () => {
    using home = temporaryHome();
    using screen = openScreen([...ARGS, "--plain", "-v"], home.env, { columns: 120, rows: 40 });
    await screen.shows(/Stop with Ctrl-C/);
    const [port = ""] = /127\.0\.0\.1:(\d+)/.exec(screen.frame().join("\n"))?.slice(1) ?? [];
    await runBin(["localnet", "mine", "2", "--port", port], { env: home.env });
    await screen.shows(/#1 0x[0-9a-f]{64}[\s\S]+#2 0x[0-9a-f]{64}/);
    screen.type("\x03");
    await screen.shows(/Stopping the chain/);
    expect(await screen.exit).toBe(130);
    expect(screen.written).not.toContain("EXTRINSICS");
  });
});
