import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import Person from "../pages/person";
import { draw, officer, press, Refused, serve } from "../testing";

const CITIZEN = {
  id: "71",
  kind: "citizen_number",
  kind_label: "居民身份证",
  number: "152***********0016",
  expired: false,
};
const PASSPORT = {
  id: "72",
  kind: "passport",
  kind_label: "护照",
  number: "E12***678",
  valid_to: "2026-06-30",
  expired: true,
};
const PERSON = {
  id: "7",
  name: "张*",
  papers: [CITIZEN, PASSPORT],
  merged_from: [],
  organisation_name: "东河区总工会",
  version: 3,
};
const session = officer("people.view", "people.manage", "people.merge");

const field = (name: string) => there(() => document.querySelector<HTMLInputElement>(`.ant-modal input#${name}`));
const drawn = () => draw(createElement(Person), "/people/:id", "/people/7").place;

test("a paper's number is put right with a reason, of the record as it was read", async () => {
  const sent = serve({ "GET /session": session, "GET /people/7": PERSON });
  const place = drawn();
  await soon(() => expect(place.textContent).toContain("至 2026年6月30日已过期"));
  await press("更正号码");
  type(await field("number"), "E87654321");
  type(await field("reason"), "录入时看错");
  await press("更正");
  const form = { paper_id: "72", number: "E87654321", reason: "录入时看错", valid_to: "2026-06-30" };
  await soon(() => {
    const posted = sent.find((one) => one.method === "POST");
    expect(posted).toMatchObject({ path: "/people/7/papers/correct", body: form });
    expect(posted?.headers["if-match"]).toBe('"3"');
  });
});

test("the only paper is not taken away, and who may not keep records sees no buttons", async () => {
  serve({ "GET /session": session, "GET /people/7": { ...PERSON, papers: [CITIZEN] } });
  const one = drawn();
  await soon(() => expect(one.textContent).toContain("更正号码"));
  expect(one.querySelector('[aria-label="删除：居民身份证"]')).toBeNull();
  serve({ "GET /session": { ...session, permissions: ["people.view"] }, "GET /people/7": PERSON });
  const other = drawn();
  await soon(() => expect(other.textContent).toContain(PASSPORT.number));
  for (const act of ["更正号码", "删除", "添加证件"]) expect(other.textContent).not.toContain(act);
});

test("a wrong paper is taken away with a reason", async () => {
  const sent = serve({ "GET /session": session, "GET /people/7": PERSON });
  drawn();
  (await there(() => document.querySelector<HTMLElement>('[aria-label="删除：护照"]'))).click();
  type(await field("reason"), "不是本人的护照");
  await press("删除");
  await soon(() =>
    expect(sent.find((one) => one.method === "POST")).toMatchObject({
      path: "/people/7/papers/remove",
      body: { paper_id: "72", reason: "不是本人的护照" },
    }),
  );
});

test("a number that another record holds leads there, and to the merger of both", async () => {
  const taken = new Refused(409, "paper_taken", "这个证件号码已登记在另一份档案上。", { person_id: "9" });
  serve({
    "GET /session": session,
    "GET /people/7": PERSON,
    "GET /people/9": { ...PERSON, id: "9" },
    "POST /people/7/papers/correct": taken,
  });
  drawn();
  await press("更正号码");
  type(await field("number"), "E87654321");
  type(await field("reason"), "录入时看错");
  await press("更正");
  await there(() => document.querySelector('.ant-modal a[href="/people/9"]'));
  await press("比对并合并");
  await there(() => document.querySelector(".compare"));
});
