import { Command } from "commander";
import type { CryptoType } from "../../../base/ports.ts";
import type { OpenContext } from "../../context.ts";
import { chosenHotkey } from "../../open-wallet.ts";
import { showLine } from "../../shell-line.ts";
import { parseCryptoType, parseWords, type Words, withPasswordFile } from "./key-options.ts";
import { mnemonicFiles, showMnemonics } from "./mnemonic-place.ts";
import { newPassword } from "./new-password.ts";
import { writeKeys } from "./write-keys.ts";

interface AddOptions {
  readonly nWords: Words;
  readonly cryptoType: CryptoType;
  readonly encrypt?: boolean;
  readonly passwordFile?: string;
  readonly mnemonicFile?: string;
}

const EXAMPLES = `Examples:
  $ colosseum wallet hotkey add miner2 -w miner
  $ colosseum wallet hotkey add miner3 -w miner --encrypt
`;

export const hotkeyAdd = (open: OpenContext): Command =>
  withPasswordFile(
    new Command("add")
      .description("Make another hotkey in a wallet")
      .argument("[name]", "hotkey; default: -H")
      .option("--n-words <n>", "words of the mnemonic: 12, 15, 18, 21 or 24", parseWords, 12)
      .option("--crypto-type <scheme>", "sr25519 or ed25519", parseCryptoType, "sr25519")
      .option("--encrypt", "encrypt the key file; whoever runs a miner or validator needs the password")
      .option("--mnemonic-file <file>", "write the mnemonic there (0600) instead of showing it"),
  )
    .addHelpText("before", EXAMPLES)
    .action(async (name: string | undefined, options: AddOptions, command: Command) => {
      await using ctx = await open(command);
      const place = await chosenHotkey(ctx, { hotkey: name });
      const { refuseExisting } = await import("../../../wallet/create.ts");
      await refuseExisting(ctx.paths.walletDir, place);
      const [file] = await mnemonicFiles(ctx, [options.mnemonicFile]);
      if (ctx.flags.dryRun) {
        const paths = [place.publicPath, place.path];
        return ctx.out.result({ wouldCreate: paths }, () => `Would create:\n  ${paths.join("\n  ")}`);
      }
      const password = options.encrypt === true ? await newPassword(ctx, place, options) : undefined;
      const { generateMnemonic } = await import("../../../wallet/mnemonic.ts");
      const { keypairFromMnemonic } = await import("../../../wallet/keyring.ts");
      const mnemonic = generateMnemonic(options.nWords);
      const pair = keypairFromMnemonic(mnemonic, options.cryptoType);
      const beside = file === undefined ? [] : [{ path: file, content: `${mnemonic}\n` }];
      await writeKeys(ctx, [{ place, pair, password }], beside);
      // Without a terminal nothing is lost: the key file itself holds the mnemonic.
      const title = `The hotkey "${place.wallet}/${place.name}"`;
      showMnemonics(ctx, [{ title, mnemonic: file === undefined ? mnemonic : undefined }]);
      ctx.out.result({ wallet: place.wallet, name: place.name, address: pair.address }, () =>
        [`Created the hotkey "${place.wallet}/${place.name}"`, `  ${pair.address}`].join("\n"),
      );
      const named = name === undefined ? [] : ["-H", place.name];
      ctx.out.next(showLine(["register", "--netuid", "N", ...named, "--dry-run"]));
    });
