import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../src/base/clock.ts";
import { ColosseumError, ExitCode } from "../../../src/base/errors.ts";
import type { Hotkey } from "../../../src/base/ids.ts";
import type { Beacon, PageFile, Signer } from "../../../src/base/ports.ts";
import { weightsU16 } from "../../../src/base/weight-row.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import type { Authenticated } from "../../../src/protocol/auth.ts";
import type { Assignment, AssignmentsResponse } from "../../../src/protocol/messages.ts";
import type { SettlementRecord } from "../../../src/store/settlements.ts";
import { ValidatorStore } from "../../../src/store/validator-store.ts";
import { Core } from "../../../src/validator/core.ts";
import { makeBaselines } from "../../../src/validator/duties/make-baselines.ts";
import { sendWeights } from "../../../src/validator/duties/send-weights.ts";
import { ARENA_DUTIES, type Duty } from "../../../src/validator/engine.ts";
import { type ValidatorEvent, ValidatorEvents } from "../../../src/validator/events.ts";
import { Intake } from "../../../src/validator/intake.ts";
import { Membership } from "../../../src/validator/membership.ts";
import { Polls } from "../../../src/validator/polls.ts";
import type {
  AnchorBoard,
  CommitsRevealed,
  SubnetNeuron,
  SubnetView,
  TaskSource,
  WeightsDoor,
  WeightsSent,
} from "../../../src/validator/ports.ts";
import { DEFAULT_SETTINGS, type ValidatorSettings } from "../../../src/validator/settings.ts";
import { testSigner } from "../../helpers/signers.ts";

const signers = new Map<number, Signer>();
/** Keys take longer to make than anything else here. */
const signerOf = (seed: number): Signer => {
  const signer = signers.get(seed) ?? testSigner(seed);
  signers.set(seed, signer);
  return signer;
};

/** A clock that stands still until it is told otherwise. */
export class FakeClock implements Clock {
  ms = Date.parse("2026-01-01T00:00:00Z");
  #ns = 0n;
  nowMs(): number {
    return this.ms;
  }
  nowNs(): bigint {
    const now = BigInt(this.ms) * 1_000_000n;
    this.#ns = now > this.#ns ? now : this.#ns + 1n;
    return this.#ns;
  }
  wait(): Promise<void> {
    return Promise.resolve();
  }
}

/** A chain of one subnet, in memory. */
export class FakeChain implements SubnetView, Beacon, WeightsDoor, AnchorBoard {
  block = 100;
  neurons: SubnetNeuron[] = [];
  ownerHotkey: string | null = null;
  anchor: string | undefined;
  /** Thrown by the next call of each kind, once. */
  readonly fail: { fetch?: Error; height?: Error; beforeSend?: Error; afterSend?: Error; publish?: Error } = {};
  /** What arrived, in order. */
  readonly rows: WeightsSent[] = [];
  /** Extrinsics that were sent and wait for a block. */
  away = false;
  /** How often it was asked who is registered. */
  fetches = 0;

  #throw(key: keyof FakeChain["fail"]): void {
    const error = this.fail[key];
    delete this.fail[key];
    if (error !== undefined) throw error;
  }

  async fetch() {
    this.fetches++;
    if (this.away) throw unreachable();
    this.#throw("fetch");
    return { block: this.block, ownerHotkey: this.ownerHotkey, neurons: this.neurons };
  }
  async height() {
    if (this.away) throw unreachable();
    this.#throw("height");
    return this.block;
  }
  async valueAt(height: number) {
    this.block = Math.max(this.block, height);
    return createHash("sha256").update(`block ${height}`).digest();
  }
  async read() {
    return this.anchor;
  }
  async publish(anchor: string) {
    this.#throw("publish");
    this.anchor = anchor;
  }
  async send(scores: ReadonlyMap<Hotkey, number>, onSigned: Parameters<WeightsDoor["send"]>[1]) {
    if (this.away) throw unreachable();
    this.#throw("beforeSend");
    const hotkeys = [...scores.keys()];
    const values = weightsU16([...scores.values()]);
    const weights = hotkeys
      .map((hotkey, i) => ({
        uid: this.neurons.find((neuron) => neuron.hotkey === hotkey)?.uid ?? -1,
        hotkey,
        value: values[i] ?? 0,
      }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => a.uid - b.uid);
    const extrinsic = `0x${createHash("sha256")
      .update(JSON.stringify([weights, this.rows.length]))
      .digest("hex")}`;
    onSigned({ extrinsic, atBlock: this.block, weights });
    this.block++;
    const sent = { mode: "plain", block: this.block, extrinsic, weights, verified: true };
    this.rows.push(sent);
    this.#throw("afterSend");
    return sent;
  }
  async lookUp({ extrinsic }: { extrinsic: string }) {
    if (this.away) throw unreachable();
    return this.rows.find((row) => row.extrinsic === extrinsic);
  }
  /** What the next questions about commits by hash are answered with. */
  readonly reveals: CommitsRevealed[] = [];
  async reveal() {
    return this.reveals.shift() ?? { revealed: undefined, expired: [], againAt: undefined };
  }
}

