/**
 * `colosseum/arena`: posts → metrics → scores of the social arena.
 *
 * ```ts
 * import { formulaNamed, walkRecords } from "colosseum/arena";
 *
 * const scorer = formulaNamed("masa-v1").scorer({ windowSeconds: Infinity }, []);
 * walkRecords(JSON.parse(text), scorer); // [{Tweet, Error}], flat posts, {data: […]} …
 * console.table(scorer.finish().agents);
 * ```
 *
 * @packageDocumentation
 */
export { FLAGS, type Flag } from "../arena/flags.ts";
export { FORMULAS, type Formula, formulaNamed } from "../arena/formula.ts";
export { type MasaSettings, masaAgentRaw, masaPostScore, minMax } from "../arena/masa.ts";
export { type OddRecord, type Post, postOf, type RecordSink, walkRecords } from "../arena/posts.ts";
export type { AgentMetrics, RankedAgent } from "../arena/rank.ts";
export {
  type Agent,
  buildRegistry,
  parseRegistryCsv,
  parseRegistryJson,
  type Registry,
  type RegistryRow,
} from "../arena/registry.ts";
export type { ArenaScorer, ArenaScores, ExplainedPost, ScorerOptions } from "../arena/scorer.ts";
export type { SettingSpec, SettingSpecs } from "../arena/settings.ts";
export type { SkipReason } from "../arena/tally.ts";
