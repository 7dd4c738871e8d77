import { DEMO_SCENES } from "./demo.tsx";
import { LEADERBOARD_SCENES } from "./leaderboard.tsx";
import { LOCALNET_SCENES } from "./localnet.tsx";
import type { Scene } from "./scene.ts";
import { VOTE_SCENES } from "./vote.tsx";
import { WATCH_SCENES } from "./watch.tsx";

/** Every screen in every state that it can get into. */
export const SCENES: readonly Scene[] = [
  ...DEMO_SCENES,
  ...WATCH_SCENES,
  ...LEADERBOARD_SCENES,
  ...LOCALNET_SCENES,
  ...VOTE_SCENES,
];