export const unreachable = (): ColosseumError =>
  new ColosseumError("The chain does not answer.", { code: "chain.unreachable", exitCode: ExitCode.network });
export const refused = (): ColosseumError =>
  new ColosseumError("Too soon.", { code: "chain.setting-weights-too-fast", exitCode: ExitCode.refused });

/** Tasks of words: an output is a line of text, damage is a mark in it. */
export class FakeSource implements TaskSource {
  readonly taskTypes = ["page"];
  damageable = true;
  baselineFails = false;
  create(taskType: string, random: { uint32(): number }) {
    return { taskType, data: { topic: random.uint32() % 1_000 } };
  }
  word(briefing: { data: unknown }, random: { uint32(): number }): string {
    return `Make ${JSON.stringify(briefing.data)} (wording ${random.uint32() % 10_000})`;
  }
  augment(briefing: { data: unknown }, random: { uint32(): number }) {
    return {
      prompt: `Make another ${JSON.stringify(briefing.data)} (wording ${random.uint32() % 10_000})`,
      what: "topic",
    };
  }
  async baseline(): Promise<PageFile[]> {
    if (this.baselineFails)
      throw new ColosseumError("The model is out.", { code: "brain.out", exitCode: ExitCode.network });
    return [{ name: "index.html", content: "baseline" }];
  }
  reprint(_: unknown, files: readonly PageFile[], random: { uint32(): number }): PageFile[] {
    return files.map(({ name, content }) => ({ name, content: `${content}<!--${random.uint32()}-->` }));
  }
  /** Checks that an output passes, by its text; without it there are no checks. */
  passes: ((content: string) => number) | undefined;
  async check(_: unknown, files: readonly PageFile[]) {
    return this.passes === undefined ? undefined : { passed: this.passes(files[0]?.content ?? ""), of: 6 };
  }
  async damage(_: unknown, files: readonly PageFile[], __: unknown, below: number | undefined) {
    if (!this.damageable) return undefined;
    const damaged = files.map(({ name, content }) => ({ name, content: `${content} BROKEN` }));
    const passed = this.passes?.(damaged[0]?.content ?? "");
    if (below !== undefined && passed !== undefined && passed >= below) return undefined;
    return { files: damaged, what: "mark", passed };
  }
}

export interface WorldOptions {
  readonly miners?: number;
  readonly settings?: Partial<ValidatorSettings>;
  readonly preset?: string;
  /** Instead of tasks of words. */
  readonly source?: TaskSource;
  /** How many intervals it can play; default 64. */
  readonly seeds?: number;
}

/** A validator without its server, run step by step, that can be dropped and opened again on the same store. */
export class World implements Disposable {
  readonly clock = new FakeClock();
  readonly chain = new FakeChain();
  readonly source = new FakeSource();
  readonly validator: Signer = signerOf(200);
  readonly miners: readonly Signer[];
  readonly dir = mkdtempSync(join(tmpdir(), "colosseum-validator-"));
  readonly events: ValidatorEvent[] = [];
  readonly settings: ValidatorSettings;
  readonly #tasks: TaskSource;
  readonly #seeds: number;
  store: ValidatorStore;
  core: Core;
  intake: Intake;
  polls: Polls;
  #nonce = 1n;

