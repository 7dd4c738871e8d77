import { z } from "zod";
import { execFilesSchema, execJudgementSchema, execRequestSchema } from "../src/brains/exec-messages.ts";
import { envelope, failureShape, SHAPES } from "../src/cli/shapes.ts";
import { taskLogSchema } from "../src/mechanism/task-log-schema.ts";

/** A reader must live with fields that a later version adds, so no schema forbids them. */
const open = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === "additionalProperties" && item === false ? [] : [[key, open(item)]],
    ),
  );
};

function schemaText(title: string, shape: z.ZodType): string {
  const made = open(z.toJSONSchema(shape, { target: "draft-2020-12" })) as Record<string, unknown>;
  const { $schema, ...rest } = made;
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}

/** `schemas/*.json`: of each command's one object (`wallet-list.json`) and JSON lines (`localnet.events.json`). */
export function schemaFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const put = (name: string, title: string, shape: z.ZodType): void => {
    files.set(`schemas/${name}.json`, schemaText(title, shape));
  };
  for (const [words, { data, events }] of Object.entries(SHAPES)) {
    const command = `colosseum ${words}`.trim();
    const name = words === "" ? "colosseum" : words.replaceAll(" ", "-");
    if (data !== undefined) put(name, `What ${command} --json prints`, envelope(data));
    if (events !== undefined) put(`${name}.events`, `Each line that ${command} --json prints`, events);
  }
  put("brain-request", "What an exec: brain reads on its standard input", execRequestSchema);
  put("brain-files", "What an exec: brain prints for generate", execFilesSchema);
  put("brain-judgement", "What an exec: brain prints for judge", execJudgementSchema);
  put("error", "What any command prints on stderr with --json when it fails", failureShape);
  put("task-log", "A task log, colosseum/tasks@1", taskLogSchema);
  return files;
}
