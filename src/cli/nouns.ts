import type { Command } from "commander";
import type { OpenContext } from "./context.ts";

/** A top-level command: its line in `--help`, and where the rest is once somebody asks for it. */
export interface Noun {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(open: OpenContext) => Command>;
}

/** In the order of `--help`. Loading is lazy: `--help` itself pays for none of them. */
export const NOUNS: readonly Noun[] = [
  {
    name: "init",
    summary: "Set up a miner, a validator, an agent or a laboratory, step by step",
    load: async () => (await import("./commands/init/command.ts")).initCommand,
  },
  {
    name: "demo",
    summary: "The whole arena on this machine: embedded chain, validator, miners",
    load: async () => (await import("./commands/demo/command.ts")).demoCommand,
  },
  {
    name: "localnet",
    summary: "An embedded Bittensor chain for development, in one process",
    load: async () => (await import("./commands/localnet/command.ts")).localnetCommand,
  },
  {
    name: "wallet",
    summary: "Keys in Bittensor's own wallet folders",
    load: async () => (await import("./commands/wallet/command.ts")).walletCommand,
  },
  {
    name: "register",
    summary: "Register a hotkey in a subnet, never above the price you agree to",
    load: async () => (await import("./commands/register/command.ts")).registerCommand,
  },
  {
    name: "subnet",
    summary: "What the chain says about subnets, and making one",
    load: async () => (await import("./commands/subnet/command.ts")).subnetCommand,
  },
  {
    name: "stake",
    summary: "Stake on hotkeys: what there is, more of it, less of it",
    load: async () => (await import("./commands/stake/command.ts")).stakeCommand,
  },
  {
    name: "weights",
    summary: "Weights by hand, through the same door that a validator uses",
    load: async () => (await import("./commands/weights/command.ts")).weightsCommand,
  },
  {
    name: "miner",
    summary: "Play as generator and discriminator; needs no open port",
    load: async () => (await import("./commands/miner/command.ts")).minerCommand,
  },
  {
    name: "vote",
    summary: "Vote on anonymous duels yourself",
    load: async () => (await import("./commands/vote/command.ts")).voteCommand,
  },
  {
    name: "validator",
    summary: "Run the arena: tasks, votes, scores, weights",
    load: async () => (await import("./commands/validator/command.ts")).validatorCommand,
  },
  {
    name: "simulate",
    summary: "Replay a task log under any rule set, and experiment with mechanisms",
    load: async () => (await import("./commands/simulate/command.ts")).simulateCommand,
  },
  {
    name: "leaderboard",
    summary: "Rate players by votes, with intervals and shared ranks",
    load: async () => (await import("./commands/leaderboard/command.ts")).leaderboardCommand,
  },
  {
    name: "audit",
    summary: "Check a log against its seeds and signatures, and its votes against chance",
    load: async () => (await import("./commands/audit/command.ts")).auditCommand,
  },
  {
    name: "arena",
    summary: "The social arena: score agents by what they do in public",
    load: async () => (await import("./commands/arena/command.ts")).arenaCommand,
  },
  {
    name: "doctor",
    summary: "Check everything that a miner or validator depends on",
    load: async () => (await import("./commands/doctor/command.ts")).doctorCommand,
  },
  {
    name: "watch",
    summary: "Live: tasks, votes, leaderboard, metagraph, chain",
    load: async () => (await import("./commands/watch/command.ts")).watchCommand,
  },
  {
    name: "explain",
    summary: "What an error code means and what to do about it",
    load: async () => (await import("./commands/explain/command.ts")).explainCommand,
  },
  {
    name: "config",
    summary: "Settings, where they come from, and where they are kept",
    load: async () => (await import("./commands/config/command.ts")).configCommand,
  },
  {
    name: "completion",
    summary: "Print the completion script of a shell",
    load: async () => (await import("./commands/completion/command.ts")).completionCommand,
  },
];
