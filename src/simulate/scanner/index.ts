// The module's face: its functions, the memory, and where in it the other side finds what was read.
export {
  AT_NANOS,
  AT_SECONDS,
  AUTHORS,
  CHOICES,
  FEW,
  FROM_VALIDATOR,
  GENERATORS,
  IN_TIME,
  INPUT,
  INVITED,
  MOST_HOTKEYS,
  MOST_INVITED,
  MOST_VOTES,
  TAPE,
  TASK,
  TRANSLATION,
  VOTERS,
} from "./layout";
export { appendTask, readTape, takeTape } from "./tape";
export { configure, loadTask } from "./task";
