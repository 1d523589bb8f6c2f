// What each file of tests stands on: a browser as pages know it, and after each test one that nobody used yet.
import { beforeEach, onTestFinished, vi } from "vitest";

const none = () => undefined;

// What antd and the pages ask of a browser and jsdom lacks.
Element.prototype.scrollIntoView = none;
const styled = window.getComputedStyle;
Object.assign(window, {
  // jsdom tells each time that it draws nothing before and behind an element.
  getComputedStyle: (element: Element) => styled(element),
  scrollTo: none,
  matchMedia: () => ({ matches: false, addListener: none, removeListener: none }),
  ResizeObserver: class {
    observe = none;
    unobserve = none;
    disconnect = none;
  },
});

// Files share a window and their modules. Said before the test says the same of what it draws, this is done after that.
beforeEach(() => {
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    document.body.replaceChildren();
    localStorage.clear();
    sessionStorage.clear();
  });
});
