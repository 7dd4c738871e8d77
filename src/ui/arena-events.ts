/** Facts that the arena screen is drawn from: what happened, never what to draw. */
export type TaskStage = "generating" | "voting" | "scored" | "void";

export type ArenaEvent =
  | { readonly type: "step"; readonly atMs: number; readonly text: string }
  | { readonly type: "note"; readonly atMs: number; readonly level: "info" | "warn"; readonly text: string }
  | { readonly type: "tick"; readonly atMs: number }
  | { readonly type: "block"; readonly atMs: number; readonly number: number }
  | {
      readonly type: "neuron";
      readonly uid: number;
      readonly hotkey: string;
      readonly name: string;
      readonly brain: string;
    }
  | { readonly type: "round"; readonly atMs: number; readonly round: number; readonly interval: number }
  | {
      readonly type: "task";
      readonly id: string;
      readonly stage: TaskStage;
      /** Known to the screen's owner from the start; a peer's screen learns it after the reveal. */
      readonly kind?: string;
      readonly generators?: readonly string[];
      readonly invited?: number;
      readonly reason?: string;
    }
  | { readonly type: "completion"; readonly task: string; readonly hotkey: string }
  | { readonly type: "vote"; readonly task: string; readonly hotkey: string }
  | { readonly type: "scores"; readonly interval: number; readonly scores: ReadonlyMap<string, number> }
  | {
      readonly type: "settled";
      readonly atMs: number;
      readonly interval: number;
      readonly block: number;
      /** Hotkey → u16. */
      readonly weights: ReadonlyMap<string, number>;
    }
  | {
      readonly type: "incentive";
      readonly atMs: number;
      readonly block: number;
      readonly values: ReadonlyMap<number, number>;
    }
  | { readonly type: "finished"; readonly atMs: number; readonly text: string };
