import { createElement, useState } from "react";
import { expect, test } from "vitest";
import type { StationPhoto } from "../../client/types";
import { pick, soon, uploads } from "../../testing";
import { draw } from "../testing";
import { Photos } from "./photos";

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
