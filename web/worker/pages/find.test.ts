// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { NearSearch, type Sought } from "../find/near-search";
import FindPage from "./find";

// Nobody draws the map here.
vi.mock("../find/use-map", () => ({ useMap: () => ({ wanted: false }) }));

let found: PositionCallback | undefined;
vi.stubGlobal("scrollTo", () => undefined);
Object.defineProperty(navigator, "geolocation", {
  value: {
    getCurrentPosition: (told: PositionCallback) => {
      found = told;
    },
  },
});
const HERE = { coords: { longitude: 110.05, latitude: 40.58 } } as GeolocationPosition;

const place = document.createElement("div");
document.body.append(place);
const button = (name: string) => [...place.querySelectorAll("button")].find((one) => one.textContent === name);

test("what is ticked while the phone looks for its place stays ticked", async () => {
  const items = [{ code: "microwave", label: "微波炉" }];
  vi.stubGlobal("fetch", async (address: string) => {
    const body = address.includes("/places") ? { places: [], items } : [];
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  });
  let search = "";
  function Look() {
    search = decodeURIComponent(useLocation().search);
    return createElement(FindPage);
  }
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(Look));
  root.render(createElement(QueryClientProvider, { client: new QueryClient() }, page));
  await soon(() => expect(place.textContent).toContain("微波炉"));
  button("找我附近的驿站")?.click();
  place.querySelectorAll<HTMLInputElement>(".chips input")[2]?.click();
  await soon(() => expect(search).toContain("has=microwave"));
  found?.(HERE);
  await soon(() => expect(search).toContain("at=110.05,40.58"));
  expect(search).toContain("has=microwave");
  root.unmount();
});

test("what is sought while the phone looks for its place is sought still", async () => {
  let shown: Sought = {};
  let seek: (sought: Sought) => void = () => undefined;
  function Page() {
    [shown, seek] = useState<Sought>({});
    return createElement(NearSearch, { sought: shown, seek });
  }
  const root = createRoot(place);
  root.render(createElement(Page));
  await soon(() => expect(button("从离我近的看起")).toBeDefined());
  button("从离我近的看起")?.click();
  seek({ q: "法律" });
  await soon(() => expect(shown.q).toBe("法律"));
  found?.(HERE);
  await soon(() => expect(shown.longitude).toBe("110.05"));
  expect(shown.q).toBe("法律");
  root.unmount();
});
