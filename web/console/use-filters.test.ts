import { createElement } from "react";
import { flushSync } from "react-dom";
import { useLocation, useNavigate } from "react-router";
import { expect, test } from "vitest";
import { soon } from "../testing";
import { draw } from "./testing";
import { useFilters } from "./use-filters";

const DEFAULTS = { q: "", by: "kind" };

test("a filter takes the place of the last one, and one that goes down into a row is undone by Back", async () => {
  const now = {} as { search: string; change: (changes: object, isStep?: boolean) => void; back: () => void };
  function Page() {
    const [, change] = useFilters(DEFAULTS);
    const navigate = useNavigate();
    Object.assign(now, { change, search: useLocation().search, back: () => navigate(-1) });
    return null;
  }
  draw(createElement(Page), "/ledger", "/ledger");
  flushSync(() => now.change({ by: "organisation" }));
  await soon(() => expect(now.search).toBe("?by=organisation"));
  flushSync(() => now.change({ q: "7", by: "kind" }, true));
  await soon(() => expect(now.search).toBe("?q=7"));
  flushSync(() => now.back());
  await soon(() => expect(now.search).toBe("?by=organisation"));
});
