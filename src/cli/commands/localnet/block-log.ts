import { Chalk } from "chalk";
import type { Block } from "../../../localnet/engine/block.ts";
import type { Made } from "../../../localnet/engine/chain.ts";
import type { Context } from "../../context.ts";
import { accountText, callText, eventText, isUsual, type Names } from "./describe-values.ts";

/**
 * Tells of blocks as lines, in colour at a terminal, or as JSON: those that hold somebody's extrinsic, each extrinsic with
 * who sent it and what came of it; with -v their events and every block.
 */
export function blockLog(ctx: Context, names: Names): (block: Block, made: Made) => void {
  const paint = new Chalk({ level: ctx.flags.color && ctx.io.stdout.isTTY === true ? 1 : 0 });
  const verbose = ctx.flags.verbose > 0;
  return ({ header, hash }, { outcomes, events, changes }) => {
    const at = new Date(ctx.clock.nowMs()).toISOString();
    const number = paint.magenta(`#${header.number}`);
    if (changes === undefined) {
      ctx.out.event(
        { type: "replaced", at, block: header.number, hash },
        () => `${number} ${paint.yellow("is the newest block again")}`,
      );
      return;
    }
    if (outcomes.length === 0 && !verbose) return;
    const extrinsics = outcomes.map(({ extrinsic, failure }) => ({
      call: `${extrinsic.call.pallet}.${extrinsic.call.name}`,
      hash: extrinsic.hash,
      error: failure?.message ?? null,
    }));
    ctx.out.event({ type: "block", at, block: header.number, hash, extrinsics }, () => {
      const lines = outcomes.map(({ extrinsic, failure }, index) => {
        const sign = failure === undefined ? paint.green("ok    ") : paint.red("failed");
        const who = extrinsic.author === undefined ? "" : accountText(extrinsic.author.who, names);
        const reason = failure === undefined ? "" : paint.red(` ${failure.message}`);
        const [name = "", ...args] = callText(extrinsic.call, names).split(" ");
        const line = `${number} ${sign} ${paint.cyan(who.padEnd(12))} ${name} ${paint.dim(args.join(" "))}${reason}`;
        // Extrinsic 0 of every block is its timestamp.
        return [line.trimEnd(), ...(verbose ? eventLines(index + 1) : [])].join("\n");
      });
      return outcomes.length === 0 ? `${number} ${paint.dim(hash)}` : lines.join("\n");
    });

    function eventLines(index: number): string[] {
      return events
        .filter(({ phase }) => phase.type === "ApplyExtrinsic" && phase.value === index)
        .filter(({ pallet, name }) => !isUsual(pallet, name))
        .map(({ pallet, name, fields }) => paint.dim(`         ${eventText(pallet, name, fields, names)}`));
    }
  };
}
