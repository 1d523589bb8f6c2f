import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { Comments } from "./comments";

test("who opens what others say sees that it is on its way", async () => {
  let answer: (response: Response) => void = () => undefined;
  serve(() => new Promise((done) => (answer = done)));
  const { place } = draw(createElement(Comments, { station: "7" }));
  const details = place.querySelector("details") as HTMLDetailsElement;
  expect(place.textContent).not.toContain("正在打开");
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  await soon(() => expect(place.textContent).toContain("正在打开…"));
  answer(json({ comments: [] }));
  await soon(() => expect(place.textContent).toContain("还没有人评价。"));
  expect(place.textContent).not.toContain("正在打开");
});

test("ratings are counted, not people: whoever comes often may rate each visit", async () => {
  serve(() => json({ average: "4.5 分", number: 2, comments: [] }));
  const { place } = draw(createElement(Comments, { station: "7" }));
  const details = place.querySelector("details") as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  await soon(() => expect(place.textContent).toContain("4.5 分，2 条评价"));
});
