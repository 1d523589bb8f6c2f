import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { show, soon } from "../testing";
import { useLive } from "./live";

const streams: Stream[] = [];
class Stream {
  readyState = 1;
  onerror?: () => void;
  close = () => undefined;
  constructor() {
    streams.push(this);
  }
}

test("a stream that is opened after another was lost is not called lost, too", async () => {
  vi.stubGlobal("EventSource", Stream);
  const Shown = ({ path }: { path: string | null }) => useLive(path).state;
  const { place, again } = show(createElement(Shown, { path: "/imports/7/live" }));
  await soon(() => expect(streams).toHaveLength(1));
  streams[0]?.onerror?.();
  await soon(() => expect(place.textContent).toBe("lost"));
  again(createElement(Shown, { path: null }));
  again(createElement(Shown, { path: "/imports/7/live" }));
  await soon(() => expect(place.textContent).toBe("connecting"));
});
