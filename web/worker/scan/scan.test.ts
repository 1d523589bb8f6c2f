import { createElement } from "react";
import { expect, test } from "vitest";
import { show, soon } from "../../testing";
import { Scan } from "./scan";

test("who opens the camera by keys goes on at it, and afterwards where he was", async () => {
  const { place } = show(createElement(Scan, { label: "扫凭证", done: () => undefined }));
  const focused = (words: string) => soon(() => expect(document.activeElement?.textContent).toBe(words));
  place.querySelector("button")?.click();
  await focused("关闭相机");
  (document.activeElement as HTMLElement).click();
  await focused("扫凭证");
});
