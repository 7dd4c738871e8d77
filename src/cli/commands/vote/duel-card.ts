import type { Duel } from "../../../miner/booth.ts";
import { pageOutline } from "../../../pages/outline.ts";
import type { DuelCard } from "../../../ui/duel-state.ts";

const sourceOf = (files: Duel["a"]): string[] =>
  // Outputs are filled up with spaces to one size; nobody wants to scroll through these.
  files.flatMap(({ name, content }) => [`--- ${name} ---`, ...content.trimEnd().split("\n")]);

/** A duel as lines to read. @param worth - What a vote on it may earn, in comparison. */
export const duelCard = (duel: Duel, worth: number): DuelCard => ({
  key: duel.key,
  prompt: duel.prompt,
  a: pageOutline(duel.a),
  b: pageOutline(duel.b),
  sourceA: sourceOf(duel.a),
  sourceB: sourceOf(duel.b),
  expiresAtMs: duel.expiresAtMs,
  worth,
});
