import { createElement, useState } from "react";
import { expect, test, vi } from "vitest";
import type { DutyDay, StationPhoto } from "../../client/types";
import { pick, show, soon, there, uploads } from "../../testing";
import { Photos } from "./photos";
import { Round } from "./round";

/** Begins to send a photo; the server knows it by a number once it is answered. */
async function begin() {
  const begun = uploads();
  await pick("x.jpg");
  const upload = await there(() => begun[0]);
  return () => upload.answer({ id: "3" });
}

test("a photo that was put out while another was sent stays out", async () => {
  let shown: StationPhoto[] = [];
  const told: boolean[] = [];
  const busy = (sending: boolean) => told.push(sending);
  function Form() {
    const [photos, change] = useState<StationPhoto[]>([{ attachment_id: "1", caption: "照片1" }]);
    shown = photos;
    return createElement(Photos, { station: "7", label: "照片", hint: "", photos, change, busy });
  }
  const { place } = show(createElement(Form));
  const arrive = await begin();
  expect(told).toEqual([true]);
  [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === "删去")?.click();
  await soon(() => expect(shown).toEqual([]));
  arrive();
  await soon(() => expect(shown.map((one) => one.attachment_id)).toEqual(["3"]));
  await soon(() => expect(told).toEqual([true, false]));
});

test("a look round is not handed in without the photo that is on its way, which would go to the next one", async () => {
  const day = { station: { id: "7" }, rounds: [], checks: [{ code: "door", label: "门" }] } as unknown as DutyDay;
  const keep = vi.fn();
  const { place } = show(createElement(Round, { day, waiting: [], keep }));
  const hand = () => [...place.querySelectorAll("button")].find((one) => one.className === "main");
  const arrive = await begin();
  await soon(() => expect(hand()?.disabled).toBe(true));
  arrive();
  await soon(() => expect(hand()?.disabled).toBe(false));
  hand()?.click();
  expect(keep.mock.calls[0]?.[2].photos).toMatchObject([{ attachment_id: "3" }]);
});

test("each photo has a name of its own, also after one in their midst was put out", async () => {
  let shown: StationPhoto[] = [];
  function Form() {
    const [photos, change] = useState<StationPhoto[]>([{ attachment_id: "2", caption: "照片2" }]);
    shown = photos;
    return createElement(Photos, { station: "7", label: "照片", hint: "", photos, change, busy: () => undefined });
  }
  show(createElement(Form));
  const arrive = await begin();
  arrive();
  await soon(() => expect(shown.map((one) => one.caption)).toEqual(["照片2", "照片1"]));
});
