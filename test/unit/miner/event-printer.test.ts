import { describe, expect, it } from "vitest";
import { eventPrinter } from "../../../src/cli/commands/miner/event-printer.ts";
import type { Context } from "../../../src/cli/context.ts";
import type { MinerEvent } from "../../../src/miner/events.ts";

const url = "http://127.0.0.1:8091";
const validator = "5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX";
const checkedIn: MinerEvent = {
  type: "checked-in",
  url,
  validator,
  roles: ["generator"],
  until: "2026-01-01T00:10:00.5Z",
};
const away: MinerEvent = {
  type: "validator-offline",
  url,
  code: "miner.validator-unreachable",
  message: "Away.",
  retryInMs: 9,
};

/** What is printed of the events, in order. */
function printed(events: readonly MinerEvent[], quiet = false): string[] {
  const lines: string[] = [];
  const ctx = {
    clock: { nowMs: () => 0 },
    flags: { json: false, quiet },
    out: { event: (_: unknown, text: () => string) => lines.push(text()), inScope: (text: string) => text },
  } as unknown as Context;
  const print = eventPrinter(ctx, false);
  for (const event of events) print("5Hotkey", event);
  return lines;
}

describe("the lines of a miner", () => {
  it("tell of a check-in and of the first after a trouble, not of each renewal, with a time like their own", () => {
    expect(printed([checkedIn, checkedIn, checkedIn])).toEqual([
      "00:00:00 Checked in with 5F3sa2…YjQX as generator, until 00:10:00.",
    ]);
    expect(printed([checkedIn, away, away, checkedIn, checkedIn]).length).toBe(3);
  });

  it("tell a quiet user of what needs somebody, and of nothing else", () => {
    const nobody: MinerEvent = {
      type: "no-validators",
      code: "miner.no-validators",
      message: "Nobody.",
      retryInMs: 15_000,
    };
    expect(printed([checkedIn, nobody], true)).toEqual(["00:00:00 Nobody."]);
  });
});
