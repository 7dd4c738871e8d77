import { isJsonObject, type JsonObject } from "../base/json-object.ts";
import { showFound } from "../mechanism/task-problem.ts";
import type { Duel } from "../ratings/battles.ts";
import type { FullBatch } from "./batch.ts";
import { LogBatches } from "./log-batches.ts";
import { InvalidLogError } from "./log-error.ts";
import { type LogInput, openSource } from "./log-source.ts";
import { RecordReader, recordsOf } from "./record-reader.ts";

/** `winner` in the words of the arenas that publish battles. */
const OUTCOMES: ReadonlyMap<string, "wins" | "losses" | "ties"> = new Map([
  ["model_a", "wins"],
  ["a", "wins"],
  ["model_b", "losses"],
  ["b", "losses"],
  ["tie", "ties"],
  ["tie (bothbad)", "ties"],
  ["tie(bothbad)", "ties"],
  ["bothbad", "ties"],
  ["both_bad", "ties"],
]);

/** One foreign battle, or why it says nothing: the same player on both sides. */
export type ForeignBattle = Duel | "self";

/**
 * Foreign battles one by one: JSON Lines (or one JSON list) of `{model_a, model_b, winner}`, `winner` being `model_a`,
 * `model_b`, `tie`, `tie (bothbad)`, or one of the two names. Other fields pass. Each is a battle of its own.
 *
 * @throws ColosseumError `battles.invalid` (12) naming file, line and field; `log.*` (12), `input.*` (14).
 */
export async function* foreignBattles(input: LogInput, signal?: AbortSignal): AsyncGenerator<ForeignBattle> {
  await using source = await openSource(input);
  const log = new LogBatches(source);
  for await (const batch of log.batches()) {
    signal?.throwIfAborted();
    if (batch.kind === "broken") {
      const place = { file: log.name, path: batch.index === undefined ? "" : `[${batch.index}]` };
      throw invalid(batch.line === undefined ? place : { ...place, line: batch.line }, "", batch.expected, batch.found);
    }
    yield* battlesOf(log.name, batch);
    log.recycle(batch.bytes.buffer as ArrayBuffer);
  }
}

interface Place {
  readonly file: string;
  readonly line?: number;
  readonly path: string;
}

function* battlesOf(file: string, batch: FullBatch): Generator<ForeignBattle> {
  const [from, to] = batch.kind === "lines" ? [batch.from, batch.to] : [0, batch.spans.at(-1) ?? 0];
  const reader = new RecordReader(batch.bytes, from, to);
  for (const place of recordsOf(batch)) {
    const where: Place =
      batch.kind === "lines"
        ? { file, line: batch.line + place.offset, path: "" }
        : { file, path: `[${batch.index + place.offset}]` };
    const read = reader.read(place);
    if ("problem" in read) throw invalid(where, "", "a battle in JSON", read.problem.found);
    yield toBattle(read.value, where);
  }
}

function toBattle(value: unknown, where: Place): ForeignBattle {
  if (!isJsonObject(value)) {
    throw invalid(where, "", "a battle, an object", showFound(value));
  }
  const fields = value;
  const first = name(fields, "model_a", where);
  const second = name(fields, "model_b", where);
  const winner = fields["winner"];
  const outcome =
    winner === first
      ? "wins"
      : winner === second
        ? "losses"
        : typeof winner === "string"
          ? OUTCOMES.get(winner)
          : undefined;
  if (outcome === undefined) {
    throw invalid(where, "winner", '"model_a", "model_b", "tie" or one of the two names', showFound(winner));
  }
  if (first === second) return "self";
  return { first, second, wins: 0, losses: 0, ties: 0, [outcome]: 1 };
}

function name(fields: JsonObject, key: string, where: Place): string {
  const value = fields[key];
  if (typeof value === "string" && value !== "") return value;
  throw invalid(where, key, "a player's name", showFound(value));
}

const invalid = (place: Place, path: string, expected: string, found: string): InvalidLogError =>
  new InvalidLogError("battles.invalid", place, { path, id: undefined, expected, found });
