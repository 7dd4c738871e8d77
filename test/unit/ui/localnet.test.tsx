import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import type { LocalnetEvent } from "../../../src/ui/localnet-events.ts";
import { initialLocalnetState, type LocalnetState, localnetReducer } from "../../../src/ui/localnet-state.ts";
import { LocalnetView } from "../../../src/ui/localnet-view.tsx";
import { themeFor } from "../../../src/ui/theme.ts";

const block = (number: number, extrinsics = 0, failed = 0): LocalnetEvent => ({
  type: "block",
  atMs: number * 1_000,
  block: { number, hash: `0x${String(number).padStart(64, "a")}`, extrinsics, failed, events: extrinsics * 5 + 1 },
  extrinsics: Array.from({ length: extrinsics }, (_, index) => ({
    block: number,
    signer: "miner-1",
    call: "SubtensorModule.add_stake hotkey=miner-1 netuid=1 amount_staked=10000000000",
    error: index < failed ? "SubtensorModule.SubtokenDisabled" : null,
  })),
  events: [{ block: number, text: "SubtensorModule.StakeAdded a peer wrote \u001b[2J\u0007" }],
});
const neuron = (uid: number) => ({
  uid,
  hotkey: `miner-${uid}`,
  stakeTao: uid * 10,
  incentive: uid / 10,
  dividends: 0,
  emissionTao: 1.5,
  permit: uid === 1,
  immunityBlocksLeft: 100,
  pruneRank: uid,
  endpoint: null,
});
const events: LocalnetEvent[] = [
  ...Array.from({ length: 6 }, (_, index) => block(index + 1)),
  block(7, 3, 1),
  { type: "neurons", netuids: [1, 2], netuid: 1, maxUids: 256, neurons: [neuron(1), neuron(2)] },
  { type: "tick", atMs: 8_250 },
];
const played = (more: readonly LocalnetEvent[], from = initialLocalnetState(0)): LocalnetState =>
  more.reduce<LocalnetState>(localnetReducer, from);
const state = played(events);
const accounts = [{ name: "Alice", address: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" }];
const frame = (columns: number, rows: number, of: LocalnetState = state, unicode = true): string[] =>
  renderToString(
    <LocalnetView
      state={of}
      theme={themeFor({ color: false, unicode })}
      title="ws://127.0.0.1:9944, a block every 250 ms"
      accounts={accounts}
      phrase="some published words"
      columns={columns}
      rows={rows}
    />,
    { columns },
  ).split("\n");

describe("LocalnetView", () => {
  it("shows blocks, extrinsics, events and neurons at 80 by 24", () => {
    expect(frame(80, 23).join("\n")).toMatchSnapshot();
  });

  it("names the accounts and their phrase on the help page", () => {
    const help = frame(80, 23, localnetReducer(state, { type: "toggle-help" })).join("\n");
    expect(help).toContain("some published words");
    expect(help).toContain(accounts[0]?.address);
  });

  it("says what is not there yet", () => {
    const empty = frame(80, 23, initialLocalnetState(0)).join("\n");
    expect(empty).toContain("colosseum subnet create");
    expect(empty).toContain(accounts[0]?.address);
    expect(empty).toContain("no block yet");
  });
});

describe("localnetReducer", () => {
  it("takes back what was shown of blocks that are gone", () => {
    const back = played(
      [{ type: "replaced", atMs: 9_000, block: { number: 5, hash: "0x5", extrinsics: 0, failed: 0, events: 0 } }],
      state,
    );
    expect(back.blocks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(back.extrinsics).toEqual([]);
    expect(back.events.every(({ block: number }) => number <= 5)).toBe(true);
    expect(back.note).toBe("Back at block 5.");
    expect(played([block(6)], back).note).toBe("");
  });

  it("keeps a screen small that is open for weeks, with every line's own id", () => {
    const long = played(Array.from({ length: 5_000 }, (_, index) => block(index + 1, 1)));
    expect(long.blocks.length).toBeLessThanOrEqual(200);
    expect(new Set(long.extrinsics.map(({ id }) => id)).size).toBe(long.extrinsics.length);
    expect(long.extrinsics.length).toBeLessThanOrEqual(200);
  });
});
