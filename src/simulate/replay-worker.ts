import { parentPort, workerData } from "node:worker_threads";
import { type LaneAnswer, type LaneMessage, NEXT, SCORED, type SliceWork } from "./reading-lane.ts";
import { type LoadJob, type OnTask, RecordLoader } from "./record-loader.ts";
import { sliceCount } from "./slice-plan.ts";
import { TapeWriter, type TaskTape } from "./task-tape.ts";

// Reads and nothing else: scoring is compiled anew in each thread, which costs more than half a log of 200 MB.
const { job, module } = workerData as { readonly job: LoadJob; readonly module: WebAssembly.Module };
const loader = new RecordLoader(job, module);
const writer = new TapeWriter(loader.memory);
const port = parentPort;

const onTask: OnTask = (walk, hash, general) => writer.append(walk, general ? hash : undefined);
const answer = (message: LaneAnswer, given: ArrayBuffer[]): void => port?.postMessage(message, given);
const buffersOf = ({ bytes }: TaskTape): ArrayBuffer[] => (bytes === undefined ? [] : [bytes.buffer]);

function readSlices({ plan, state, ahead }: SliceWork): void {
  const count = sliceCount(plan);
  for (let index = Atomics.add(state, NEXT, 1); index < count; index = Atomics.add(state, NEXT, 1)) {
    for (let scored = Atomics.load(state, SCORED); index - scored > ahead; scored = Atomics.load(state, SCORED)) {
      Atomics.wait(state, SCORED, scored);
    }
    const slice = loader.loadSlice(plan, index, onTask);
    const tape = writer.take();
    answer({ index, slice, tape }, buffersOf(tape));
  }
}

port?.on("message", (message: LaneMessage) => {
  if ("work" in message) {
    readSlices(message.work);
    return;
  }
  const { batch } = message;
  const report = loader.load(batch, onTask);
  const tape = writer.take();
  answer({ batch, report, tape }, [batch.bytes.buffer as ArrayBuffer, ...buffersOf(tape)]);
});
