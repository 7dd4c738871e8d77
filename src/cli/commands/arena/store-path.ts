import { join } from "node:path";

/** Where the arena's store of this state folder stands. */
export const arenaStorePath = (stateDir: string): string => join(stateDir, "arena", "posts.db");
