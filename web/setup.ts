// What each file of tests stands on: a browser as pages know it, and after each test one that nobody used yet.
import { beforeEach, onTestFinished, vi } from "vitest";
import { forgetTime } from "./client/clock";

const none = () => undefined;

// Charts draw on a canvas, and jsdom has none to draw on.
const canvas = new Proxy({}, { get: (_, name) => (name === "measureText" ? () => ({ width: 0 }) : none) });
HTMLCanvasElement.prototype.getContext = (() => canvas) as never;

// What antd and the pages ask of a browser and jsdom lacks.
Element.prototype.scrollIntoView = none;
Object.assign(window, {
  scrollTo: none,
  matchMedia: () => ({ matches: false, addListener: none, removeListener: none }),
  ResizeObserver: class {
    observe = none;
    unobserve = none;
    disconnect = none;
  },
});

const { getComputedStyle } = window;

// Files share a window and their modules. What is said first of a test's end is done last: here all that it drew is gone.
beforeEach(() => {
  // Asked for what stands before or behind an element jsdom complains each time.
  vi.stubGlobal("getComputedStyle", (element: Element) => getComputedStyle(element));
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    document.body.replaceChildren();
    localStorage.clear();
    sessionStorage.clear();
    forgetTime();
  });
});
