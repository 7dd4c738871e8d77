import type { PalletSource } from "./pallet-table.ts";
import { ADMIN_UTILS } from "./tables/admin-utils.ts";
import { BALANCES } from "./tables/balances.ts";
import { COMMITMENTS } from "./tables/commitments.ts";
import { DRAND } from "./tables/drand.ts";
import { MEV_SHIELD } from "./tables/mev-shield.ts";
import { MULTISIG } from "./tables/multisig.ts";
import { PROXY } from "./tables/proxy.ts";
import { SUBTENSOR_CALLS } from "./tables/subtensor-calls.ts";
import { SUBTENSOR_CONSTANTS } from "./tables/subtensor-constants.ts";
import { SUBTENSOR_ERRORS } from "./tables/subtensor-errors.ts";
import { SUBTENSOR_EVENTS } from "./tables/subtensor-events.ts";
import { SUBTENSOR_STORAGE } from "./tables/subtensor-storage.ts";
import { SUDO } from "./tables/sudo.ts";
import { SWAP } from "./tables/swap.ts";
import { SYSTEM } from "./tables/system.ts";
import { TIMESTAMP } from "./tables/timestamp.ts";
import { TRANSACTION_PAYMENT } from "./tables/transaction-payment.ts";
import { UTILITY } from "./tables/utility.ts";

const SUBTENSOR: PalletSource = {
  name: "SubtensorModule",
  index: 7,
  crate: "pallet_subtensor",
  calls: SUBTENSOR_CALLS,
  storage: SUBTENSOR_STORAGE,
  events: SUBTENSOR_EVENTS,
  errors: SUBTENSOR_ERRORS,
  constants: SUBTENSOR_CONSTANTS,
};

/** The pallets of the embedded chain, by index as in spec 461. */
export const PALLETS: readonly PalletSource[] = [
  SYSTEM,
  TIMESTAMP,
  BALANCES,
  TRANSACTION_PAYMENT,
  SUBTENSOR,
  UTILITY,
  SUDO,
  MULTISIG,
  PROXY,
  COMMITMENTS,
  ADMIN_UTILS,
  DRAND,
  SWAP,
  MEV_SHIELD,
];
