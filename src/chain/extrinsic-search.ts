import type { ChainClient } from "./client.ts";
import { extrinsicHash } from "./extrinsic.ts";
import { type Plain, plainList, plainRecord, plainText } from "./plain.ts";

/**
 * Looks for an extrinsic in the blocks from a height on.
 *
 * @returns The block that holds it, if one does, and the newest height that was looked at.
 */
export async function searchBlocks(
  client: ChainClient,
  hash: string,
  from: number,
): Promise<{ readonly blockHash: string | undefined; readonly upTo: number }> {
  const head = await client.head();
  for (let number = from; number <= head.number; number++) {
    const blockHash = await client.blockHash(number);
    if (blockHash === undefined) return { blockHash: undefined, upTo: number - 1 };
    const { index } = await placeOf(client, hash, blockHash);
    if (index >= 0) return { blockHash, upTo: number };
  }
  return { blockHash: undefined, upTo: head.number };
}

/** Where in a block an extrinsic is (-1: nowhere), and the block's height. */
export async function placeOf(
  client: ChainClient,
  hash: string,
  blockHash: string,
): Promise<{ index: number; number: number }> {
  const answer = plainRecord((await client.ask("chain_getBlock", [blockHash])) as Plain, "a block");
  const block = plainRecord(answer["block"], "a block");
  const header = plainRecord(block["header"], "a block header");
  const extrinsics = plainList(block["extrinsics"], "a block's extrinsics").map((hex) =>
    plainText(hex, "an extrinsic"),
  );
  return {
    index: extrinsics.findIndex((hex) => extrinsicHash(hex) === hash),
    number: Number(plainText(header["number"], "a block number")),
  };
}
