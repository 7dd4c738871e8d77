// The module's face: two functions, the memory, and where in it the other side finds what was read.
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
  MOST_INVITED,
  MOST_VOTES,
  TASK,
  VOTERS,
} from "./layout";
export { configure, loadTask } from "./task";
