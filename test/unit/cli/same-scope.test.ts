import { describe, expect, it } from "vitest";
import { repeatScope, type Scope } from "../../../src/cli/same-scope.ts";

const told: Scope = { network: "ws://127.0.0.1:9955", wallet: "alice", netuid: "1" };

describe("repeatScope", () => {
  it.each<[string, Scope, string, string]>([
    [
      "says network and wallet again",
      told,
      "colosseum miner start --netuid 1",
      "colosseum miner start --netuid 1 -n ws://127.0.0.1:9955 -w alice",
    ],
    [
      "knows the subnet that stands as N, and keeps the full stop",
      told,
      "Register it: colosseum register --netuid N.",
      "Register it: colosseum register --netuid 1 -n ws://127.0.0.1:9955 -w alice.",
    ],
    [
      "names no wallet to what only reads the chain",
      told,
      "colosseum subnet list",
      "colosseum subnet list -n ws://127.0.0.1:9955",
    ],
    ["repeats nothing that is there", told, "colosseum vote -w bob -n test", "colosseum vote -w bob -n test"],
    [
      "leaves prose alone",
      told,
      "colosseum vote or miner start with the same hotkey",
      "colosseum vote or miner start with the same hotkey",
    ],
    ["leaves commands without chain alone", told, "colosseum simulate log.json", "colosseum simulate log.json"],
    ["says nothing that was not said by flag", { netuid: "3" }, "colosseum miner start", "colosseum miner start"],
    [
      "says a subnet again that was a flag",
      { netuidFlag: "3", netuid: "3" },
      "colosseum vote",
      "colosseum vote --netuid 3",
    ],
    [
      "quotes what a shell would take apart",
      { walletPath: "/my keys", hotkey: "h 2" },
      "colosseum miner status --validator http://127.0.0.1:8091",
      "colosseum miner status --validator http://127.0.0.1:8091 -H 'h 2' --wallet-path '/my keys'",
    ],
    [
      "reads short flags in capitals and quoted values",
      { wallet: "a b" },
      "colosseum register --netuid 1 -H 'h 2' --dry-run",
      "colosseum register --netuid 1 -H 'h 2' --dry-run -w 'a b'",
    ],
    [
      "goes on behind a semicolon, and names the wallet that is known",
      { wallet: "a b", network: "ws://x" },
      "See it: colosseum wallet balance; or: colosseum localnet faucet WALLET 100",
      "See it: colosseum wallet balance -n ws://x -w 'a b'; or: colosseum localnet faucet 'a b' 100 -n ws://x",
    ],
    ["keeps the home", { home: "/tmp/x" }, "colosseum doctor", "colosseum doctor --home /tmp/x"],
  ])("%s", (_, scope, text, expected) => {
    expect(repeatScope(text, scope)).toBe(expected);
  });
});
