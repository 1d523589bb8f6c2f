import { useEffect, useState } from "react";

/** What stands below a code that may have run out. */
export const MAY_BE_OLD = "二维码可能已过期，正在等待网络，连上后自动更新。";

/** Whether an answer of this instant (milliseconds since 1970) is older than what it brought surely holds (milliseconds). */
export function useIsOld(since: number, holds: number): boolean {
  const [old, setOld] = useState(false);
  useEffect(() => {
    setOld(false);
    const timer = setTimeout(() => setOld(true), Math.max(0, since + holds - Date.now()));
    return () => clearTimeout(timer);
  }, [since, holds]);
  return old;
}
