import { describe, expect, it } from "vitest";
import { containsText } from "../../../src/pages/checks.ts";

describe("containsText", () => {
  it.each([
    ["Score: 1", "score: 1", true],
    ["Score: 10", "Score: 1", false],
    ["Score:   1\n left", "score: 1", true],
    ["Tip: 12.00", "Tip: 12.00", true],
    ["Tip: 12.005", "Tip: 12.00", false],
    ["12.5", "12", false],
    ["12.", "12", true],
    ["111", "11", false],
    ["preview", "view", false],
    ["#ff8800ff", "#ff8800", false],
    ["anything", "", true],
    ["x-1 y", "1", true],
  ])("%j holds %j: %s", (whole, part, holds) => {
    expect(containsText(whole, part)).toBe(holds);
  });
});
