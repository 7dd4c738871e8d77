import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { z } from "zod";
import { envelope, failureShape, SHAPES } from "../../src/cli/shapes.ts";
import type { CliRun } from "./run-cli.ts";

/** The longest run of words that names a command: `wallet hotkey add` of `wallet hotkey add h2 --json`. */
export function commandOf(args: readonly string[]): string {
  const words = args.filter((arg) => !arg.startsWith("-"));
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const name = words.slice(0, count).join(" ");
    if (name in SHAPES) return name;
  }
  return "";
}

/** The schema as it is committed, for what a reader in another language would check. */
const committed = (name: string): z.ZodType =>
  z.fromJSONSchema(JSON.parse(readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), "utf8")));

const fileName = (command: string): string => (command === "" ? "colosseum" : command.replaceAll(" ", "-"));

function matches(shape: z.ZodType, value: unknown, what: string): void {
  const checked = shape.safeParse(value);
  expect(checked.success ? "" : `${what}\n${z.prettifyError(checked.error)}\n${JSON.stringify(value)}`).toBe("");
}

/** Checks one finished `--json` run against the shape declared beside its command and the committed schema. */
export function keepsContract(args: readonly string[], run: CliRun): unknown {
  const command = commandOf(args);
  const label = `colosseum ${args.join(" ")}`;
  if (run.stdout === "") {
    matches(failureShape, JSON.parse(run.stderr), label);
    matches(committed("error"), JSON.parse(run.stderr), label);
    expect([2, 10, 12, 13, 14, 15], label).toContain(run.code);
    return undefined;
  }
  expect([0, 3], `${label}\n${run.stderr}`).toContain(run.code);
  expect(run.stdout.endsWith("}\n") && run.stdout.indexOf("\n") === run.stdout.length - 1, label).toBe(true);
  const printed = JSON.parse(run.stdout) as { data: unknown };
  const shape = SHAPES[command]?.data;
  if (shape === undefined) throw new Error(`no shape of "${command}": declare it in the command's shapes.ts`);
  matches(envelope(shape), printed, label);
  matches(committed(fileName(command)), printed, label);
  return printed.data;
}

/** Checks the JSON lines of a command that goes on. @returns The types that were seen. */
export function keepsLineContract(command: string, stdout: string): string[] {
  const shape = SHAPES[command]?.events;
  if (shape === undefined) throw new Error(`no lines of "${command}" are declared`);
  const schema = committed(`${fileName(command)}.events`);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const printed = JSON.parse(line) as { type: string };
    matches(shape, printed, `a line of colosseum ${command}`);
    matches(schema, printed, `a line of colosseum ${command}`);
    return printed.type;
  });
}
