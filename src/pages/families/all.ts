import type { Family } from "../family.ts";
import { chart } from "./chart.ts";
import { colour } from "./colour.ts";
import { converter } from "./converter.ts";
import { counter } from "./counter.ts";
import { form } from "./form.ts";
import { memory } from "./memory.ts";
import { poll } from "./poll.ts";
import { quiz } from "./quiz.ts";
import { tabs } from "./tabs.ts";
import { timer } from "./timer.ts";
import { tip } from "./tip.ts";
import { todo } from "./todo.ts";

/** Every family, in the order in which tasks are drawn from them; append only, so that old draws stay the same. */
export const FAMILIES: readonly Family[] = [
  counter,
  todo,
  timer,
  form,
  quiz,
  tip,
  converter,
  colour,
  memory,
  chart,
  tabs,
  poll,
];
