import type { TaskKind } from "../../../mechanism/task-log.ts";
import type { TaskType } from "../../../validator/task-types.ts";
import type { ArenaFlags } from "../arena/second-mechanism.ts";
import type { RuleFlags } from "./rules-file.ts";
import type { WatchFlags } from "./watch-over.ts";

/** What `validator start` was told. */
export interface StartFlags extends RuleFlags, WatchFlags, ArenaFlags {
  readonly listen: { readonly host: string; readonly port: number };
  readonly port?: number;
  readonly publicUrl?: string;
  readonly trustProxy?: boolean;
  readonly baseline?: string;
  readonly prompts?: string;
  readonly taskTypes?: readonly TaskType[];
  readonly proveDamage: boolean;
  readonly votersPerTask?: number;
  readonly whenEmpty: "hold" | "owner";
  readonly publish: "hashes" | "files";
  readonly generateTime?: number;
  readonly voteTime?: number;
  readonly roundsPerInterval?: number;
  readonly intervals?: number;
  readonly minMiners?: number;
  readonly firstKinds?: readonly TaskKind[];
  readonly closeEarly?: boolean;
  readonly passwordFile?: string;
}
