import { useCallback, useRef, useState } from "react";
import { type Attempt, newKey, Problem, type Sending } from "./http";

/** One thing that a person does, like pressing "save". */
export interface Action<I, O> {
  /** Does it; answers undefined and keeps the problem if it was refused. */
  run: (input: I) => Promise<O | undefined>;
  busy: boolean;
  problem: Problem | undefined;
  clear: () => void;
}

/**
 * Does something under one Idempotency-Key. The key is kept while no answer came and the input and what is sent are the
 * same, so that pressing the button again after a lost connection can't do it twice.
 */
export function useAction<I, O>(work: (input: I, sending: Sending) => Promise<O>): Action<I, O> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const open = useRef<{ attempt: Attempt; input: string }>(undefined);
  const doing = useRef(work);
  doing.current = work;
  const run = useCallback(async (input: I) => {
    const text = JSON.stringify(input) ?? "";
    if (open.current?.input !== text) open.current = { attempt: { key: newKey() }, input: text };
    const mine = open.current;
    // Another may have begun before this one is answered.
    const end = () => {
      if (open.current === mine) open.current = undefined;
    };
    setBusy(true);
    setProblem(undefined);
    try {
      const { attempt } = mine;
      const done = await doing.current(input, { key: attempt.key, attempt });
      end();
      return done;
    } catch (error) {
      const refused = error instanceof Problem ? error : new Problem(-1, "page", "页面出了问题，请刷新后再试。");
      if (!(error instanceof Problem)) console.error(error);
      if (!refused.isLost) end();
      setProblem(refused);
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { run, busy, problem, clear: useCallback(() => setProblem(undefined), []) };
}
