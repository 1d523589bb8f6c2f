import { useEffect, useState } from "react";
import { address } from "./http";

/** What a live stream last said, and whether it still speaks. */
interface Live<T> {
  data: T | undefined;
  state: "connecting" | "live" | "lost";
}

/** Waits before a stream that broke is opened again, in milliseconds. */
const WAITS = [1000, 2000, 5000, 10_000];

/**
 * Listens to a live stream (SSE with JSON) while the page is open; opens it again when it breaks. `null`: don't. A network that
 * went away without a word leaves a stream that seems to stand: whoever knows better gives another `anew`.
 */
export function useLive<T>(path: string | null, anew = 0): Live<T> {
  const [live, setLive] = useState<Live<T>>({ data: undefined, state: "connecting" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `anew` says nothing but that it is opened again.
  useEffect(() => {
    if (path === null) return;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    setLive((before) => ({ ...before, state: "connecting" }));
    const open = () => {
      source = new EventSource(address(path));
      source.onmessage = (event: MessageEvent<string>) => {
        tries = 0;
        setLive({ data: JSON.parse(event.data) as T, state: "live" });
      };
      source.onerror = () => {
        setLive((before) => ({ ...before, state: "lost" }));
        // The browser opens a broken stream again, but gives up on an answer that is no stream.
        if (source?.readyState === EventSource.CLOSED) {
          timer = setTimeout(open, WAITS[Math.min(tries, WAITS.length - 1)]);
          tries += 1;
        }
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [path, anew]);
  return live;
}
