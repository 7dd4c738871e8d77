import { describe, expect, it } from "vitest";
import { ColosseumError } from "../../../src/base/errors.ts";
import {
  changedSettings,
  PRESET_NAMES,
  parseSetting,
  ruleSetNamed,
  ruleSetOfHeader,
  SETTINGS,
} from "../../../src/mechanism/rule-set.ts";

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return "nothing was thrown";
  } catch (error) {
    return error instanceof ColosseumError ? `${error.exitCode} ${error.code}` : String(error);
  }
};

describe("ruleSetNamed", () => {
  it("starts from the documented numbers", () => {
    const draws = { trapShare: 0.2, syntheticShare: 0.2 };
    expect(ruleSetNamed("paper")).toEqual({ name: "paper", trapPenalty: 1, voterPay: 1, generatorPay: 1, ...draws });
    expect(ruleSetNamed("scaled")).toEqual({ name: "scaled", c: 20, d: 0.5, quorum: 3, ...draws });
    const dojo = { trapPenalty: 0.4, noVotePenalty: 4, burnShare: 0, burnHotkey: undefined, windowHours: undefined };
    expect(ruleSetNamed("dojo-1.8.3")).toEqual({ name: "dojo-1.8.3", ...dojo, ...draws });
  });

  it.each(PRESET_NAMES)("takes every number of %s by its key, as text too", (name) => {
    for (const { key, type } of SETTINGS[name]) {
      expect(ruleSetNamed(name, { [key]: type === "text" ? "5F" : "1" })).toHaveProperty(
        key,
        type === "text" ? "5F" : 1,
      );
    }
  });

  it.each(PRESET_NAMES.flatMap((name) => SETTINGS[name].map((spec) => [name, spec] as const)))(
    "lets nothing be more or less than it can: %s, $key",
    (name, { key, type, max }) => {
      if (type === "text") return;
      // Whatever is a share goes from nothing to all; pay, penalties and stakes can be switched off; a quorum cannot.
      const most = key.endsWith("Share") ? 1 : key === "windowHours" ? 876_000 : 1_000_000;
      const least = key === "quorum" ? 1 : 0;
      expect(max).toBe(most);
      for (const value of [least, most]) expect(ruleSetNamed(name, { [key]: value })).toHaveProperty(key, value);
      for (const value of [least - 1, least - 0.001, most + 0.001, most + 1])
        expect(codeOf(() => ruleSetNamed(name, { [key]: value }))).toBe("2 rules.bad-setting");
    },
  );

  it.each([
    ["an unknown preset", "papr", {}, "2 rules.unknown-preset"],
    ["a preset that names a part of every object", "constructor", {}, "2 rules.unknown-preset"],
    ["an unknown key", "paper", { c: 1 }, "2 rules.unknown-setting"],
    ["a key that names a part of every object", "paper", JSON.parse('{"__proto__": 1}'), "2 rules.unknown-setting"],
    ["a share above 1", "paper", { trapShare: 1.01 }, "2 rules.bad-setting"],
    ["a negative penalty", "paper", { trapPenalty: -1 }, "2 rules.bad-setting"],
    ["a quorum of two and a half", "scaled", { quorum: 2.5 }, "2 rules.bad-setting"],
    ["no number", "scaled", { c: "many" }, "2 rules.bad-setting"],
    ["an empty text", "scaled", { c: "" }, "2 rules.bad-setting"],
    ["a hexadecimal number", "scaled", { c: "0x10" }, "2 rules.bad-setting"],
    ["no hotkey to burn to", "dojo-1.8.3", { burnHotkey: "" }, "2 rules.bad-setting"],
    ["a number for a hotkey", "dojo-1.8.3", { burnHotkey: 5 }, "2 rules.bad-setting"],
    ["a quorum of nobody", "scaled", { quorum: 0 }, "2 rules.bad-setting"],
    ["a penalty that could make a sum overflow", "paper", { trapPenalty: 1_000_001 }, "2 rules.bad-setting"],
    ["a truth value for a number", "paper", { trapPenalty: true }, "2 rules.bad-setting"],
    ["null for a number", "paper", { trapPenalty: null }, "2 rules.bad-setting"],
    ["not a number", "paper", { trapPenalty: Number.NaN }, "2 rules.bad-setting"],
    ["infinity", "scaled", { c: "Infinity" }, "2 rules.bad-setting"],
    ["a number beyond every double", "scaled", { c: "1e999" }, "2 rules.bad-setting"],
  ])("refuses %s", (_, name, settings, code) => {
    expect(codeOf(() => ruleSetNamed(name, settings))).toBe(code);
  });
});

describe("a number that is set", () => {
  it.each([
    ["1", 1],
    ["+1.50", 1.5],
    [".5", 0.5],
    ["2.", 2],
    ["1e-3", 0.001],
    ["-0", 0],
    ["0", 0],
    ["1000000", 1_000_000],
  ])("may be written %s", (text, value) => {
    expect((ruleSetNamed("paper", { trapPenalty: text }) as { trapPenalty: number }).trapPenalty).toBe(value);
  });

  it.each(["one", "1 2", " 1", "1,5", "0b1", "e5", ".", "--1"])("may not be written %j", (text) => {
    expect(codeOf(() => ruleSetNamed("paper", { trapPenalty: text }))).toBe("2 rules.bad-setting");
  });
});

describe("parseSetting", () => {
  it("takes blanks off both ends of key and value", () => {
    expect(parseSetting(" c = 5 ")).toEqual(["c", "5"]);
    expect(parseSetting("c=5")).toEqual(["c", "5"]);
  });

  it("keeps everything behind the first equals sign", () => {
    expect(parseSetting("burnHotkey=a=b")).toEqual(["burnHotkey", "a=b"]);
  });

  it.each(["c", "=1", ""])("refuses %j", (word) => {
    expect(codeOf(() => parseSetting(word))).toBe("2 rules.bad-setting");
  });
});

describe("ruleSetOfHeader", () => {
  it("is paper without a word", () => {
    expect(ruleSetOfHeader({})).toEqual(ruleSetNamed("paper"));
  });

  it("takes the rule set's own settings and passes by those of others", () => {
    expect(ruleSetOfHeader({ preset: "scaled", settings: { c: 45, firstKinds: ["trap"] } })).toMatchObject({ c: 45 });
  });

  it("blames the log for a bad value and the user for a preset that does not exist", () => {
    expect(codeOf(() => ruleSetOfHeader({ preset: "scaled", settings: { c: -1 } }))).toBe("12 log.bad-settings");
    expect(codeOf(() => ruleSetOfHeader({ preset: "mine" }))).toBe("2 rules.unknown-preset");
  });

  it("keeps texts as well as numbers of what was changed", () => {
    const settings = { burnHotkey: "5F", burnShare: 0.5, windowHours: 24 };
    expect(changedSettings(ruleSetNamed("dojo-1.8.3", settings))).toEqual(settings);
    expect(changedSettings(ruleSetNamed("dojo-1.8.3", { trapPenalty: 0.4 }))).toEqual({});
  });

  it.each(PRESET_NAMES)("gets back what a header of %s says", (name) => {
    const rules = ruleSetNamed(name, { trapShare: 0.3 });
    expect(changedSettings(rules)).toEqual({ trapShare: 0.3 });
    expect(ruleSetOfHeader({ preset: name, settings: changedSettings(rules) })).toEqual(rules);
  });
});
