import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DOC_PAGES, docLines } from "../helpers/docs-lines.ts";
import { type DocsWorld, docsWorld } from "../helpers/docs-world.ts";

let world: DocsWorld;
beforeAll(async () => {
  world = await docsWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/**
 * Lines that cannot do here what a page says of them: which, how they end instead, and with which code. All others
 * must succeed, or go on until they are stopped.
 */
const ENDS: readonly (readonly [lines: RegExp, exit: number, code: string])[] = [
  // Asks at a terminal, and there is none: it has to say so.
  [/^(?:wallet create (?!ci )|init --as miner)/, 2, "wallet.mnemonic-nowhere"],
  [/^wallet import validator/, 2, "wallet.secret-missing"],
  [/^wallet (?:import old|encrypt validator|hotkey add miner3)/, 2, "wallet.password-missing"],
  [/^wallet hotkey remove miner2 -w miner$/, 2, "usage.confirm"],
  [/^arena join --netuid (?:1|N) -w (?:agent|WALLET)$/, 2, "usage.handle"],
  [/^init$/, 2, "usage.missing-answer"],
  [/^vote (?!.*--plain|--demo)/, 2, "vote.no-terminal"],
  // Named without what it must be given.
  [/^(?:stake add|simulate population|audit)$/, 2, "usage.command-line"],
  [/^leaderboard$/, 2, "usage.no-votes"],
  // Done already when this world was built, or by a line before.
  [/^subnet start --netuid 1/, 13, "chain.first-emission-block-number-already-set"],
  [/^register(?: --dry-run)?$/, 13, "chain.hot-key-already-registered-in-sub-net"],
  [
    /^register --netuid 1 (?:--dry-run|-w (?:validator|alice|bob|carol))/,
    13,
    "chain.hot-key-already-registered-in-sub-net",
  ],
  [/^wallet hotkey import miner2/, 14, "wallet.exists"],
  [/^localnet dump chain.json/, 14, "localnet.file-exists"],
  [/^validator restore/, 13, "validator.restore-refused"],
  // The chain of this world refuses, as another would in its place.
  [/^subnet create -w owner --max-cost 500/, 13, "chain.subnet-price-above-limit"],
  // Or, where the price has fallen by then, it succeeds.
  [/^register .*--max-cost 0\.5/, 13, "chain.registration-price-limit-exceeded"],
  [/^stake add 10 --netuid 1 --price-limit/, 13, "chain.price-limit-exceeded"],
  [/^weights (?:set|commit)/, 13, "weights.too-soon"],
  [/^weights reveal/, 13, "weights.no-commit"],
  [/^wallet decrypt/, 14, "wallet.not-encrypted"],
  [/^vote --demo/, 14, "vote.no-demo"],
  [/^arena ingest --source x/, 2, "usage.accounts"],
  [/^arena publish/, 13, "arena.no-accounts"],
  // Finds what there is to be found here.
  // A validator of a line before published an address where nobody is.
  [/^doctor(?: --json)?$/, 3, ""],
  [/^doctor .*--server/, 3, ""],
  [/^miner check --netuid/, 3, ""],
  [/^arena (?:verify|join .*--post)/, 3, ""],
  [/^simulate diff .*--fail-on rank-change/, 3, ""],
];

const seen = new Set<string>();
const pages = DOC_PAGES.map((page) => {
  const lines = [...new Set(docLines(page))].filter((line) => !seen.has(line));
  for (const line of lines) seen.add(line);
  return [page, lines] as const;
}).filter(([, lines]) => lines.length > 0);

const codeOf = (stderr: string): string =>
  /^code: (\S+)$|"error":\{"code":"([^"]+)"/m.exec(stderr)?.slice(1).join("") ?? "";

describe.each(pages)("%s", (_, lines) => {
  it.each(lines)("%s", async (line) => {
    for (const { args, done } of await world.run(line)) {
      const { code, stderr } = done;
      const isFine = code === 0 || code === 130;
      const known = ENDS.some(([which, exit, name]) => which.test(args) && exit === code && name === codeOf(stderr));
      expect(isFine || known, `colosseum ${args} ended with ${code}\n${stderr}`).toBe(true);
    }
  });
});
