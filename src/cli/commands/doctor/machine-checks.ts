import { existsSync } from "node:fs";
import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Context } from "../../context.ts";
import { VERSION } from "../../version.ts";
import type { ChainFacts } from "./chain-checks.ts";
import { type Finding, fail, ok, warn } from "./check.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** The Node that the long-running commands need. @param version - Without the v. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= 26 || (major === 24 && minor >= 15)) return ok(`Node ${version}.`);
  return fail(
    `Node ${version} is too old: miners, validators and the embedded chain need 24.15 or newer.`,
    "Install the current Node from nodejs.org.",
  );
}

export const nodeCheck = (): Finding => nodeFinding(process.versions.node);

/** The nearest folder above (or at) a path that is there. */
function standing(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Whether state can be kept where it belongs. */
export async function stateCheck(ctx: Context): Promise<Finding> {
  for (const folder of [ctx.paths.stateDir, ctx.paths.cacheDir]) {
    const there = standing(folder);
    try {
      // A file in the place of a folder fails as well: it cannot be searched.
      await access(`${there}/.`, constants.W_OK | constants.X_OK);
    } catch {
      return fail(
        `Nothing can be kept in ${folder}: ${there} cannot be written.`,
        "Mend its owner and rights, or keep everything elsewhere with --home DIR.",
      );
    }
  }
  return ok(`State is kept in ${ctx.paths.stateDir}.`);
}

/** How much room is left, in bytes, and what that means. */
export function diskFinding(free: number, place: string): Finding {
  const room = free >= GIB ? `${(free / GIB).toFixed(1)} GiB` : `${Math.floor(free / MIB)} MiB`;
  if (free < 100 * MIB)
    return fail(`Only ${room} are left on the disk of ${place}.`, "Make room before starting anything.");
  if (free < GIB) return warn(`${room} are left on the disk of ${place}.`, "Make room: stores and logs grow.");
  return ok(`${room} are left on the disk of ${place}.`);
}

export async function diskCheck(ctx: Context): Promise<Finding> {
  const { bavail, bsize } = await statfs(standing(ctx.paths.stateDir));
  return diskFinding(bavail * bsize, ctx.paths.stateDir);
}

/** This version, against what the subnet asks of those who set weights. */
export function versionCheck({ metagraph }: ChainFacts): Finding {
  const wanted = metagraph?.weightsVersion ?? 0n;
  const here = `colosseum ${VERSION}`;
  if (metagraph === undefined)
    return ok(`${here}. Whether there is a newer one is not looked for, and nothing is ever installed by itself.`);
  return ok(
    `${here}; subnet ${metagraph.netuid} takes weights of version ${wanted}, which is sent as it is asked for.`,
  );
}
