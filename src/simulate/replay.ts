import type { Instant } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import { repeatableInput } from "./repeatable-input.ts";
import { needsNewest, type Replay, type ReplayOptions } from "./replay-options.ts";
import { ReplayPass } from "./replay-pass.ts";

/**
 * Replays a log of any shape and size through the rule sets, with memory that does not grow with it.
 * The result is the same to the last bit for any number of workers.
 *
 * @throws ColosseumError `log.*` (12) for what the log says, `input.*` (14) for the file; what `rules` throws.
 */
export async function replayLog(options: ReplayOptions): Promise<Replay> {
  await using input = await repeatableInput(options.input, options.signal);
  let rules: readonly RuleSet[] | undefined;
  let newest: Instant | undefined;
  let slices = true;
  for (;;) {
    options.signal?.throwIfAborted();
    await using source = await input.open();
    const pass = new ReplayPass(options, source, rules, newest);
    pass.onDecided = (again) => {
      if (!again) input.once();
    };
    const replay = await pass.run(slices);
    if (replay === "misfit") {
      slices = false;
      continue;
    }
    // A header may stand behind the tasks, and a window ends at the newest of them: both are known only now.
    const right = rules ?? options.rules(replay.header);
    const measured = newest === undefined && needsNewest(right, options.until);
    if (JSON.stringify(right) === JSON.stringify(pass.rules) && !measured) return replay;
    rules = right;
    newest = pass.newest ?? { seconds: 0, nanos: 0 };
  }
}
