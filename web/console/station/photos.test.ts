import { createElement, useState } from "react";
import { expect, test, vi } from "vitest";
import type { StationPhoto } from "../../client/types";
import { soon } from "../../testing";
import { draw } from "../testing";
import { Photos } from "./photos";

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

test("a photo that was put out while another was sent stays out", async () => {
  vi.stubGlobal("XMLHttpRequest", Slow);
  let shown: StationPhoto[] = [];
  function Form() {
    const [photos, show] = useState<StationPhoto[]>([{ attachment_id: "1", caption: "照片1" }]);
    shown = photos;
    return createElement(Photos, { organisation: "7", value: photos, onChange: show });
  }
  const { place } = draw(createElement(Form));
  const input = await soon(() => {
    const found = place.querySelector<HTMLInputElement>('input[type="file"]');
    if (!found) throw new Error("not drawn yet");
    return found;
  });
  Object.defineProperty(input, "files", { value: [new File(["x"], "x.jpg", { type: "image/jpeg" })] });
  Object.defineProperty(input, "value", { value: "", writable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await soon(() => expect(Slow.last?.send).toHaveBeenCalled());
  [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === "删去")?.click();
  await soon(() => expect(shown).toEqual([]));
  Slow.last.onload?.();
  await soon(() => expect(shown.map((one) => one.attachment_id)).toEqual(["3"]));
});
