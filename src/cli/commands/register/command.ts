import { Command } from "commander";
import { type Coldkey, type Hotkey, toColdkey, toHotkey } from "../../../base/ids.ts";
import { shortAddress } from "../../../base/text.ts";
import { formatTao, parseTao, showDuration, showTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { RegistrationQuote } from "../../../chain/registration.ts";
import type { Context, OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, hotkeyAddress, openColdkey } from "../../open-wallet.ts";

interface RegisterFlags {
  readonly maxCost?: bigint;
  readonly passwordFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum register --netuid 1 --dry-run
  $ colosseum register --netuid 1 -w miner -H default --max-cost 0.5
`;

/** `register`: the hotkey onto the subnet, never above the price that was agreed to. */
export const registerCommand = (open: OpenContext): Command =>
  new Command("register")
    .description("Register the hotkey (-H) in a subnet; the coldkey (-w) pays")
    .option("--max-cost <tao>", "never pay more than this (default: the price now)", parseTao)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText("before", EXAMPLES)
    .action(async (options: RegisterFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const [hotkey, coldkey] = [toHotkey(await hotkeyAddress(ctx)), toColdkey(await coldkeyAddress(ctx))];
      const client = await openChain(ctx);
      const { quoteRegistration, refuseRegistration, refuseTooPoor, tooPoor } = await import(
        "../../../chain/registration.ts"
      );
      const quote = await quoteRegistration(client, netuid, hotkey, coldkey);
      const maxCostRao = options.maxCost ?? quote.priceRao;
      refuseRegistration(quote, hotkey, maxCostRao);
      if (ctx.flags.dryRun) {
        // Asking for the price is what somebody does who has nothing yet.
        const refusal = tooPoor(quote, hotkey);
        if (refusal !== undefined) ctx.out.warn(refusal);
        const data = {
          wouldPayTao: formatTao(quote.priceRao),
          maxCostTao: formatTao(maxCostRao),
          block: quote.block,
        };
        const blockTimeMs = ctx.flags.json ? 0 : await client.blockTimeMs();
        ctx.out.result(data, () => `${drawQuote(quote, blockTimeMs)}\nNothing was sent.`);
        return;
      }
      refuseTooPoor(quote, hotkey);
      await agreeOnFinney(ctx, client, `register ${hotkey} in subnet ${netuid} for at most ${showTao(maxCostRao)}`);
      await send(ctx, client, { netuid, hotkey, coldkey, maxCostRao }, options);
    });

interface Wanted {
  readonly netuid: RegistrationQuote["netuid"];
  readonly hotkey: Hotkey;
  readonly coldkey: Coldkey;
  readonly maxCostRao: bigint;
}

async function send(ctx: Context, client: ChainClient, wanted: Wanted, flags: RegisterFlags): Promise<void> {
  const { netuid, hotkey, maxCostRao } = wanted;
  const coldkey = await openColdkey(ctx, flags);
  ctx.out.status(`Registering in subnet ${netuid} for at most ${showTao(maxCostRao)}…`);
  const { register } = await import("../../../chain/registration.ts");
  const made = await register(client, coldkey, { netuid, hotkey, maxCostRao });
  const { uid, block, extrinsic } = made;
  ctx.out.result(
    { netuid, hotkey, uid, costTao: formatTao(made.costRao), block, extrinsic },
    () => `Registered in subnet ${netuid} as uid ${uid}, for ${showTao(made.costRao)} (block ${block}).`,
  );
  ctx.out.next(`colosseum miner start --netuid ${netuid}`);
}

/** The price, how it falls, and what a full subnet means for the newcomer. */
function drawQuote(quote: RegistrationQuote, blockTimeMs: number): string {
  const { netuid, halfLifeBlocks, immunityPeriod } = quote;
  const time = (blocks: number): string => `${blocks} blocks (${showDuration(blocks * blockTimeMs)})`;
  const lines = [`A slot in subnet ${netuid} costs ${showTao(quote.priceRao)} at block ${quote.block}.`];
  if (halfLifeBlocks > 0) lines.push(`It falls by half every ${time(halfLifeBlocks)}; a registration raises it.`);
  if (quote.replaces === undefined) {
    lines.push(`${quote.n} of ${quote.maxUids} slots are taken, so nobody has to go.`);
  } else {
    const { uid, hotkey, emissionRao } = quote.replaces;
    lines.push(
      `The subnet is full: uid ${uid} (${shortAddress(hotkey)}) would be replaced.`,
      `It earned least in the last epoch: ${formatTao(emissionRao)} alpha.`,
    );
  }
  lines.push(
    `A newcomer cannot be replaced for ${time(immunityPeriod)}.`,
    "After that, whoever earned least in the last epoch goes first.",
  );
  return lines.join("\n");
}
