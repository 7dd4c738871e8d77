import type { Explanations } from "./explanation.ts";

export const chainExplanations: Explanations = {
  "chain.unreachable": {
    means: "No endpoint of the chosen network could be connected to.",
    act: "Start an embedded chain with colosseum localnet, check the connection, or name other endpoints with --network.",
    see: "colosseum config list --origin",
  },
  "chain.deadline": {
    means: "The chain took the question and did not answer in time.",
    act: "Try again, or use another endpoint. After a transaction, look first whether it arrived.",
  },
  "chain.no-new-blocks": {
    means: "The line to the chain is up, but no new block came for a minute.",
    act: "Wait: the next endpoint is tried by itself. With one endpoint only, name more of them: --network ws://…,ws://…",
  },
  "chain.not-a-chain": {
    means: "Something listens at the endpoint, but it does not speak the JSON-RPC of a chain.",
    act: "Check host and port; a subtensor node listens for ws:// on 9944.",
  },
  "chain.rpc-error": {
    means: "The node answered with an error of its own, given in the message.",
    act: "The node may be too old or restrict this method: try another endpoint.",
  },
  "chain.interrupted": {
    means: "The connection broke while something was on its way that must not be sent twice.",
    act: "Look on the chain whether it arrived before you try again.",
  },
  "chain.closed": {
    means: "The connection was closed by colosseum itself, usually because it was told to stop.",
    act: "Run the command again if you want the answer.",
  },
  "chain.bad-argument": {
    means: "A value does not fit the type that the chain's call takes.",
    act: "Check amounts and addresses.",
  },
  "chain.unsupported": {
    means: "The chain's metadata has no such call, storage or runtime API.",
    act: "The chain is older or newer than colosseum knows; update, or use another network.",
  },
  "chain.unexpected-shape": {
    means: "The chain's answer has another shape than its own metadata promises.",
    act: "Try another endpoint of the same network; report it if it stays.",
  },
  "chain.wrong-network": {
    means: "The endpoint belongs to another chain than the network that was named.",
    act: "Leave the network's name away for this endpoint, or use one of its own endpoints.",
  },
  "chain.subnet-not-exists": {
    means: "The chain has no subnet of this number.",
    act: "Choose one that exists.",
    see: "colosseum subnet list",
  },
  "chain.registration-price-limit-exceeded": {
    means: "Registering costs more now than --max-cost allows. Nothing was paid.",
    act: "Wait until the price has fallen, or allow more.",
    see: "colosseum register --dry-run",
  },
  "chain.subnet-price-above-limit": {
    means: "Creating a subnet costs more now than was allowed. Nothing was paid.",
    act: "Wait until the price has fallen, or allow more.",
    see: "colosseum subnet create --dry-run",
  },
  "chain.declined": {
    means: "The question about real TAO was answered with no. Nothing was sent.",
    act: "Run it again, or add --yes.",
  },
  "chain.not-servable": {
    means: "The address cannot stand in the chain's axon record: it is private, reserved or no IP address.",
    act: "Give a public IP address and a port, or publish a URL.",
  },
  "chain.not-a-url": {
    means: "A published endpoint is an http:// or https:// URL.",
    act: "Give one, such as https://arena.example.org",
  },
  "chain.timelock": {
    means: "Timelocked bytes cannot be opened: another round, another beacon, or damage.",
    act: "Use the signature of the round they were made for.",
  },
};
