import { createElement, useState } from "react";
import { expect, test } from "vitest";
import type { StationPhoto, StationView } from "../../client/types";
import { pick, soon, uploads } from "../../testing";
import { draw } from "../testing";
import { captionOf, Photos } from "./photos";

test("a photo that was put out while another was sent stays out", async () => {
  const begun = uploads();
  let shown: StationPhoto[] = [];
  function Form() {
    const [photos, show] = useState<StationPhoto[]>([{ attachment_id: "1", caption: "照片1" }]);
    shown = photos;
    return createElement(Photos, { organisation: "7", value: photos, onChange: show });
  }
  const { place } = draw(createElement(Form));
  await pick("x.jpg");
  await soon(() => expect(begun).toHaveLength(1));
  [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === "删去")?.click();
  await soon(() => expect(shown).toEqual([]));
  begun[0]?.answer({ id: "3" });
  await soon(() => expect(shown.map((one) => one.attachment_id)).toEqual(["3"]));
});

test("what the station shows is fetched from there, what was just handed in is not", () => {
  const [shown, fresh] = [
    { attachment_id: "1", caption: "门口" },
    { attachment_id: "3", caption: "新的" },
  ];
  const station = { id: "8", photos: [shown] } as StationView;
  const { place } = draw(
    createElement(Photos, { organisation: "7", station, value: [shown, fresh] as StationPhoto[] }),
  );
  const lie = [...place.querySelectorAll("img")].map((one) => one.getAttribute("src"));
  expect(lie).toEqual(["/api/v1/stations/8/picture?attachment=1", "/api/v1/attachments/3"]);
});

test("workers read no file name under a picture unless somebody named it for them", () => {
  expect(["驿站门口.jpg", "1号微波炉.png"].map(captionOf)).toEqual(["驿站门口", "1号微波炉"]);
  for (const name of ["IMG_20261130_0931.jpg", "微信图片_20261130093101.jpg", "mmexport1764466.jpg", "a1-home.png"])
    expect(captionOf(name)).toBe("");
});
