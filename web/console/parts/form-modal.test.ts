import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import Platforms from "../pages/platforms";
import { draw, officer, press, Refused, serve, TOP } from "../testing";

const session = officer("workforce.manage");

const name = () => there(() => document.querySelector<HTMLInputElement>(".ant-modal input#name"));
const closed = () => soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());

test("a form that is opened for another row holds nothing of the row before", async () => {
  const items = ["甲", "乙"].map((name, index) => ({ id: `${index}`, name, rank: "head", version: 1 }));
  serve({ "GET /session": session, "GET /organisations/2": TOP, "GET /platforms": { items, total: 2 } });
  const { place } = draw(createElement(Platforms));
  const change = async (row: number) =>
    (await there(() => place.querySelectorAll<HTMLButtonElement>("tbody button")[row])).click();
  await change(0);
  type(await name(), "甲改了");
  await press("取消");
  await closed();
  await change(1);
  expect((await name()).value).toBe("乙");
  await press("取消");
  await closed();
  await press("新增企业");
  expect((await name()).value).toBe("");
});

test("whoever was second finds what the first one saved when he opens the form again, and can save then", async () => {
  let saved = { id: "7", name: "美团", rank: "head", version: 1 };
  const sent = serve({
    "GET /session": session,
    "GET /organisations/2": TOP,
    "GET /platforms": () => ({ items: [saved], total: 1 }),
    "PUT /platforms/7": ({ headers }: { headers: Record<string, string> }) =>
      headers["if-match"] === `"${saved.version}"` ? saved : new Refused(412, "stale", "别人刚刚改过这条记录。"),
  });
  draw(createElement(Platforms));
  await press("修改");
  type(await name(), "美团骑手");
  saved = { ...saved, name: "美团配送", version: 2 };
  await press("保存");
  await press("看最新内容");
  await soon(() => expect(document.querySelector("tbody")?.textContent).toContain("美团配送"));
  await closed();
  await press("修改");
  expect((await name()).value).toBe("美团配送");
  await press("保存");
  await closed();
  const tags = sent.filter((one) => one.method === "PUT").map((one) => one.headers["if-match"]);
  expect(tags).toEqual(['"1"', '"2"']);
});
