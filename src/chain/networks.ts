import { UsageError } from "../base/errors.ts";

/** Where a network is reached, and what proves that it is the one meant. */
export interface Network {
  /** `finney`, `test`, `local`, or `custom` for endpoints given by address. */
  readonly name: string;
  /** Tried in this order; the next one takes over where one fails. */
  readonly endpoints: readonly string[];
  /** Hash of block 0 where it is known. */
  readonly genesis?: string;
  /** Real money moves here: dangerous verbs ask first. */
  readonly real: boolean;
}

/** @see bittensor 11.3.0 settings.py; genesis hashes from facts of the same. */
const NAMED: Readonly<Record<string, Network>> = {
  finney: {
    name: "finney",
    endpoints: [
      "wss://entrypoint-finney.opentensor.ai:443",
      "wss://lite.chain.opentensor.ai:443",
      "wss://lite.sub.latent.to:443",
    ],
    genesis: "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03",
    real: true,
  },
  archive: {
    name: "archive",
    endpoints: ["wss://archive.chain.opentensor.ai:443", "wss://archive.sub.latent.to:443"],
    genesis: "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03",
    real: true,
  },
  test: {
    name: "test",
    endpoints: ["wss://test.finney.opentensor.ai:443"],
    genesis: "0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105",
    real: false,
  },
  local: { name: "local", endpoints: ["ws://127.0.0.1:9944"], real: false },
};

/** The names a user may type. */
export const NETWORK_NAMES: readonly string[] = Object.keys(NAMED);

/** Hash of block 0 of the network where real money moves, whatever endpoint led there. */
export const FINNEY_GENESIS: string = NAMED["finney"]?.genesis ?? "";

function parseEndpoint(text: string, whole: string): string {
  if (Object.hasOwn(NAMED, text)) throw notANetwork(whole, `"${text}" stands for itself; a list has addresses only`);
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    url = undefined;
  }
  if (url === undefined || (url.protocol !== "ws:" && url.protocol !== "wss:") || url.hostname === "") {
    const which = whole === text ? "it" : `"${text}"`;
    throw notANetwork(whole, `${which} is neither a known name nor a ws:// or wss:// address`);
  }
  return url.pathname === "/" && url.search === "" ? `${url.protocol}//${url.host}` : url.href;
}

const notANetwork = (whole: string, why: string): UsageError =>
  new UsageError(`"${whole}" is not a network: ${why}.`, {
    code: "usage.network",
    hint: `Use one of ${NETWORK_NAMES.join(", ")}, or an address such as ws://127.0.0.1:9944`,
    details: { network: whole },
  });

/**
 * Reads `--network`: a name, or addresses separated by commas.
 *
 * @throws UsageError `usage.network` on anything else.
 */
export function parseNetwork(text: string): Network {
  const named = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
  if (named !== undefined) return named;
  const endpoints = text.split(",").map((part) => parseEndpoint(part.trim(), text));
  return { name: "custom", endpoints: [...new Set(endpoints)], real: false };
}
