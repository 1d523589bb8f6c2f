import { createElement, useState } from "react";
import { expect, test, vi } from "vitest";
import type { DutyDay, StationPhoto } from "../../client/types";
import { show, soon } from "../../testing";
import { Photos } from "./photos";
import { Round } from "./round";

/** An upload that ends when the test says so. */
class Slow {
  static last: Slow;
  status = 201;
  responseText = JSON.stringify({ id: "3" });
  upload = {};
  onload?: () => void;
  constructor() {
    Slow.last = this;
  }
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = vi.fn();
}

/** Begins to send a photo by the page's own button. */
async function begin(place: HTMLElement) {
  const input = await soon(() => {
    const found = place.querySelector<HTMLInputElement>('input[type="file"]');
    if (!found) throw new Error("not drawn yet");
    return found;
  });
  Object.defineProperty(input, "files", { value: [new File(["x"], "x.jpg", { type: "image/jpeg" })] });
  Object.defineProperty(input, "value", { value: "", writable: true });
  const before = Slow.last;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await soon(() => expect(Slow.last).not.toBe(before));
  await soon(() => expect(Slow.last.send).toHaveBeenCalled());
}

test("a photo that was put out while another was sent stays out", async () => {
  vi.stubGlobal("XMLHttpRequest", Slow);
  let shown: StationPhoto[] = [];
  const told: boolean[] = [];
  const busy = (sending: boolean) => told.push(sending);
  function Form() {
    const [photos, change] = useState<StationPhoto[]>([{ attachment_id: "1", caption: "照片1" }]);
    shown = photos;
    return createElement(Photos, { station: "7", label: "照片", hint: "", photos, change, busy });
  }
  const { place } = show(createElement(Form));
  await begin(place);
  expect(told).toEqual([true]);
  [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === "删去")?.click();
  await soon(() => expect(shown).toEqual([]));
  Slow.last.onload?.();
  await soon(() => expect(shown.map((one) => one.attachment_id)).toEqual(["3"]));
  await soon(() => expect(told).toEqual([true, false]));
});

test("a look round is not handed in without the photo that is on its way, which would go to the next one", async () => {
  vi.stubGlobal("XMLHttpRequest", Slow);
  const day = { station: { id: "7" }, rounds: [], checks: [{ code: "door", label: "门" }] } as unknown as DutyDay;
  const keep = vi.fn();
  const { place } = show(createElement(Round, { day, waiting: [], keep }));
  const hand = () => [...place.querySelectorAll("button")].find((one) => one.className === "main");
  await begin(place);
  await soon(() => expect(hand()?.disabled).toBe(true));
  Slow.last.onload?.();
  await soon(() => expect(hand()?.disabled).toBe(false));
  hand()?.click();
  expect(keep.mock.calls[0]?.[2].photos).toMatchObject([{ attachment_id: "3" }]);
});
