import { createElement } from "react";
import { flushSync } from "react-dom";
import { useLocation, useNavigate } from "react-router";
import { expect, test } from "vitest";
import { soon } from "../testing";
import { draw } from "./testing";
import { useOpened } from "./use-opened";

/** A page at an address; what stands open on it, how that is changed, and the browser's own Back. */
function page(address: string) {
  const now = {} as {
    what: string;
    search: string;
    key: string;
    open: (what: string) => void;
    close: () => void;
    back: () => void;
  };
  function Page() {
    const [what, open, close] = useOpened();
    const navigate = useNavigate();
    Object.assign(now, { what, open, close, back: () => navigate(-1), ...useLocation() });
    return null;
  }
  draw(createElement(Page), "/use", address);
  return now;
}
const tell = (act: () => void) => flushSync(act);

test("what is opened stands in the address beside the filters, and Back closes it", async () => {
  const now = page("/use?period=month");
  tell(() => now.open("hour.9"));
  await soon(() => expect(now.search).toBe("?period=month&opened=hour.9"));
  expect(now.what).toBe("hour.9");
  tell(() => now.back());
  await soon(() => expect(now.search).toBe("?period=month"));
  expect(now.what).toBe("");
});

test("one opened after the other is one step, and closing goes back where both came from", async () => {
  const now = page("/use?period=month");
  const { key } = now;
  tell(() => now.open("hour.9"));
  await soon(() => expect(now.what).toBe("hour.9"));
  tell(() => now.open("hour.10"));
  await soon(() => expect(now.what).toBe("hour.10"));
  tell(() => now.close());
  await soon(() => expect(now.search).toBe("?period=month"));
  expect(now.key).toBe(key);
});

test("who came by the address closes it and stays", async () => {
  const now = page("/use?period=month&opened=hour.9");
  expect(now.what).toBe("hour.9");
  tell(() => now.close());
  await soon(() => expect(now.search).toBe("?period=month"));
});
