import { createElement, useState } from "react";
import { expect, test } from "vitest";
import type { Tagged } from "../../client/http";
import type { PlanDetail } from "../../client/types";
import { soon, there, type } from "../../testing";
import { draw, press, Refused, serve } from "../testing";
import { OutlineForm } from "./outline-form";

const read = (version: number, title = "工作要点") =>
  ({ tag: `"${version}"`, value: { id: "7", title, chapters: [], measures: [] } }) as unknown as Tagged<PlanDetail>;

test("what was typed of an outline stays while the plan is published, and is saved on top of that", async () => {
  const sent = serve({});
  let show: (plan: Tagged<PlanDetail>) => void = () => undefined;
  function Page() {
    const [plan, set] = useState(read(1));
    show = set;
    return createElement("div", null, createElement("p", null, plan.tag), createElement(OutlineForm, { plan }));
  }
  const { place } = draw(createElement(Page));
  const title = () => there(() => place.querySelector<HTMLInputElement>("input#title"));
  type(await title(), "年度工作要点");
  show(read(2));
  await soon(() => expect(place.querySelector("p")?.textContent).toBe('"2"'));
  expect((await title()).value).toBe("年度工作要点");
  await press("保存提纲");
  await soon(() => expect(sent.find((one) => one.method === "PUT")?.headers["if-match"]).toBe('"2"'));
  // What somebody else saved is read.
  show(read(3, "别人的标题"));
  await soon(() => expect(place.querySelector<HTMLInputElement>("input#title")?.value).toBe("别人的标题"));
});

test("an outline that another saves takes away nothing that was typed on the one before, and is shown when that is refused", async () => {
  const sent = serve({ "PUT /plans/7": new Refused(412, "stale", "别人刚刚改过。") });
  let show: (plan: Tagged<PlanDetail>) => void = () => undefined;
  function Page() {
    const [plan, set] = useState(read(1));
    show = set;
    return createElement("div", null, createElement("p", null, plan.tag), createElement(OutlineForm, { plan }));
  }
  const title = (place: Element) => there(() => place.querySelector<HTMLInputElement>("input#title"));
  const before = draw(createElement(Page)).place;
  type(await title(before), "年度工作要点");
  await soon(() => expect(before.textContent).toContain("有改动尚未保存"));
  // He looked at something else, and came back.
  before.remove();
  const { place } = draw(createElement(Page));
  expect((await title(place)).value).toBe("年度工作要点");
  show(read(2, "别人的标题"));
  await soon(() => expect(place.querySelector("p")?.textContent).toBe('"2"'));
  expect((await title(place)).value).toBe("年度工作要点");
  await press("保存提纲");
  await press("看最新内容");
  await soon(() => expect(place.querySelector<HTMLInputElement>("input#title")?.value).toBe("别人的标题"));
  expect(sent.filter((one) => one.method === "PUT").map((one) => one.headers["if-match"])).toEqual(['"1"']);
  expect(place.textContent).not.toContain("有改动尚未保存");
});
