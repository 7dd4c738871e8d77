import type { Brain } from "./brain.ts";
import { judgeRecord } from "./judge-record.ts";

/** A brain whose code is loaded at its first question: an idle miner does not hold what it does not use. */
export function lazyBrain(about: Pick<Brain, "spec" | "roles">, load: () => Promise<Brain>): Brain {
  let made: Promise<Brain> | undefined;
  let brain: Brain | undefined;
  const get = (): Promise<Brain> => {
    made ??= load().then((loaded) => {
      brain = loaded;
      return loaded;
    });
    return made;
  };
  return {
    ...about,
    generate: async (prompt, call) => (await get()).generate(prompt, call),
    judge: async (prompt, a, b, call) => (await get()).judge(prompt, a, b, call),
    report: () => brain?.report?.() ?? judgeRecord().report(),
  };
}
