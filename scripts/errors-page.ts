import { compareText } from "../src/base/text.ts";
import { EXPLANATIONS } from "../src/chain/explanations.ts";
import { CATALOGUE } from "../src/cli/explanations/catalogue.ts";
import { explanationOf } from "../src/cli/explanations/lookup.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** What the exit codes mean, as scripts read them. */
const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "done; also when the reader of stdout has gone"],
  ["1", "a bug of ours (`bug`)"],
  ["2", "usage: a malformed or missing argument, an answer that nobody could be asked for"],
  ["3", "the check found something (`doctor`, `audit`, `miner check`, `arena verify`, `wallet verify`, `--fail-on`)"],
  ["10", "network: the chain or a validator is not reached"],
  ["12", "invalid input or data"],
  ["13", "refused: price, balance, permit, the chain's own refusals"],
  ["14", "files, wallets, passwords, ports"],
  ["15", "a deadline passed"],
  ["130, 143", "ended by Ctrl-C or SIGTERM, after finishing what was in work"],
];

/** `docs/errors.md`: every code that a command can give, with what it means and what to do. */
export function errorsPage(): string {
  const own = Object.keys(CATALOGUE).sort(compareText);
  const families = [...new Set(own.map((code) => (code.includes(".") ? (code.split(".")[0] ?? "") : "")))].sort();
  const row = (code: string): string => {
    const { means, act, see } = explanationOf(code);
    return `| \`${code}\` | ${cell(means)} | ${cell(act)}${see === null ? "" : ` \`${see}\``} |`;
  };
  const table = (codes: readonly string[]): string[] => [
    "| code | what happened | what to do |",
    "|---|---|---|",
    ...codes.map(row),
    "",
  ];
  const chain = [...new Set(Object.keys(EXPLANATIONS).map((name) => explanationOf(name).code))]
    .filter((code) => !own.includes(code))
    .sort(compareText);
  return [
    "# Error codes",
    "",
    "Made from the explanations by `npm run generate`; a test fails while it is stale. `colosseum explain CODE` says the same at",
    "the terminal. Codes are stable, messages may be reworded. With `--json` an error is one object on stderr, as in",
    "[schemas/error.json](../schemas/error.json); warnings carry codes too, in the envelope's `warnings`.",
    "",
    "## Exit codes",
    "",
    "| exit | meaning |",
    "|---|---|",
    ...EXIT_CODES.map(([exit, meaning]) => `| ${exit} | ${meaning} |`),
    "",
    ...families.flatMap((family) => [
      `## ${family === "" ? "Without a family" : `\`${family}.\``}`,
      "",
      ...table(own.filter((code) => (family === "" ? !code.includes(".") : code.startsWith(`${family}.`)))),
    ]),
    "## The chain's own errors",
    "",
    "Named by the chain, told in our words; `explain` takes either name.",
    "",
    ...table(chain),
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}
