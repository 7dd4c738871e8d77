import { basename, dirname, join, resolve } from "node:path";
import { Command, Option } from "commander";
import { shellWord } from "../../../base/shell-word.ts";
import { formatTao } from "../../../base/units.ts";
import { type Network, parseNetwork } from "../../../chain/networks.ts";
import type { BlockTime } from "../../../localnet/engine/producer.ts";
import type { ForkedSubnet } from "../../../localnet/fork/forked-subnet.ts";
import type { Localnet } from "../../../localnet/server.ts";
import type { Context, OpenContext } from "../../context.ts";
import { VERSION } from "../../version.ts";
import { parseAccounts, parseBlockTime, parsePort } from "./block-time.ts";
import { forkedSubnet } from "./forked-subnet.ts";
import { keepSaved } from "./keep-saved.ts";

interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly blockTime: BlockTime;
  readonly accounts: number;
  readonly state?: string;
  readonly fork?: Network;
  readonly wallets?: string;
}

const DEFAULT_HOST = "127.0.0.1";
const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127\./.test(host);

const openToAll = (host: string) => ({
  code: "localnet.open-to-all",
  message: `The chain listens on ${host}: whoever reaches it can use its keys, its faucet and its clock.`,
});

export const localnetStart = (open: OpenContext): Command =>
  new Command("start")
    .description("Start the embedded chain (the default of `localnet`)")
    .option("--port <port>", "port for JSON-RPC; 0 takes a free one", parsePort, 9_944)
    .option("--host <host>", "address to listen on", DEFAULT_HOST)
    .addOption(
      new Option("--block-time <time>", "10ms … 1h, instant or manual").argParser(parseBlockTime).default(250, "250ms"),
    )
    .option("--accounts <n>", "how many named accounts get a million TAO", parseAccounts, 10)
    .option("--state <file>", "go on from this file if it is there, and keep the chain in it")
    .option("--fork <endpoint>", "begin with a copy of the subnet of --netuid on this network", parseNetwork)
    .option("--wallets <dir>", "write the named accounts there as wallets in Bittensor's format")
    .addHelpText(
      "before",
      `Examples:
  $ colosseum localnet
  $ colosseum localnet --port 0 --json
  $ colosseum localnet --block-time instant --state chain.json
  $ colosseum localnet --wallets ./wallets
  $ colosseum localnet --fork finney --netuid 52 --state fork.json
`,
    )
    .action(async (options: StartFlags, command: Command) => {
      await using ctx = await open(command);
      const { startLocalnet } = await import("../../../localnet/server.ts");
      const { clearTornWrites, readState } = await import("../../../localnet/state-file.ts");
      const file = options.state === undefined ? undefined : resolve(ctx.io.cwd, options.state);
      if (file !== undefined) {
        await holdStateFile(ctx, file);
        await clearTornWrites(file);
      }
      const state = file === undefined ? undefined : await readState(file);
      if (!isLoopback(options.host)) ctx.out.warn(openToAll(options.host));
      const fork = await forkedSubnet(ctx, options.fork, state !== undefined);
      const { port, host, blockTime, accounts } = options;
      const localnet = await startLocalnet({
        port,
        host,
        blockTime,
        accounts,
        clock: ctx.clock,
        version: VERSION,
        ...(state === undefined ? {} : { state }),
        ...(fork === undefined ? {} : { fork }),
      });
      ctx.defer(() => localnet.stop());
      const wallets = options.wallets === undefined ? undefined : resolve(ctx.io.cwd, options.wallets);
      if (wallets !== undefined) {
        const { writeDevWallets } = await import("./dev-wallets.ts");
        await writeDevWallets(wallets, localnet.accounts);
      }
      if (file !== undefined) ctx.defer(keepSaved(ctx, localnet, file));
      announce(ctx, localnet, { fork, wallets });
      await untilStopped(ctx, localnet, blockTime);
      ctx.out.status("Stopping the chain…");
    });

/** Two chains that write one file would each undo the other's blocks. */
async function holdStateFile(ctx: Context, file: string): Promise<void> {
  const { lockFile } = await import("../../../store/lock.ts");
  const lock = lockFile(
    join(dirname(file), `.${basename(file)}.lock`),
    `A chain that keeps its state in ${file}`,
    "Stop the other chain first, or choose another file with --state.",
  );
  ctx.defer(() => lock[Symbol.dispose]());
}

const now = (ctx: Context): string => new Date(ctx.clock.nowMs()).toISOString();

interface Beginnings {
  readonly fork: ForkedSubnet | undefined;
  readonly wallets: string | undefined;
}

/** One line for scripts; for people where the chain is, who has money, and how to get at it. */
function announce(ctx: Context, localnet: Localnet, { fork, wallets }: Beginnings): void {
  const accounts = localnet.accounts.map(({ name, uri, address }) => ({ name, uri, address }));
  const { number } = localnet.chain.head.header;
  const ready = {
    type: "ready",
    at: now(ctx),
    url: localnet.url,
    genesis: localnet.genesisHash,
    block: number,
    mnemonic: localnet.phrase,
    accounts,
    ...(wallets === undefined ? {} : { wallets }),
    ...(fork === undefined
      ? {}
      : { fork: { endpoint: fork.endpoint, netuid: fork.netuid, block: fork.block, neurons: fork.neurons } }),
  };
  ctx.out.event(ready, () =>
    [
      `Embedded chain at ${localnet.url} (development only: one node, no consensus, published keys)`,
      `Genesis ${localnet.genesisHash}${number === 0 || fork !== undefined ? "" : `, going on from block ${number}`}`,
      ...(fork === undefined
        ? []
        : [`Subnet ${fork.netuid} with ${fork.neurons} neurons, as at block ${fork.block} of ${fork.endpoint}`]),
      "",
      ...accounts.map(({ name, address }) => `  ${name.padEnd(12)} ${address}`),
      "",
      `Each has ${formatTao(localnet.balanceRao).replace(/\.0+$/, "")} τ. Their keys are //Alice, //Bob … of this published phrase; Alice may use sudo:`,
      `  ${localnet.phrase}`,
      ...(wallets === undefined
        ? []
        : [`Their wallets, without a password: --wallet-path ${shellWord(wallets)} -w ${accounts[0]?.name ?? ""}`]),
      "",
      "Stop with Ctrl-C.",
    ].join("\n"),
  );
}

/** Shows what the chain does, until somebody ends it. */
async function untilStopped(ctx: Context, localnet: Localnet, blockTime: BlockTime): Promise<void> {
  const names = new Map(localnet.accounts.map(({ name, account }) => [account, name]));
  const interrupted = new Promise<void>((stopped) => {
    if (ctx.signal.aborted) stopped();
    ctx.signal.addEventListener("abort", () => stopped(), { once: true });
  });
  if (!ctx.liveScreen) {
    const { blockLog } = await import("./block-log.ts");
    localnet.chain.listen({ block: blockLog(ctx, names) });
    return await interrupted;
  }
  const { liveScreen } = await import("./live-screen.ts");
  const screen = await liveScreen(ctx, localnet, blockTime, names);
  await Promise.race([interrupted, screen.quit]);
  await screen.close();
}
