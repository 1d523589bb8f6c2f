import { useCallback, useEffect, useRef } from "react";
import { type IsOut, letInBy } from "./let-in";

/**
 * What was refused for want of a log-in waits here as long as the page stands: `opens` asks for the log-in, or answers that there is
 * none to ask for. Answers how all that waits goes on.
 */
export function useWaiting(opens: () => boolean, isOut?: IsOut): () => void {
  const waiting = useRef<((back: true) => void)[]>([]);
  useEffect(
    () =>
      letInBy(async () => {
        if (!opens()) return false;
        return new Promise((resolve) => waiting.current.push(resolve));
      }, isOut),
    [opens, isOut],
  );
  return useCallback(() => {
    for (const go of waiting.current.splice(0)) go(true);
  }, []);
}
