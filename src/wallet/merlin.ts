import { keccakP } from "@noble/hashes/sha3.js";

/** Bytes of the Keccak state that STROBE-128 uses for data: 200 − 2·16 of security − 2 of framing. */
const RATE = 166;
/** Operation flags of STROBE v1.0.2, section 5.1. */
const INBOUND = 1;
const APPLICATION = 2;
const CIPHER = 4;
const META = 16;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function le32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/**
 * A Merlin transcript: what a sr25519 signature is made over. Only the operations that signing needs.
 *
 * @see https://merlin.cool/transcript/ops.html, STROBE v1.0.2
 */
export class MerlinTranscript {
  readonly #state: Uint8Array;
  readonly #words: Uint32Array;
  #position: number;
  #begin: number;

  private constructor(state: Uint8Array, position: number, begin: number) {
    this.#state = state;
    this.#words = new Uint32Array(state.buffer);
    this.#position = position;
    this.#begin = begin;
  }

  /** A fresh transcript under a protocol's label. */
  static start(label: string): MerlinTranscript {
    const state = new Uint8Array(200);
    state.set([1, RATE + 2, 1, 0, 1, 96]);
    state.set(ascii("STROBEv1.0.2"), 6);
    const transcript = new MerlinTranscript(state, 0, 0);
    keccakP(transcript.#words);
    transcript.#operate(META | APPLICATION, [ascii("Merlin v1.0")]);
    transcript.append("dom-sep", ascii(label));
    return transcript;
  }

  /** The same transcript once more, to go another way with it. */
  copy(): MerlinTranscript {
    return new MerlinTranscript(this.#state.slice(), this.#position, this.#begin);
  }

  /** Commits to a labelled message. */
  append(label: string, message: Uint8Array): void {
    this.#operate(META | APPLICATION, [ascii(label), le32(message.length)]);
    this.#operate(APPLICATION, [message]);
  }

  /** `length` bytes that depend on everything so far. */
  challenge(label: string, length: number): Uint8Array {
    this.#operate(META | APPLICATION, [ascii(label), le32(length)]);
    return this.#squeeze(length);
  }

  /**
   * `length` secret bytes that depend on everything so far, on a secret and on fresh randomness, so that a weak random source
   * alone does not repeat a nonce. The transcript itself does not change.
   *
   * @param random - 32 bytes.
   */
  witness(label: string, length: number, secret: Uint8Array, random: Uint8Array): Uint8Array {
    const generator = this.copy();
    generator.#operate(META | APPLICATION, [ascii(label), le32(secret.length)]);
    generator.#key(secret);
    generator.#operate(META | APPLICATION, [ascii("rng")]);
    generator.#key(random);
    generator.#operate(META | APPLICATION, [le32(length)]);
    return generator.#squeeze(length);
  }

  #permute(): void {
    const state = this.#state;
    state[this.#position] = (state[this.#position] ?? 0) ^ this.#begin;
    state[this.#position + 1] = (state[this.#position + 1] ?? 0) ^ 0x04;
    state[RATE + 1] = (state[RATE + 1] ?? 0) ^ 0x80;
    keccakP(this.#words);
    this.#position = 0;
    this.#begin = 0;
  }

  #absorb(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#state[this.#position] = (this.#state[this.#position] ?? 0) ^ byte;
      if (++this.#position === RATE) this.#permute();
    }
  }

  #operate(flags: number, parts: readonly Uint8Array[]): void {
    const before = this.#begin;
    this.#begin = this.#position + 1;
    this.#absorb(Uint8Array.of(before, flags));
    if ((flags & CIPHER) !== 0 && this.#position !== 0) this.#permute();
    for (const part of parts) this.#absorb(part);
  }

  #key(secret: Uint8Array): void {
    this.#operate(APPLICATION | CIPHER, []);
    for (const byte of secret) {
      this.#state[this.#position] = byte;
      if (++this.#position === RATE) this.#permute();
    }
  }

  #squeeze(length: number): Uint8Array {
    this.#operate(INBOUND | APPLICATION | CIPHER, []);
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      out[i] = this.#state[this.#position] ?? 0;
      this.#state[this.#position] = 0;
      if (++this.#position === RATE) this.#permute();
    }
    return out;
  }
}
