import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { completingHome, completionScript } from "../helpers/completing-home.ts";

describe("completion in a real bash", () => {
  it("offers commands, flags, wallets, values behind = and :, and files", async () => {
    using home = await completingHome();
    /** What a real bash offers at the end of a line. */
    const offered = (line: string): string[] => {
      const run = spawnSync(
        "bash",
        [
          "--norc",
          "-c",
          `source "$1"; COMP_LINE="$2" COMP_POINT=\${#2}; _colosseum; printf '%s\\n' "\${COMPREPLY[@]}"`,
          "bash",
          completionScript("colosseum.bash"),
          line,
        ],
        { encoding: "utf8", cwd: home.path, env: home.env },
      );
      expect(run.stderr).toBe("");
      return run.stdout.split("\n").filter((word) => word !== "");
    };
    expect(offered("colosseum wal")).toEqual(["wallet"]);
    expect(offered("colosseum wallet sh")).toEqual(["show"]);
    expect(offered("colosseum wallet show --wallet-p")).toEqual(["--wallet-path"]);
    expect(offered("colosseum wallet show ")).toEqual(["one", "two\\ words"]);
    expect(offered("colosseum miner start -w one -H ")).toEqual(["bob"]);
    expect(offered("colosseum simulate diff --preset do")).toEqual(["dojo-1.8.3"]);
    expect(offered("colosseum init --as mi")).toEqual(["miner"]);
    expect(offered("colosseum explain wallet.exi")).toEqual(["wallet.exists"]);
    expect(offered("colosseum config list --network=fin")).toEqual(["finney"]);
    expect(offered("colosseum config list --network ws:")).toEqual(["//127.0.0.1:9944"]);
    expect(offered("colosseum wallet import --seed-file ta")).toEqual(["tasks.json"]);
    expect(offered("colosseum nonsense ")).toEqual([]);
  });
});
