// The share of spec 461 that the embedded chain covers, as docs/localnet-coverage.md states it (`-u` behind the file's name writes
// that file anew), and the floor below which it must not fall.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { composeRuntime } from "../../../src/localnet/composition.ts";
import { encodeMetadata } from "../../../src/localnet/runtime/metadata.ts";

type Part = "calls" | "storage" | "events" | "errors";
const PARTS: readonly Part[] = ["calls", "storage", "events", "errors"];
// Origin: the file's own first line.
const spec = JSON.parse(readFileSync(new URL("../../vectors/chain/names-spec461.json", import.meta.url), "utf8")) as {
  readonly pallets: Readonly<Record<string, Readonly<Record<Part, readonly string[]>>>>;
  readonly apis: Readonly<Record<string, readonly string[]>>;
};

/** Least shares; raise them with every step, never lower them. */
const FLOOR = { calls: 80.8, storage: 58.4, events: 64, errors: 58.2, apis: 77.3 };

/** Pallets that this chain leaves out altogether: consensus, EVM, contracts and what the facts do not ask for. */
const LEFT_OUT = [
  "RandomnessCollectiveFlip",
  "Grandpa",
  "Preimage",
  "Scheduler",
  "SafeMode",
  "Ethereum",
  "EVM",
  "EVMChainId",
  "BaseFee",
  "Crowdloan",
  "Contracts",
  "AlphaAssets",
  "LimitOrders",
];
const APIS_LEFT_OUT = [
  "BlockBuilder",
  "GenesisBuilder",
  "OffchainWorkerApi",
  "AuraApi",
  "SessionKeys",
  "GrandpaApi",
  "BabeApi",
  "EthereumRuntimeRPCApi",
  "ConvertTransactionRuntimeApi",
  "ContractsApi",
  "ShieldApi",
];

const { logic } = composeRuntime();
const published = logic.published;

/** The implementation's text: a name counts as used where it stands in it in quotes. */
const sources = ((): string => {
  const root = new URL("../../../src/localnet/", import.meta.url);
  return ["pallets/", "engine/", "apis/", "rpc/", "./"]
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: folder === "pallets/", encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => readFileSync(new URL(folder + file, root), "utf8")),
    )
    .join("\n");
})();
const isUsed = (name: string): boolean => sources.includes(`"${name}"`);

function has(pallet: string, part: Part, name: string): boolean {
  const table = published.pallets.find((candidate) => candidate.name === pallet);
  if (table === undefined || !table[part].some((entry) => entry.name === name)) return false;
  return part === "calls" || isUsed(name);
}

const pallets = Object.entries(spec.pallets).filter(([name]) => !LEFT_OUT.includes(name));
const apis = Object.entries(spec.apis).filter(([name]) => !APIS_LEFT_OUT.includes(name));
const methods = (api: string): readonly string[] =>
  published.apis.find(({ name }) => name === api)?.methods.map(({ name }) => name) ?? [];

function report(): { text: string; shares: Record<Part | "apis", number> } {
  const counts = { calls: [0, 0], storage: [0, 0], events: [0, 0], errors: [0, 0], apis: [0, 0] } as Record<
    Part | "apis",
    [number, number]
  >;
  const rows: string[] = [];
  const missing: string[] = [];
  for (const [name, parts] of pallets) {
    const cells = PARTS.map((part) => {
      const covered = parts[part].filter((entry) => has(name, part, entry)).length;
      counts[part][0] += covered;
      counts[part][1] += parts[part].length;
      return parts[part].length === 0 ? "–" : `${covered} of ${parts[part].length}`;
    });
    rows.push(`| ${name} | ${cells.join(" | ")} |`);
    const gone = parts.calls.filter((call) => !has(name, "calls", call));
    if (gone.length > 0) missing.push(`- **${name}**: ${gone.map((call) => `\`${call}\``).join(", ")}`);
  }
  const apiRows = apis.map(([api, wanted]) => {
    const covered = wanted.filter((method) => methods(api).includes(method));
    counts.apis[0] += covered.length;
    counts.apis[1] += wanted.length;
    const gone = wanted.filter((method) => !covered.includes(method)).map((method) => `\`${method}\``);
    return `| ${api} | ${covered.length} of ${wanted.length} | ${gone.join(", ")} |`;
  });
  const share = ([covered, all]: [number, number]): number => Math.floor((1_000 * covered) / all) / 10;
  const shares = Object.fromEntries(Object.entries(counts).map(([part, count]) => [part, share(count)])) as Record<
    Part | "apis",
    number
  >;
  const totals = Object.entries(counts).map(([part, [covered, all]]) => `${part} ${covered} of ${all}`);
  const text = `# What the embedded chain covers of spec 461

Written by \`test/unit/localnet/spec461-share.test.ts\`, which fails if it is out of date or if a share falls.
In all: ${totals.join(", ")}.
Calls and runtime APIs count where they are implemented; storage, events and errors where the implementation uses them. Metadata lists all storage,
events and errors of these pallets under their own numbers, whether something uses them or not.

| pallet | calls | storage | events | errors |
|---|---|---|---|---|
${rows.join("\n")}

Left out altogether: ${LEFT_OUT.join(", ")}.

## Missing calls
They are not in the metadata, so they do not exist for clients; sent all the same they fail to decode, which a node answers with error 1002.

${missing.join("\n")}

## Runtime APIs
| API | methods | missing |
|---|---|---|
${apiRows.join("\n")}

Left out altogether: ${APIS_LEFT_OUT.join(", ")}.
`;
  return { text, shares };
}

describe("coverage of spec 461", () => {
  const { text, shares } = report();

  it("is what docs/localnet-coverage.md says", async () => {
    process.stdout.write(`coverage of spec 461, %: ${JSON.stringify(shares)}\n`);
    await expect(text).toMatchFileSnapshot("../../../docs/localnet-coverage.md");
  });

  it.each(Object.entries(FLOOR) as [Part | "apis", number][])("has not fallen: %s at least %d %%", (part, least) => {
    expect(shares[part]).toBeGreaterThanOrEqual(least);
  });

  it("has no name that spec 461 does not have, but for the one that a client asks for", () => {
    const strangers = published.pallets.flatMap((pallet) =>
      PARTS.flatMap((part) =>
        pallet[part]
          .filter(({ name }) => !(spec.pallets[pallet.name]?.[part] ?? []).includes(name))
          .map(({ name }) => `${pallet.name}.${name}`),
      ),
    );
    expect(strangers).toEqual(["SubtensorModule.SubnetEpochConsensus"]);
    expect(encodeMetadata(published, 15).length).toBeGreaterThan(0);
  });
});
