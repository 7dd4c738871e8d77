import { fileURLToPath } from "node:url";
/** A Python environment that the interop tests speak to. */
export interface Peer {
  readonly name: string;
  /** As pip takes them. */
  readonly packages: readonly string[];
  /** Environment variable that names another Python which has them. */
  readonly variable: string;
}

export const BITTENSOR_11: Peer = {
  name: "bittensor-11",
  packages: ["bittensor==11.3.0", "bittensor-wallet==4.1.1"],
  variable: "COLOSSEUM_INTEROP_PYTHON",
};
export const BTCLI_9: Peer = {
  name: "btcli-9",
  packages: ["bittensor-cli==9.23.2"],
  variable: "COLOSSEUM_INTEROP_PYTHON9",
};
export const PEERS: readonly Peer[] = [BITTENSOR_11, BTCLI_9];

const INSTALLED = fileURLToPath(new URL("../../.cache/interop/", import.meta.url));

/** The Python of a peer: the one its variable names, else the one that `npm run test:interop` installs. */
export function peerPython(peer: Peer): string {
  const named = process.env[peer.variable];
  return named === undefined || named === "" ? `${INSTALLED}${peer.name}/bin/python` : named;
}
