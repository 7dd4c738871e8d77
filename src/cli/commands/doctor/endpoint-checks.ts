import { networkInterfaces } from "node:os";
import type { Context } from "../../context.ts";
import type { ChainFacts } from "./chain-checks.ts";
import { type Check, checked, type Finding, fail, ok, skip, warn } from "./check.ts";
import { askInfo } from "./validator-info.ts";

const CANNOT_TELL =
  "Whether others reach it cannot be told from the machine that serves it. From another machine: colosseum doctor, or curl";

/** Addresses that mean something only on this machine or in its own network (RFC 1918, 6598, 3927, 4193). */
const PRIVATE =
  /^(localhost$|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.|\[?(::1|f[cd]|fe80))/i;

/** What the chain names as the address of the chosen hotkey: does it answer, with this hotkey, and from where was that seen. */
export async function endpointChecks(ctx: Context, chain: ChainFacts, hotkey: string | undefined): Promise<Check[]> {
  const { neuron } = chain;
  const url = neuron?.endpoint;
  if (neuron === undefined || hotkey === undefined || url === null || url === undefined) {
    return [
      await checked("endpoint", () => unpublished(chain)),
      await checked("endpoint-outside", () => skip("There is no published address to try.")),
    ];
  }
  let answers = false;
  const endpoint = await checked("endpoint", async () => {
    const { hostname } = new URL(url);
    if (PRIVATE.test(hostname) && !chain.worthless) {
      return fail(
        `The chain names ${url}, which nobody outside this network can reach.`,
        "Publish a public address: colosseum validator start --public-url https://…",
      );
    }
    const info = await askInfo(ctx, url);
    if (info.validator !== hotkey) {
      return fail(
        `At ${url} another hotkey answers: ${info.validator}.`,
        "Publish the right address, or stop the other process.",
      );
    }
    answers = true;
    return ok(`${url} answers as this hotkey.`);
  });
  return [endpoint, await checked("endpoint-outside", () => fromOutside(url, answers, chain.serves))];
}

function unpublished({ neuron, serves }: ChainFacts): Finding {
  if (neuron === undefined) return skip("Nothing is published for a hotkey that is not registered, or not known here.");
  if (!serves) return ok("No address is published, and a miner needs none: it goes to the validators.");
  return warn(
    "A validator keeps its state here, but the chain names no address of it: miners must be told the URL.",
    "Publish one: colosseum validator start --public-url https://…",
  );
}

/** An honest answer: what was seen from here is a view from outside only if the server is somewhere else. */
function fromOutside(url: string, answers: boolean, serves: boolean): Finding {
  if (!answers) return skip("It does not answer here, so there is nothing to see from outside.");
  const { hostname } = new URL(url);
  const own = Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
  if (serves || own.includes(hostname.replace(/^\[|\]$/g, "")) || PRIVATE.test(hostname)) {
    return skip(`${CANNOT_TELL} ${url}/v1/info`);
  }
  return ok("It answered this machine, which is not the one that serves it.");
}
