import type { Clock } from "../base/clock.ts";
import type { PageFile } from "../base/ports.ts";
import type { Label } from "../protocol/messages.ts";
import type { Inbox } from "./inbox.ts";
import type { PendingAnswer } from "./journal.ts";

/** Two anonymous outputs that wait for a person's vote. */
export interface Duel {
  readonly key: string;
  readonly prompt: string;
  /** In the validator's order for this voter. */
  readonly a: readonly PageFile[];
  readonly b: readonly PageFile[];
  readonly opensAtMs: number;
  readonly expiresAtMs: number;
}

/** A page that a person is asked to make. */
export interface Commission {
  readonly key: string;
  readonly prompt: string;
  readonly expiresAtMs: number;
}

export type BoothEvent =
  | { readonly type: "duel"; readonly duel: Duel }
  | { readonly type: "commission"; readonly commission: Commission };

/** Where a person's assignments wait, and where their answers go. A vote may be cast again until its deadline. */
export interface Booth {
  readonly inbox: Inbox;
  /** The duels that are open, the nearest deadline first. */
  duels(): readonly Duel[];
  commissions(): readonly Commission[];
  /** @returns false if the duel is unknown or over. */
  vote(key: string, choice: Label): boolean;
  submit(key: string, files: readonly PageFile[]): boolean;
  subscribe(on: (event: BoothEvent) => void): () => void;
}

/** An inbox without a brain: it shows assignments to a person and takes the answers whenever they come. */
export function openBooth(clock: Pick<Clock, "nowMs">): Booth {
  const duels = new Map<string, Duel>();
  const commissions = new Map<string, Commission>();
  const replies = new Map<string, (answer: PendingAnswer["answer"]) => void>();
  const listeners = new Set<(event: BoothEvent) => void>();
  const tell = (event: BoothEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const forget = (): void => {
    for (const map of [duels, commissions]) {
      for (const [key, { expiresAtMs }] of map) {
        if (expiresAtMs > clock.nowMs()) continue;
        map.delete(key);
        replies.delete(key);
      }
    }
  };
  const byDeadline = <T extends { readonly expiresAtMs: number }>(map: ReadonlyMap<string, T>): T[] => {
    forget();
    return [...map.values()].sort((a, b) => a.expiresAtMs - b.expiresAtMs);
  };
  const answer = (key: string, given: PendingAnswer["answer"]): boolean => {
    forget();
    const reply = replies.get(key);
    reply?.(given);
    return reply !== undefined;
  };
  return {
    inbox: {
      take: (validator, assignment, reply) => {
        const key = `${validator}/${assignment.id}`;
        const times = { opensAtMs: Date.parse(assignment.opensAt), expiresAtMs: Date.parse(assignment.expiresAt) };
        const { prompt } = assignment;
        replies.set(key, (given) => reply({ validator, assignment: assignment.id, ...times, answer: given }));
        if (assignment.role === "generator") {
          const commission = { key, prompt, expiresAtMs: times.expiresAtMs };
          commissions.set(key, commission);
          return tell({ type: "commission", commission });
        }
        const [a, b] = ["A", "B"].map((label) => assignment.outputs?.find((output) => output.label === label)?.files);
        if (a === undefined || b === undefined) return undefined;
        const duel = { key, prompt, a, b, ...times };
        duels.set(key, duel);
        return tell({ type: "duel", duel });
      },
      thinking: 0,
      finish: async () => undefined,
      abort: () => undefined,
    },
    duels: () => byDeadline(duels),
    commissions: () => byDeadline(commissions),
    vote: (key, choice) => answer(key, { choice }),
    submit: (key, files) => answer(key, { files }),
    subscribe: (on) => {
      listeners.add(on);
      return () => listeners.delete(on);
    },
  };
}
