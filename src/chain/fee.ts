import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "./client.ts";
import { signExtrinsic } from "./extrinsic.ts";
import { type Plain, plainBigint, plainRecord, plainText } from "./plain.ts";
import type { CallSpec } from "./runtime.ts";

/** What a transaction would pay, without sending it. Signed with zeros, so no key is needed. */
export async function estimateFeeRao(client: ChainClient, spec: CallSpec, address: string): Promise<bigint> {
  const call = client.runtime.call(spec);
  const nobody: Signer = {
    address,
    publicKey: new Uint8Array(32),
    cryptoType: "sr25519",
    sign: () => new Uint8Array(64).fill(1),
  };
  // The length counts, so nonce and era are as they will be.
  const [nonce, head] = await Promise.all([client.nonces.next(address), client.head()]);
  const { hex } = signExtrinsic(client.runtime, call, nobody, { nonce, genesis: client.genesis, birth: head });
  const bytes = Buffer.from(hex.slice(2), "hex");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  const name = "TransactionPaymentApi_query_info";
  const answer = await client.ask("state_call", [name, `0x${Buffer.concat([bytes, length]).toString("hex")}`]);
  const info = client.runtime.apiResult("TransactionPaymentApi", "query_info", plainText(answer as Plain, name));
  return plainBigint(plainRecord(info, name)["partialFee"], "the fee");
}
