import { openSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryOf, type ListBoundary } from "../../../src/simulate/list-boundary.ts";
import { type SlicePlan, sliceCount } from "../../../src/simulate/slice-plan.ts";
import { type ReadSlice, readSlice } from "../../../src/simulate/slice-reader.ts";
import { tempFile } from "./log-files.ts";

/** Memory that grows and keeps what it holds, as the scanner's does. */
function memory(): (length: number) => Buffer {
  let bytes = Buffer.alloc(8);
  return (length) => {
    if (length > bytes.length) bytes = Buffer.concat([bytes], length);
    return bytes;
  };
}

function slicesOf(content: string, from: number, size: number, boundary?: ListBoundary): ReadSlice[] {
  const fd = openSync(tempFile("log", content), "r");
  const plan: SlicePlan = { fd, from, to: Buffer.byteLength(content), size, boundary };
  return Array.from({ length: sliceCount(plan) }, (_, index) => readSlice(plan, index, memory()));
}

const textOf = (slice: ReadSlice): string =>
  slice.state === "records" ? slice.bytes.toString("utf8", slice.start, slice.end) : "";

describe("readSlice", () => {
  it("finds every line of a file in exactly one slice, wherever the slices are cut", () => {
    const lines = fc.array(fc.constantFrom("", "\r", "é", "{}", "[1,2,3]", "x".repeat(40)), { maxLength: 30 });
    fc.assert(
      fc.property(lines, fc.boolean(), fc.integer({ min: 1, max: 60 }), (parts, ended, size) => {
        const content = parts.join("\n") + (ended ? "\n" : "");
        expect(slicesOf(`head\n${content}`, 5, size).map(textOf).join("")).toBe(content);
      }),
      { numRuns: 200 },
    );
  });

  it("finds the tasks of a list in exactly one slice, and leaves the list's end to others", () => {
    const task = (index: number): string => `{"id":"${index}","votes":[{"at":"2026-01-01T00:00:00Z"}]}`;
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.constantFrom(",", ",\n", " ,  "),
        fc.integer({ min: 20, max: 200 }),
        (count, between, size) => {
          const tasks = Array.from({ length: count }, (_, index) => task(index));
          const content = `[${tasks.join(between)}], "more": 1}`;
          const first = content.indexOf(task(1));
          const boundary = boundaryOf(Buffer.from(content), [1, 1 + task(0).length, first, first + task(1).length]);
          const slices = slicesOf(content, first, size, boundary);
          const tail = slices.filter(({ state }) => state === "tail");
          const read = slices.map(textOf).join("");
          expect(tail).toEqual([{ state: "tail", position: first + Buffer.byteLength(read) }]);
          expect(content.slice(first)).toBe(read + content.slice(first + read.length));
          expect(content.slice(first + read.length)).toContain("]}], ");
        },
      ),
      { numRuns: 200 },
    );
  });

  it("does not tell what is in a slice whose last record has no end in sight", () => {
    const content = `short\n${"x".repeat(10 << 20)}\nshort\n`;
    expect(slicesOf(content, 0, 1 << 20)[0]?.state).toBe("misfit");
  });
});