  constructor(options: WorldOptions = {}) {
    this.#tasks = options.source ?? this.source;
    this.#seeds = options.seeds ?? 64;
    this.settings = {
      ...DEFAULT_SETTINGS,
      netuid: 2,
      rules: ruleSetNamed(options.preset ?? "paper"),
      generateMs: 60_000,
      voteMs: 60_000,
      closeEarly: true,
      minMiners: options.miners ?? 8,
      firstKinds: ["synthetic", "duel", "trap"],
      damageShare: 1,
      checkInMs: 3_600_000,
      ...options.settings,
    };
    this.miners = Array.from({ length: options.miners ?? 8 }, (_, i) => signerOf(i + 1));
    this.chain.neurons = [this.validator, ...this.miners].map(({ address }, uid) => ({
      uid,
      hotkey: address,
      coldkey: `cold-${uid}`,
    }));
    ({ store: this.store, core: this.core, intake: this.intake, polls: this.polls } = this.#open());
  }

  #open() {
    const store = new ValidatorStore(join(this.dir, "validator.sqlite"));
    const events = new ValidatorEvents(() => this.clock.nowMs());
    events.subscribe((event) => this.events.push(event));
    const membership = new Membership(this.chain, this.validator.address, this.clock, events);
    const core = new Core(
      {
        settings: this.settings,
        store,
        events,
        clock: this.clock,
        signer: this.validator,
        membership,
        beacon: this.chain,
        door: this.chain,
        anchors: this.chain,
        source: this.#tasks,
      },
      new Uint8Array(32).fill(7),
      this.#seeds,
    );
    return { store, core, intake: new Intake(core), polls: new Polls(core) };
  }

  /** As after kill -9: everything in memory is gone, the file stays. */
  async restart(): Promise<void> {
    this.store.db.close();
    ({ store: this.store, core: this.core, intake: this.intake, polls: this.polls } = this.#open());
    await this.core.membership.refresh();
  }

  /** Runs duties, in turn, until none has anything to do; `between` comes after each that did. */
  async run(between: () => unknown = () => undefined, duties: readonly Duty[] = World.duties): Promise<void> {
    const { signal } = new AbortController();
    for (let worked = true; worked; ) {
      worked = false;
      for (const duty of duties) {
        if (await duty(this.core, signal)) {
          worked = true;
          await between();
        }
      }
    }
  }
  static readonly duties: readonly Duty[] = [...ARENA_DUTIES, makeBaselines, sendWeights];

  /** Who a signed request would be proven to come from. */
  who(miner: Signer, nonceNs = this.#nonce++): Authenticated {
    return {
      hotkey: miner.address as Hotkey,
      cryptoType: "sr25519",
      nonceNs,
      payload: `btauth/1\nsr25519\nPUT\n/v1/x\n00\n${nonceNs}\n${miner.address}\n${this.validator.address}`,
      signature: `0x${"00".repeat(64)}`,
    };
  }

  async checkIn(miners: readonly Signer[] = this.miners): Promise<void> {
    await this.core.membership.refresh();
    await Promise.all(
      miners.map((miner) =>
        this.intake.checkIn(this.who(miner), json({ roles: ["generator", "discriminator"], taskTypes: ["page"] })),
      ),
    );
  }

  async assignments(miner: Signer): Promise<Assignment[]> {
    const all: Assignment[] = [];
    for (let cursor = 0; ; ) {
      const text = await this.polls.answer(miner.address, cursor, 0, new AbortController().signal);
      const page = JSON.parse(text) as AssignmentsResponse;
      if (page.assignments.length === 0) return all;
      all.push(...page.assignments);
      cursor = Number(page.cursor);
    }
  }

  /** Every miner answers what it is asked; `skip` leaves some out. */
  async answer(skip: (miner: Signer, assignment: Assignment) => boolean = () => false): Promise<number> {
    const stored: Promise<unknown>[] = [];
    for (const [place, miner] of this.miners.entries()) {
      for (const assignment of await this.assignments(miner)) {
        if (!skip(miner, assignment)) stored.push(this.#answerOne(miner, place, assignment));
      }
    }
    await Promise.all(stored);
    return stored.length;
  }

  #answerOne(miner: Signer, place: number, assignment: Assignment): Promise<unknown> {
    if (assignment.role === "generator") {
      const files = [{ name: "index.html", content: `page of miner ${place}` }];
      return this.intake.completion(this.who(miner), assignment.id, json({ files }));
    }
    const broken = assignment.outputs?.find(({ files }) => files[0]?.content.includes("BROKEN"));
    // The last miner is careless: it votes A whatever it sees.
    const choice = broken?.label === "A" && place !== this.miners.length - 1 ? "B" : "A";
    return this.intake.vote(this.who(miner), assignment.id, json({ choice }));
  }

  of<T extends ValidatorEvent["type"]>(type: T): Extract<ValidatorEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<ValidatorEvent, { type: T }> => event.type === type);
  }

  settlement(interval: number): SettlementRecord | undefined {
    return this.store.settlements.get(interval);
  }

  [Symbol.dispose](): void {
    this.store.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
