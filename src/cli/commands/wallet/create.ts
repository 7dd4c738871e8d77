import { resolve } from "node:path";
import { Command } from "commander";
import type { CryptoType } from "../../../base/ports.ts";
import { shellWord } from "../../../base/shell-word.ts";
import { coldkeyPlace, hotkeyPlace } from "../../../wallet/folder.ts";
import type { Context, OpenContext } from "../../context.ts";
import { chosenNames, type WalletChoice } from "../../wallet-choice.ts";
import { parseCryptoType, parseWords, type Words, withPasswordFile } from "./key-options.ts";
import { mnemonicFiles, requireMnemonicPlace, showMnemonics } from "./mnemonic-place.ts";
import { newPassword, refusePasswordConflict } from "./new-password.ts";
import { writeKeys } from "./write-keys.ts";

interface CreateOptions {
  readonly nWords: Words;
  readonly cryptoType: CryptoType;
  readonly password: boolean;
  readonly passwordFile?: string;
  readonly encryptHotkey?: boolean;
  readonly mnemonicFile?: string;
  readonly hotkeyMnemonicFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet create validator
  $ colosseum wallet create miner -H miner1 --n-words 24
  $ colosseum wallet create ci --no-password --mnemonic-file ./ci.mnemonic
`;

export const walletCreate = (open: OpenContext): Command =>
  withPasswordFile(
    new Command("create")
      .description('Make a wallet: a coldkey and the hotkey of -H (default "default")')
      .argument("[name]", "wallet; default: -w")
      .option("--n-words <n>", "words of the mnemonic: 12, 15, 18, 21 or 24", parseWords, 12)
      .option("--crypto-type <scheme>", "sr25519 or ed25519", parseCryptoType, "sr25519")
      .option("--no-password", "do not encrypt the coldkey")
      .option("--encrypt-hotkey", "encrypt the hotkey too, with the same password")
      .option("--mnemonic-file <file>", "write the coldkey's mnemonic there (0600) instead of showing it")
      .option("--hotkey-mnemonic-file <file>", "write the hotkey's mnemonic there too (0600)"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: CreateOptions, command: Command) => {
      await using ctx = await open(command);
      await createWallet(ctx, chosenNames(ctx, { wallet: name }), options);
    });

/** Everything that can be refused is refused before the first question and the first byte. */
async function createWallet(ctx: Context, { wallet, hotkey }: WalletChoice, options: CreateOptions): Promise<void> {
  const root = ctx.paths.walletDir;
  const cold = coldkeyPlace(root, wallet);
  const hot = hotkeyPlace(root, wallet, hotkey);
  refusePasswordConflict(options, options.encryptHotkey === true ? "--encrypt-hotkey" : undefined);
  const { refuseExisting } = await import("../../../wallet/create.ts");
  await refuseExisting(root, cold);
  await refuseExisting(root, hot);
  const files = await mnemonicFiles(ctx, [options.mnemonicFile, options.hotkeyMnemonicFile]);
  if (options.mnemonicFile === undefined) requireMnemonicPlace(ctx);
  if (ctx.flags.dryRun) {
    const paths = [cold.publicPath, cold.path, hot.publicPath, hot.path];
    return ctx.out.result(
      { wouldCreate: paths },
      () => `Would create:\n${paths.map((path) => `  ${path}`).join("\n")}`,
    );
  }
  const password = options.password ? await newPassword(ctx, cold, options) : undefined;
  const { generateMnemonic } = await import("../../../wallet/mnemonic.ts");
  const { keypairFromMnemonic } = await import("../../../wallet/keyring.ts");
  const mnemonics = [generateMnemonic(options.nWords), generateMnemonic(options.nWords)] as const;
  const [coldPair, hotPair] = [
    keypairFromMnemonic(mnemonics[0], options.cryptoType),
    keypairFromMnemonic(mnemonics[1], options.cryptoType),
  ];
  const keys = [
    { place: cold, pair: coldPair, password },
    { place: hot, pair: hotPair, password: options.encryptHotkey === true ? password : undefined },
  ];
  const beside = files.flatMap((path, index) =>
    path === undefined ? [] : [{ path, content: `${mnemonics[index]}\n` }],
  );
  await writeKeys(ctx, keys, beside);
  ctx.openedKeys?.set(cold.path, coldPair);
  showMnemonics(ctx, [
    { title: `The coldkey of "${wallet}"`, mnemonic: options.mnemonicFile === undefined ? mnemonics[0] : undefined },
    {
      title: `The hotkey "${wallet}/${hotkey}"`,
      mnemonic:
        options.mnemonicFile === undefined && options.hotkeyMnemonicFile === undefined ? mnemonics[1] : undefined,
    },
  ]);
  const hotkeys = [{ name: hotkey, address: hotPair.address }];
  ctx.out.result({ name: wallet, coldkey: coldPair.address, hotkeys }, () =>
    [
      `Created the wallet "${wallet}" in ${resolve(root, wallet)}`,
      `  coldkey           ${coldPair.address}  ${password === undefined ? "not encrypted" : "encrypted"}`,
      `  hotkey ${hotkey.padEnd(10)} ${hotPair.address}`,
      ...(options.mnemonicFile === undefined ? [] : [`  mnemonic in       ${files[0]}`]),
    ].join("\n"),
  );
  ctx.out.next(`colosseum register --netuid N -w ${shellWord(wallet)} --dry-run`);
}
