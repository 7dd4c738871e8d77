import { showDuration } from "../../../base/units.ts";
import type { WeightsFacts } from "../../../chain/weights-facts.ts";
import type { WeightsPlan } from "../../../chain/weights-plan.ts";
import type { Context } from "../../context.ts";
import { drawTable } from "../../table.ts";

/** The row of a plan as JSON has it. */
export const plannedJson = (plan: WeightsPlan) =>
  plan.weights.map(({ uid, hotkey, value }) => ({ uid, hotkey, value }));

/** uid, hotkey, score, u16 and share of a row. */
export function drawPlan(plan: WeightsPlan, width: number): string {
  const total = plan.row.values.reduce((sum, value) => sum + value, 0);
  return drawTable(
    [
      { title: "UID", align: "right" },
      { title: "HOTKEY", min: 10 },
      { title: "SCORE", align: "right", priority: 1 },
      { title: "U16", align: "right" },
      { title: "SHARE", align: "right" },
    ],
    plan.weights.map(({ uid, hotkey, score, value }) => [
      String(uid),
      hotkey,
      String(Number(score.toPrecision(6))),
      String(value),
      total === 0 ? "-" : `${((100 * value) / total).toFixed(2)} %`,
    ]),
    width,
  );
}

/** Tells of scored hotkeys that get nothing because they are not in the subnet. */
export function warnUnregistered(ctx: Context, plan: WeightsPlan, netuid: number): void {
  const [first, ...rest] = plan.unregistered;
  if (first === undefined) return;
  const others = rest.length === 0 ? "is" : `and ${rest.length} more are`;
  const byUid = /^\d+$/.test(first) ? " Scores are by hotkey; by uid: --uids 1,2 --weights 0.7,0.3" : "";
  ctx.out.warn({
    code: "weights.unregistered-hotkeys",
    message: `${first} ${others} not registered in subnet ${netuid} and left out.${byUid}`,
  });
}

/** "now", or "in 37 blocks (7 min 24 s)". */
export const whenAllowed = (blocks: number, facts: WeightsFacts): string =>
  blocks === 0
    ? "now"
    : `in ${blocks} ${blocks === 1 ? "block" : "blocks"} (${showDuration(blocks * facts.blockTimeMs)})`;
