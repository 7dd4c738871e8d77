import type { Agent, Registry } from "./registry.ts";

/** Accounts → agents while posts stream by; without a registry every author is an agent of its own. */
export class Roster {
  readonly #registry: Registry | undefined;
  readonly #agents: Agent[];
  readonly #byUserId: Map<string, number>;
  readonly #handles: (string | undefined)[] = [];

  constructor(registry: Registry | undefined) {
    this.#registry = registry;
    this.#agents = [...(registry?.agents ?? [])];
    this.#byUserId = new Map(registry?.byUserId ?? []);
  }

  get size(): number {
    return this.#agents.length;
  }

  /** The agent that an account feeds, or nothing. Only text ids match, as in Masa's scorer. */
  agentOf(userId: unknown): number | undefined {
    if (typeof userId !== "string") return undefined;
    const known = this.#byUserId.get(userId);
    if (known !== undefined || this.#registry !== undefined || userId === "") return known;
    const index = this.#agents.push({ uid: null, userIds: [userId], handle: null, hotkey: null }) - 1;
    this.#byUserId.set(userId, index);
    return index;
  }

  /** The agent of an account that is already known; never makes one. */
  known(userId: string): number | undefined {
    return this.#byUserId.get(userId);
  }

  /** Remembers what an account is called, for agents whose registry line has no handle; the last name seen stays. */
  named(index: number, username: string | undefined): void {
    if (username !== undefined && this.#handles[index] !== username) this.#handles[index] = username;
  }

  at(index: number): Agent {
    const agent = this.#agents[index];
    if (agent === undefined) throw new RangeError(`no agent ${index}`);
    return agent.handle === null ? { ...agent, handle: this.#handles[index] ?? null } : agent;
  }
}
