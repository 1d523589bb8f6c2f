import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { soon } from "../../testing";
import { remember } from "../station/remembered";
import { draw, serve } from "../testing";
import { HomePage } from "./home";

test("opened from the home screen without a network the way to where one is on duty stands there", async () => {
  const station = { id: "7", name: "友谊驿站" };
  remember("3", { station, service_choices: [], groups: [], checks: [], rounds: [] } as unknown as DutyDay);
  serve(() => Promise.reject(new TypeError("no network")));
  const { place } = draw(createElement(HomePage));
  await soon(() => expect(place.querySelector("a[href='/duty']")?.textContent).toContain("友谊驿站"));
  expect(place.querySelector("[role=alert]")?.textContent).toContain("连上网络后会自动再试。");
});
