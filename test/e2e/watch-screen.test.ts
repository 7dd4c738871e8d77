import { describe, expect, it } from "vitest";
import { runBin, startBin, temporaryHome } from "../helpers/run-bin.ts";
import { openScreen } from "../helpers/screen.ts";

describe("colosseum watch", () => {
  it("shows a chain at a real terminal, turns its pages, survives the chain's end and leaves with q", async () => {
    using home = temporaryHome();
    await using localnet = startBin(["localnet", "--port", "0", "--block-time", "100ms", "--json"], home.env);
    const env = { ...home.env, BT_NETWORK: String((await localnet.event("ready"))["url"]) };
    using screen = openScreen(["watch", "--netuid", "0"], env);
    await screen.shows(/netuid 0 .*● block \d+/);
    await screen.shows(/No validator is watched/);
    screen.type("4");
    await screen.shows(/METAGRAPH \d+\/\d+ .*STAKE +INCENT/);
    screen.type("?");
    await screen.shows(/HELP/);
    screen.type("?\t");
    await screen.shows(/LOG/);
    await localnet.end("SIGTERM");
    await screen.shows(/no chain/);
    screen.type("q");
    expect(await screen.exit).toBe(0);
  });

  it("says with a code where there is nothing to watch, and which subnet it must be told", async () => {
    using home = temporaryHome();
    const nothing = await runBin(["watch", "--netuid", "1", "--once", "--json", "-n", "ws://127.0.0.1:9"], {
      env: home.env,
    });
    expect({ code: nothing.code, stdout: nothing.stdout }).toEqual({ code: 10, stdout: "" });
    expect(JSON.parse(nothing.stderr)).toMatchObject({ ok: false, error: { code: "watch.nothing-reached" } });
    const unnamed = await runBin(["watch", "--json"], { env: home.env });
    expect(JSON.parse(unnamed.stderr)).toMatchObject({ error: { code: "usage.netuid" } });
  });
});
