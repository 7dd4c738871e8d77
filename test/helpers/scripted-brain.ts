import type { PageFile } from "../../src/base/ports.ts";
import type { Brain, BrainCall, Judgement } from "../../src/brains/brain.ts";

/** A brain that does what a test says. */
export function scriptedBrain(script: {
  readonly generate?: (prompt: string, call: BrainCall) => Promise<readonly PageFile[]>;
  readonly judge?: (
    prompt: string,
    a: readonly PageFile[],
    b: readonly PageFile[],
    call: BrainCall,
  ) => Promise<Judgement>;
}): Brain {
  return {
    spec: "scripted",
    roles: ["generator", "discriminator"],
    generate: script.generate ?? (async () => [{ name: "index.html", content: "<p>made</p>" }]),
    judge: script.judge ?? (async () => ({ choice: "A", confidence: 1, reason: "scripted" })),
  };
}
