import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, type } from "../../testing";
import Person from "../pages/person";
import { draw, press, serve } from "../testing";

const PERSON = {
  id: "7",
  name: "张*",
  phone: "138****8000",
  group: "courier",
  papers: [],
  merged_from: [],
  organisation_name: "东河区总工会",
  version: 3,
};
const session = {
  permissions: ["people.view", "people.manage"],
  organisations: [{ id: "2", name: "包头市总工会" }],
};

test("what an officer leaves empty of a masked record stays as it is", async () => {
  const sent = serve({ "GET /session": session, "GET /people/7": PERSON });
  draw(createElement(Person), "/people/:id", "/people/7");
  const save = async (fill: () => void) => {
    await press("更正信息");
    await soon(() => expect(document.querySelector(".ant-modal input#name")).not.toBeNull());
    fill();
    await press("保存");
    await soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());
    return sent.filter((one) => one.method === "PUT").slice(-1)[0];
  };
  const field = (name: string) => document.querySelector(`.ant-modal input#${name}`) as HTMLInputElement;
  const renamed = await save(() => type(field("name"), "张三丰"));
  expect(renamed?.body).toEqual({ name: "张三丰", phone: null, group: "courier" });
  expect(renamed?.headers["if-match"]).toBe('"3"');
  const without = await save(() => field("no_phone").click());
  expect(without?.body).toEqual({ name: null, phone: "", group: "courier" });
});

test("of whose number changed hands and who has no other nobody is reminded any more", async () => {
  const lost = { ...PERSON, phone: null, phone_lost_at: "2026-07-02T09:00:00+08:00" };
  const sent = serve({ "GET /session": session, "GET /people/7": lost });
  const { place } = draw(createElement(Person), "/people/:id", "/people/7");
  await soon(() => expect(place.textContent).toContain("手机号码换过主人：2026年7月2日 09:00"));
  await press("更正信息");
  await soon(() => expect(document.querySelector(".ant-modal")?.textContent).toContain("本人没有新号码，不再提醒登记"));
  (document.querySelector(".ant-modal input#no_phone") as HTMLInputElement).click();
  await press("保存");
  await soon(() =>
    expect(sent.find((one) => one.method === "PUT")?.body).toEqual({ name: null, phone: "", group: "courier" }),
  );
});

test("a record that was merged leads to the one it lives on in, and nothing is done to it", async () => {
  serve({ "GET /session": session, "GET /people/7": { ...PERSON, phone: null, merged_into: "9" } });
  const { place } = draw(createElement(Person), "/people/:id", "/people/7");
  await soon(() => expect(place.querySelector('a[href="/people/9"]')).not.toBeNull());
  expect(place.textContent).not.toContain("更正信息");
});
