import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import { Roster } from "./roster";

test("whoever changed a shift second finds what the first one saved when he opens it again", async () => {
  const shift = { id: "1", day: "2999-07-05", from_hour: 9, until_hour: 12, hours_text: "", wanted: 2, volunteers: [] };
  let [task, version] = ["热饭引导", 1];
  serve((_, { method }) => {
    if (method === "PUT") return json({ code: "stale", detail: "别人刚刚改过。" }, 412);
    return json({ posts: [], shifts: [{ ...shift, task, version }] });
  });
  const { place } = draw(createElement(Roster, { station: "7" }));
  const press = async (words: string) =>
    (await there(() => [...place.querySelectorAll("button")].find((one) => one.textContent === words))).click();
  await press("修改");
  [task, version] = ["整理图书", 2];
  await press("保存");
  await soon(() => expect(place.textContent).toContain("别人刚刚改过。"));
  await press("不改了");
  await press("修改");
  await soon(() => expect(place.querySelector("input[maxlength='40']")).toHaveProperty("value", "整理图书"));
});
