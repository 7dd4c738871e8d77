import { connect } from "node:net";
import type { Context } from "./context.ts";

/** What is there when somebody types the name of the program and nothing else. */
export interface Arrival {
  readonly wallets: number;
  readonly network: string;
  readonly netuid: string | null;
  /** Something listens where a chain of this machine would; null: another network was chosen, nobody was asked. */
  readonly localChain: boolean | null;
}

/** One line of advice. */
export interface Suggestion {
  readonly command: string;
  readonly why: string;
}

/** How long the look for a local chain may take: a loopback connection is there at once or not at all. */
const LOOK_MS = 150;

/** What to do next, shaped by what is there; the first one fits best. */
export function suggestionsFor({ wallets, network, netuid, localChain }: Arrival): Suggestion[] {
  const demo = { command: "colosseum demo", why: "a whole arena on this machine, nothing to set up" };
  const init = { command: "colosseum init", why: "set up a miner, validator or agent, step by step" };
  const laboratory = { command: "colosseum simulate --help", why: "replay logs, try rules on populations" };
  const vote = { command: "colosseum vote --demo", why: "vote in that demo, from a second terminal" };
  if (wallets === 0) return [demo, vote, init, laboratory];
  const chain: Suggestion[] = [];
  if (localChain === true) chain.push({ command: "colosseum localnet status", why: "your embedded chain is running" });
  if (localChain === false)
    chain.push({ command: "colosseum localnet", why: "start a chain of your own: none runs here" });
  if (netuid === null) return [...chain, init, demo, laboratory];
  const on = `subnet ${netuid} on ${network}`;
  return [
    { command: "colosseum miner start", why: `mine in ${on}` },
    { command: "colosseum miner status", why: "what was earned, and how safe the slot is" },
    { command: "colosseum vote", why: "vote on duels yourself" },
    { command: "colosseum validator start", why: `run the arena of ${on}` },
    ...chain,
  ];
}

/** `colosseum` alone: says in a few lines what to do next. Writes nothing to the disk. */
export async function greet(ctx: Context): Promise<void> {
  const { listWallets } = await import("../wallet/folder.ts");
  const network = ctx.config.network.value ?? "local";
  const arrival: Arrival = {
    wallets: (await listWallets(ctx.paths.walletDir, () => undefined).catch(() => [])).length,
    network,
    netuid: ctx.config.netuid.value ?? null,
    localChain: network === "local" ? await listens(9_944) : null,
  };
  const suggestions = suggestionsFor(arrival);
  ctx.out.result({ ...arrival, suggestions }, () => {
    const { wallets } = arrival;
    const greeting =
      wallets === 0
        ? "Welcome. There is no wallet here yet, and none is needed to look around:"
        : `Welcome back: ${wallets} wallet${wallets === 1 ? "" : "s"}, network ${network}. What next?`;
    const width = Math.max(...suggestions.map(({ command }) => command.length));
    return [
      "colosseum: arenas on Bittensor. Run them, replay them, prove them.",
      "",
      greeting,
      "",
      ...suggestions.map(({ command, why }) => `  ${command.padEnd(width)}  ${why}`),
      "",
      "All commands: colosseum --help. Is everything in order: colosseum doctor",
    ].join("\n");
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: LOOK_MS });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => end(true));
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });
}
