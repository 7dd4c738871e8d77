import { ChainDeadlineError } from "./errors.ts";

/** One call of a method, from its asking to its answer, over as many lines as that takes. */
export interface Question {
  readonly method: string;
  readonly params: readonly unknown[];
  /** May not be asked twice (submitting): a broken line fails it. */
  readonly once: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  /** How many lines it lost. */
  drops: number;
  done: boolean;
  /** Called when the attempt under way is over: answered, or its line is gone. */
  attemptOver: () => void;
}

export interface QuestionTimes {
  /** From the asking to the last moment an answer is waited for. */
  readonly timeoutMs: number;
  /** How long one line may keep silent before {@link QuestionListeners.onImpatient}; undefined: as long as it likes. */
  readonly patienceMs: number | undefined;
}

export interface QuestionListeners {
  readonly onImpatient: (question: Question) => void;
  /** Its time is up. @returns The endpoint to name in the error. */
  readonly onTimeout: (question: Question) => string;
}

/**
 * A question with its deadline running.
 *
 * @returns The question, and its answer: rejected with {@link ChainDeadlineError} or with what it is rejected with.
 */
export function openQuestion(
  call: { readonly method: string; readonly params: readonly unknown[]; readonly once: boolean },
  { timeoutMs, patienceMs }: QuestionTimes,
  { onImpatient, onTimeout }: QuestionListeners,
): { readonly question: Question; readonly answer: Promise<unknown> } {
  let resolve: (result: unknown) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  // Not Promise.withResolvers: `doctor` asks from Node 20 on, where there is none.
  const answer = new Promise<unknown>((accept, refuse) => {
    [resolve, reject] = [accept, refuse];
  });
  const settle = (how: () => void): void => {
    if (question.done) return;
    question.done = true;
    clearTimeout(timer);
    clearInterval(patience);
    question.attemptOver();
    how();
  };
  const question: Question = {
    ...call,
    drops: 0,
    done: false,
    attemptOver: () => undefined,
    resolve: (result) => settle(() => resolve(result)),
    reject: (error) => settle(() => reject(error)),
  };
  const patience = patienceMs === undefined ? undefined : setInterval(() => onImpatient(question), patienceMs);
  const timer = setTimeout(() => {
    question.reject(new ChainDeadlineError(call.method, onTimeout(question), timeoutMs));
  }, timeoutMs);
  return { question, answer };
}
