import type { Label, Role } from "../protocol/messages.ts";

/**
 * What happens in a miner, as facts. Text in them that came from outside (messages, reasons, prompts) is raw: whoever
 * prints it escapes it (`base/text`).
 */
export type MinerEvent =
  | {
      readonly type: "validator-online";
      readonly url: string;
      readonly validator: string;
      readonly netuid: number;
      readonly preset: string;
    }
  | {
      readonly type: "validator-offline";
      readonly url: string;
      readonly code: string;
      readonly message: string;
      readonly retryInMs: number;
    }
  | {
      readonly type: "checked-in";
      readonly url: string;
      readonly validator: string;
      readonly roles: readonly Role[];
      readonly until: string;
    }
  | {
      readonly type: "check-in-refused";
      readonly url: string;
      readonly validator: string;
      readonly code: string;
      readonly message: string;
      readonly retryInMs: number;
    }
  | {
      /** The directory names nobody (any more); said once until it does. */
      readonly type: "no-validators";
      readonly code: "miner.no-validators";
      readonly message: string;
      readonly retryInMs: number;
    }
  | { readonly type: "clock-skew"; readonly validator: string; readonly skewMs: number }
  | {
      readonly type: "assigned";
      readonly validator: string;
      readonly id: string;
      readonly role: Role;
      readonly taskType: string;
      readonly opensAt: string;
      readonly expiresAt: string;
    }
  | { readonly type: "ignored"; readonly validator: string; readonly id: string; readonly why: string }
  | { readonly type: "thinking"; readonly validator: string; readonly id: string; readonly role: Role }
  | {
      readonly type: "generated";
      readonly validator: string;
      readonly id: string;
      readonly files: number;
      readonly bytes: number;
      readonly tookMs: number;
    }
  | {
      readonly type: "judged";
      readonly validator: string;
      readonly id: string;
      readonly choice: Label | "abstain";
      readonly confidence: number;
      readonly reason: string;
      readonly consistent?: boolean;
      readonly tookMs: number;
    }
  | {
      readonly type: "brain-failed";
      readonly validator: string;
      readonly id: string;
      readonly role: Role;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly type: "accepted";
      readonly validator: string;
      readonly id: string;
      readonly role: Role;
      readonly at: string;
    }
  | {
      readonly type: "answer-refused";
      readonly validator: string;
      readonly id: string;
      readonly role: Role;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: "receipt-missing"; readonly validator: string; readonly id: string; readonly why: string }
  | { readonly type: "expired"; readonly validator: string; readonly id: string; readonly role: Role }
  | { readonly type: "budget-spent"; readonly message: string }
  | { readonly type: "stopping"; readonly underWay: number }
  | { readonly type: "stopped" };

export type OnMinerEvent = (event: MinerEvent) => void;
