import { closeSync, openSync, writeSync } from "node:fs";
import { below, pick, type Random, seededRandom } from "../../src/base/random.ts";
import type { Task, TaskKind } from "../../src/mechanism/task-log.ts";

const KINDS: readonly TaskKind[] = ["synthetic", "duel", "trap"];
const ALPHABET = [..."123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"];
const HEX = [..."0123456789abcdef"];
const WORDS = "a page where people find matching cards, drag them, see a score and begin anew".split(" ");

/** What a log looks like; sizes and members as in logs that a validator has exported. */
export interface LogStyle {
  readonly votes: number;
  /** With the list of those who were invited. */
  readonly invited: boolean;
  /** With prompts, files, commitments, assignments and proofs, which scoring passes over. */
  readonly whole: boolean;
}

export const STYLES = {
  "ten votes": { votes: 10, invited: false, whole: false },
  "fifty votes": { votes: 50, invited: true, whole: false },
  "as exported": { votes: 15, invited: true, whole: true },
} as const satisfies Record<string, LogStyle>;

/** Makes one task after the other, the same ones for the same style. */
export function taskMaker(style: LogStyle): (index: number) => Task {
  const random = seededRandom(`log ${JSON.stringify(style)}`);
  const text = (length: number, letters: readonly string[]): string =>
    Array.from({ length }, () => pick(random, letters)).join("");
  const miners = Array.from({ length: 250 }, () => `5${text(47, ALPHABET)}`);
  const validator = `5${text(47, ALPHABET)}`;
  const hex = (): string => text(64, HEX);
  return (index) => {
    const kind = KINDS[index % KINDS.length] ?? "duel";
    const first = below(random, 200);
    const generators = miners.slice(first, first + (kind === "synthetic" ? 1 : 2));
    const mine = generators.map((by, place) => ({ id: `c${place + 1}`, by, source: "miner" as const }));
    const baseline = { id: "c2", by: validator, source: "validator" as const };
    const completions = kind === "synthetic" ? [...mine, baseline] : mine;
    const from = below(random, 190);
    const invited = miners
      .slice(from, from + style.votes + 2)
      .filter((hotkey) => !generators.includes(hotkey))
      .slice(0, style.votes);
    const votes = [...invited]
      .sort(() => below(random, 3) - 1)
      .map((voter) => ({
        voter,
        completion: below(random, 10) < 7 ? "c1" : "c2",
        at: timeOf(random, style.whole),
        ...(style.whole
          ? { choice: pick(random, ["A", "B"]), assignment: text(32, HEX), proof: below(random, 60) }
          : {}),
      }));
    return {
      id: `t-${String(index).padStart(6, "0")}`,
      interval: Math.floor(index / 1_000),
      kind,
      taskType: "page",
      createdAt: "2026-01-01T00:00:00Z",
      votingOpensAt: "2026-01-01T00:10:00Z",
      expiresAt: "2026-01-01T06:00:00Z",
      validator,
      generators,
      completions: style.whole
        ? completions.map((one) => ({ ...one, sha256: hex(), files: [{ name: "index.html", content: page(random) }] }))
        : completions,
      ...(kind === "trap" ? { negative: generators[1] ?? validator } : {}),
      ...(style.invited ? { discriminators: invited } : {}),
      votes,
      ...(style.whole ? { prompt: prose(random, 80), commitment: hex(), proofs: votes.map(() => proof(hex)) } : {}),
    };
  };
}

function timeOf(random: Random, milliseconds: boolean): string {
  const two = (): string => String(below(random, 60)).padStart(2, "0");
  const fraction = milliseconds ? `.${String(below(random, 1_000)).padStart(3, "0")}` : "";
  return `2026-01-01T0${1 + below(random, 5)}:${two()}:${two()}${fraction}Z`;
}

const prose = (random: Random, words: number): string =>
  `“${Array.from({ length: words }, () => pick(random, WORDS)).join(" ")}”`;

const page = (random: Random): string =>
  `<!doctype html>\n<title>${prose(random, 3)}</title>\n<style>\n  p { color: "red" }\n</style>\n<p>${prose(random, 150)}</p>\n`;

const proof = (hex: () => string): object => ({
  scheme: "btauth/1",
  nonce: "1767225600000",
  signature: `0x${hex()}${hex()}`,
});

/**
 * Writes a log of at least that many bytes.
 *
 * @param shape - JSON Lines, one array, or one object.
 * @returns How many tasks it holds.
 */
export function writeLog(file: string, style: LogStyle, shape: "lines" | "array" | "object", bytes: number): number {
  const make = taskMaker(style);
  const [before, between, after] = {
    lines: ["", "\n", "\n"],
    array: ["[", ",\n", "]\n"],
    object: ['{"format":"colosseum/tasks@1","tasks":[', ",", "]}"],
  }[shape] as [string, string, string];
  const out = openSync(file, "w");
  let written = 0;
  let count = 0;
  while (written < bytes) {
    const batch: string[] = [];
    for (let size = 0; size < 1 << 20; count++) {
      const text = JSON.stringify(make(count));
      size += text.length;
      batch.push(text);
    }
    written += writeSync(out, (written === 0 ? before : between) + batch.join(between));
  }
  writeSync(out, after);
  closeSync(out);
  return count;
}
