import type { LocalnetEvent } from "../../../src/ui/localnet-events.ts";
import {
  initialLocalnetState,
  type LocalnetKey,
  type LocalnetState,
  localnetReducer,
} from "../../../src/ui/localnet-state.ts";
import { LocalnetView } from "../../../src/ui/localnet-view.tsx";
import { HOSTILE, noise, type Scene } from "./scene.ts";

const START = Date.parse("2026-01-10T12:00:00Z");
const CALLS = [
  "SubtensorModule.add_stake hotkey=miner-1 netuid=1 amount_staked=10000000000",
  "SubtensorModule.set_weights netuid=1 dests=[1,2,3,4,5,6,7,8] weights=[65535,43121,32123,20000,12000,8000,100,1]",
  "Balances.transfer_keep_alive dest=Bob value=1000000000",
  "SubtensorModule.burned_register netuid=1 hotkey=miner-9",
] as const;
const block = (number: number, extrinsics = 0, failed = 0): LocalnetEvent => ({
  type: "block",
  atMs: START + number * 1_000,
  block: {
    number,
    hash: `0x${Math.floor(noise(number) * 2 ** 52)
      .toString(16)
      .padStart(64, "9a3f")}`,
    extrinsics,
    failed,
    events: extrinsics * 5 + 1,
  },
  extrinsics: Array.from({ length: extrinsics }, (_, index) => ({
    block: number,
    signer: index % 2 === 0 ? `miner-${index + 1}` : "Alice",
    call: CALLS[(number + index) % 4] ?? "",
    error: index < failed ? "SubtensorModule.SubtokenDisabled" : null,
  })),
  events:
    extrinsics === 0
      ? []
      : [{ block: number, text: `SubtensorModule.StakeAdded miner-1 10 τ at subnet 1, block ${number}` }],
});
const neuron = (uid: number) => ({
  uid,
  hotkey: uid === 0 ? "validator-1" : `miner-${uid}`,
  stakeTao: uid === 0 ? 10_000 : uid,
  incentive: uid === 0 ? 0 : noise(uid) / 4,
  dividends: uid === 0 ? 1 : 0,
  emissionTao: noise(uid, 1) * 2,
  permit: uid === 0,
  immunityBlocksLeft: uid > 5 ? 100 : 0,
  pruneRank: uid === 0 ? null : uid,
  endpoint: uid === 0 ? "http://127.0.0.1:8091" : null,
});
const subnet = (count: number): LocalnetEvent => ({
  type: "neurons",
  netuids: [1, 2, 7],
  netuid: 1,
  maxUids: 256,
  neurons: Array.from({ length: count }, (_, uid) => neuron(uid)),
});
const busy = (neurons: number): LocalnetEvent[] => [
  ...Array.from({ length: 60 }, (_, n) => block(n + 1, n % 4 === 0 ? 3 : 0, n % 8 === 0 ? 1 : 0)),
  subnet(neurons),
  { type: "tick", atMs: START + 60_250 },
];
const hostile = busy(20).map((event): LocalnetEvent => {
  const bad = Object.values(HOSTILE);
  const one = (n: number): string => bad[n % bad.length] ?? "";
  if (event.type === "neurons")
    return {
      ...event,
      neurons: event.neurons.map((n) => ({ ...n, hotkey: one(n.uid) + n.uid, endpoint: one(n.uid) })),
    };
  if (event.type !== "block") return event;
  return {
    ...event,
    extrinsics: event.extrinsics.map((line, n) => ({
      ...line,
      signer: one(n + line.block),
      call: one(n + 3 + line.block),
    })),
    events: event.events.map((line) => ({ ...line, text: one(line.block) })),
  };
});
const accounts = [
  "Alice",
  "Bob",
  "Charlie",
  "Dave",
  "Eve",
  "Ferdie",
  "miner-1",
  "miner-2",
  "validator-1",
  "faucet",
].map((name) => ({ name, address: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" }));

const scene = (state: string, events: readonly (LocalnetEvent | LocalnetKey)[]): Scene => {
  const shown = events.reduce<LocalnetState>(localnetReducer, initialLocalnetState(START));
  return {
    screen: "localnet",
    state,
    draw: (theme, columns, rows) => (
      <LocalnetView
        state={shown}
        theme={theme}
        title="ws://127.0.0.1:9944, a block every 250 ms"
        accounts={accounts}
        phrase="bottom drive obey lake curtain smoke basket hold race lonely fit walk"
        columns={columns}
        rows={rows}
      />
    ),
  };
};

export const LOCALNET_SCENES: readonly Scene[] = [
  scene("empty", [block(0), { type: "tick", atMs: START + 4_000 }]),
  scene("busy", busy(9)),
  scene("many", busy(256)),
  scene("back", [
    ...busy(9),
    {
      type: "replaced",
      atMs: START + 61_000,
      block: { number: 40, hash: "0x40", extrinsics: 0, failed: 0, events: 0 },
    },
  ]),
  scene("hostile", hostile),
  scene("help", [...busy(9), { type: "toggle-help" }]),
];
