// A vote as a miner of your own would sign it, and what a validator sees. node examples/library/protocol.js
import { generateKeyPairSync, sign } from "node:crypto";
import { AuthFailure, encodeSs58, parseHotkey, signRequest, verifyRequest } from "colosseum/protocol";

/** A fresh ed25519 hotkey; a real miner takes its own, usually sr25519. */
function newSigner() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    address: encodeSs58(raw),
    publicKey: raw,
    cryptoType: "ed25519",
    sign: (message) => sign(null, message, privateKey),
  };
}

const miner = newSigner();
const validator = parseHotkey(newSigner().address);
const now = BigInt(Date.now()) * 1_000_000n;
const request = {
  method: "PUT",
  target: "/v1/assignments/abcdefgh/vote",
  body: new TextEncoder().encode(JSON.stringify({ choice: "A" })),
};

const headers = signRequest(request, miner, validator, now);
console.log(headers);
const raw = Object.entries(headers).flat();
console.log("proven sender:", verifyRequest(request, raw, validator, now).hotkey === miner.address);

// The signature covers the body: the same headers say nothing about another choice.
const changed = { ...request, body: new TextEncoder().encode(JSON.stringify({ choice: "B" })) };
try {
  verifyRequest(changed, raw, validator, now);
} catch (error) {
  if (!(error instanceof AuthFailure)) throw error;
  console.log("a changed vote:", error.code);
}
