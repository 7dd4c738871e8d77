/** Spellings that btcli users' fingers know (v9's dotted ones among them) → ours. Hidden from help. */
const ALIASES: Readonly<Record<string, string>> = {
  "--wallet-name": "--wallet",
  "--wallet_name": "--wallet",
  "--wallet.name": "--wallet",
  "--hotkey": "--wallet-hotkey",
  "--wallet.hotkey": "--wallet-hotkey",
  "--wallet_hotkey": "--wallet-hotkey",
  "--wallet.path": "--wallet-path",
  "--wallet_path": "--wallet-path",
  "--subtensor.network": "--network",
  "--subtensor.chain_endpoint": "--network",
  "--chain": "--network",
  "--axon.port": "--port",
  "--json-output": "--json",
  "--json-out": "--json",
  "--no_prompt": "--yes",
  "--no-prompt": "--yes",
};

/** Rewrites alias spellings (`--flag value` and `--flag=value`) up to a bare `--`. */
export function canonicalArgs(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((arg, index) => {
    if (end !== -1 && index >= end) return arg;
    const [flag = "", ...rest] = arg.split("=");
    const canonical = ALIASES[flag];
    if (canonical === undefined) return arg;
    return rest.length === 0 ? canonical : `${canonical}=${rest.join("=")}`;
  });
}
