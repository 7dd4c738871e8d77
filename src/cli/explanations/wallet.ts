import type { Explanations } from "./explanation.ts";

export const walletExplanations: Explanations = {
  "wallet.not-found": {
    means: "The folder of wallets has no wallet of this name.",
    act: "Check the name and the folder (--wallet-path, BT_WALLET_PATH), or create the wallet.",
    see: "colosseum wallet list",
  },
  "wallet.hotkey-not-found": {
    means: "The wallet exists, but has no hotkey of this name.",
    act: "Name another with -H, or make it with: colosseum wallet hotkey add NAME",
    see: "colosseum wallet show",
  },
  "wallet.no-coldkey": {
    means: "The wallet's folder is here, but neither the private nor the public file of its coldkey.",
    act: "Run the command where the coldkey is, or import it. Miners and validators never need it.",
    see: "colosseum wallet show",
  },
  "wallet.public-only": {
    means: "Only the public half of the key is on this machine: enough to look, not enough to sign.",
    act: "Run the command where the private key is, or import it here.",
    see: "colosseum wallet show",
  },
  "wallet.watch-only": {
    means: "The key file holds an address and no secret.",
    act: "Import the key's mnemonic, seed or private key.",
    see: "colosseum wallet import --help",
  },
  "wallet.exists": {
    means: "A file of this name is there already. Key files and mnemonic files are never overwritten.",
    act: "Choose another name, or move the old file away yourself.",
    see: "colosseum wallet list",
  },
  "wallet.wrong-password": {
    means: "The password does not open the encrypted file.",
    act: "Try again. Of a password file the first line counts, spaces included; letters in another case are other letters.",
  },
  "wallet.password-missing": {
    means: "The key is encrypted, or is to be, and there is no terminal to ask for the password.",
    act: "Give --password-file FILE, BT_WALLET_PASSWORD or BT_WALLET_PASSWORD_FILE; for a new key --no-password is a choice too.",
  },
  "wallet.password-file": {
    means: "The password file is missing, unreadable or has an empty first line.",
    act: "Give a file whose first line is the password.",
  },
  "wallet.bad-password-variable": {
    means: "The BT_PW_… variable of this key file does not hold what btcli would write there.",
    act: "Unset it, or set it anew; or use --password-file.",
  },
  "wallet.short-password": {
    means: "The new password has fewer than 8 characters. It is used all the same.",
    act: "Decrypt and encrypt again with a longer one if the key is worth it.",
  },
  "wallet.corrupt-keyfile": {
    means: "The file is damaged or is no key file: bad JSON, a field of a wrong form, or bytes cut off.",
    act: "Restore it from a backup, or import the mnemonic again under another name.",
    see: "colosseum wallet import --help",
  },
  "wallet.address-mismatch": {
    means: "The secret in the file gives another address than the file says, under both signature schemes.",
    act: "The file was edited or mixed up. Restore it from a backup; do not send anything to the address until that is clear.",
  },
  "wallet.unknown-crypto-type": {
    means: "The key uses a signature scheme other than sr25519 and ed25519.",
    act: "Use the program that made it, or another key.",
  },
  "wallet.polkadot-export": {
    means: "A polkadot.js export lies where a Bittensor key file should be.",
    act: "Import it: colosseum wallet import NAME --json-file FILE",
  },
  "wallet.bad-export": {
    means: "The file is no polkadot.js export, or a damaged one.",
    act: "Export the single account again as JSON and give that file.",
  },
  "wallet.bad-mnemonic": {
    means: "The words are no mnemonic: a wrong count, a word outside the English list, or a wrong checksum.",
    act: "Compare each word and their order with what was written down.",
  },
  "wallet.bad-private-key": {
    means: "The seed or private key has a wrong length or value, or is not hex.",
    act: "A seed has 64 hex digits; an sr25519 private key 128, in the form Bittensor's key files use.",
  },
  "wallet.bad-uri": {
    means: "The text is no secret URI.",
    act: "Write it as //Alice, or as a phrase with //hard, /soft and ///password.",
  },
  "wallet.soft-junction": {
    means: "Soft derivation (/name) exists for sr25519 keys only.",
    act: "Use //name, or the crypto type sr25519.",
  },
  "wallet.secret-in-flag": {
    means: "A secret was put on the command line, where every process of the machine may read it.",
    act: "Put it into a file and name the file. If the secret is in use, move its funds: it has been shown.",
  },
  "wallet.secret-missing": {
    means: "An import was asked for without saying of what, and there is no terminal to ask at.",
    act: "Give --mnemonic-file, --seed-file, --private-key-file or --json-file with a file, or - for stdin.",
  },
  "wallet.mnemonic-nowhere": {
    means: "A new mnemonic can be shown on no terminal and was given no file of its own.",
    act: "Give --mnemonic-file FILE. It is written with rights for its owner only.",
  },
  "wallet.bad-name": {
    means: "The name cannot be the name of a wallet or hotkey: it is empty, a path, hidden, or has control characters.",
    act: "Use a plain name; choose the folder with --wallet-path.",
  },
  "wallet.symlink": {
    means:
      "A wallet or key file is a symbolic link that leads out of the folder of wallets, or would be written through.",
    act: "Name the real folder with --wallet-path.",
  },
  "wallet.loose-rights": {
    means: "Others than its owner may read the key file.",
    act: "Tighten it: chmod 600 FILE. If others use the machine, consider the key known.",
  },
  "wallet.unreadable": {
    means: "A file or folder cannot be read, or is far too large for a key file.",
    act: "Check its owner and rights.",
  },
  "wallet.unwritable": {
    means: "A file or folder cannot be written or deleted. Nothing half-written is left.",
    act: "Check the folder's owner and rights and the space on the disk.",
  },
  "wallet.already-encrypted": {
    means: "The key file is under a password already.",
    act: "To change the password, decrypt first, then encrypt.",
  },
  "wallet.not-encrypted": { means: "The key file has no password.", act: "Nothing is to be done." },
  "wallet.no-memory": {
    means: "Deriving the key of a password failed. Bittensor's encryption takes 512 MiB of memory for some seconds.",
    act: "Free memory, or decrypt the key on a larger machine.",
  },
  "wallet.node-too-old": {
    means: "This Node has no argon2, which encrypted key files need.",
    act: "Install Node 24.15 or newer.",
  },
};
