import { z } from "zod";
import {
  address,
  block,
  type CommandShapes,
  event,
  hash,
  instant,
  netuid,
  tao,
  warningEvent,
  whole,
} from "../../shape-words.ts";

const account = z.strictObject({ name: z.string(), uri: z.string(), address });
const events = z.union([
  event("ready", {
    url: z.string(),
    genesis: hash,
    block,
    // The published phrase of the development accounts, worth nothing anywhere.
    mnemonic: z.string(),
    accounts: z.array(account),
    wallets: z.string().optional(),
    fork: z.strictObject({ endpoint: z.string(), netuid, block, neurons: whole }).optional(),
  }),
  event("block", {
    block,
    hash,
    extrinsics: z.array(z.strictObject({ call: z.string(), hash, error: z.string().nullable() })),
  }),
  // With --state and -v.
  event("saved", { block, file: z.string() }),
  warningEvent,
]);
const at = { block, hash };

export const localnetShapes: CommandShapes = {
  localnet: { events },
  "localnet start": { events },
  "localnet mine": { data: z.strictObject({ mined: whole, ...at }) },
  "localnet warp": { data: z.strictObject({ byMs: z.int(), time: instant }) },
  "localnet snapshot": { data: z.strictObject({ id: whole, block }) },
  "localnet revert": { data: z.strictObject({ id: whole, ...at }) },
  "localnet dump": { data: z.strictObject({ file: z.string(), block, entries: whole }) },
  "localnet load": { data: z.strictObject({ file: z.string(), ...at, genesis: hash }) },
  "localnet faucet": { data: z.strictObject({ address, amountTao: tao, balanceTao: tao }) },
  "localnet scaffold": {
    data: z.strictObject({ subnets: z.array(z.strictObject({ netuid, neurons: whole })) }),
  },
  "localnet status": {
    data: z.strictObject({
      endpoint: z.string(),
      name: z.string(),
      version: z.string(),
      genesis: hash,
      ...at,
      finalized: block,
      timestampMs: whole,
      aheadMs: z.int(),
      clockMs: whole,
      blockTime: z.union([whole, z.enum(["instant", "manual"])]),
      pending: whole,
      snapshots: z.array(z.strictObject({ id: whole, block })),
      subnets: z.array(z.strictObject({ netuid, neurons: whole })),
    }),
  },
};
