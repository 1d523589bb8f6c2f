import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import Member from "./member";

const MEMBER = { id: "7", person_id: "8", name: "张*", organisation: "东河区总工会", state: "applied", history: [] };

test("whoever approves somebody reads why it was not done", async () => {
  const session = { permissions: ["membership.approve"], organisations: [{ id: "2", name: "包头市总工会" }] };
  const reason = "本人已是另一工会的会员，请办理会籍转接。";
  const sent = serve({
    "GET /session": session,
    "GET /members/7": MEMBER,
    "POST /members/approve": { approved: 0, refused: [{ id: "7", reason }] },
  });
  draw(createElement(Member), "/members/:id", "/members/7");
  await press("批准入会");
  await press("批准");
  await soon(() => expect(document.body.textContent).toContain(reason));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ ids: ["7"] });
});

test("an officer reads when somebody took his consent back, and what still may be done", async () => {
  const at = "2026-07-02T09:00:00+08:00";
  for (const [state, read] of [
    ["applied", "扫码提交的申请不能批准"],
    ["normal", "会籍不因此终止"],
    ["left", "已有的记录依法保存"],
  ]) {
    serve({ "GET /members/7": { ...MEMBER, state, consent_withdrawn_at: at } });
    const { place } = draw(createElement(Member), "/members/:id", "/members/7");
    await soon(() => expect(place.textContent).toContain("本人已于 2026年7月2日 09:00 撤回线上入会时作出的同意"));
    expect(place.textContent).toContain(read);
    expect(place.textContent?.includes("会籍不因此终止")).toBe(state === "normal");
  }
});

test("an officer reads that a member's number is another's by now, and registers the new one", async () => {
  const session = officer("membership.approve");
  const lost = { ...MEMBER, state: "normal", phone: null, phone_lost_at: "2026-07-02T09:00:00+08:00" };
  serve({ "GET /session": session, "GET /members/7": lost });
  const { place } = draw(createElement(Member), "/members/:id", "/members/7");
  await soon(() => expect(place.textContent).toContain("手机号码换过主人：2026年7月2日 09:00"));
  await soon(() => expect(place.textContent).toContain("登记手机"));
});

test("who dies or leaves while a transfer is pending is recorded; an ended membership prints no card", async () => {
  const permissions = ["membership.keep", "people.view"];
  const session = { permissions, organisations: [{ id: "2", name: "包头市总工会" }] };
  const acts = ["会员证", "办理退会", "除名", "登记去世"];
  for (const [state, offered] of [
    ["transfer_pending", acts],
    ["left", []],
  ] as const) {
    serve({ "GET /session": session, "GET /members/7": { ...MEMBER, state, card: "1501 0200 0000 0014" } });
    const { place } = draw(createElement(Member), "/members/:id", "/members/7");
    // What he may do is known by then.
    await soon(() => expect(place.textContent).toContain("个人档案和服务记录"));
    const buttons = [...place.querySelectorAll("button, a")].map((one) => one.textContent?.replace(/\s/g, "") ?? "");
    expect(acts.filter((act) => buttons.includes(act))).toEqual(offered);
  }
});

const KEEPER = { ...officer("membership.keep"), today: "2026-07-05" };

test("an end is written down with its day, in a window that says whose", async () => {
  const sent = serve({
    "GET /session": KEEPER,
    "GET /members/7": { ...MEMBER, state: "normal" },
    "POST /members/7/decease": {},
  });
  draw(createElement(Member), "/members/:id", "/members/7");
  await press("登记去世");
  await soon(() => expect(document.body.textContent).toContain("登记去世：张*"));
  const field = (name: string) => there(() => document.querySelector<HTMLInputElement>(`[role=dialog] #${name}`));
  expect((await field("day")).value).toBe("2026-07-05");
  type(await field("reason"), "家属报告");
  await press("登记去世");
  const body = () => sent.find((one) => one.method === "POST")?.body;
  await soon(() => expect(body()).toEqual({ reason: "家属报告", day: "2026-07-05" }));
});

test("an end that an officer wrote down by mistake is taken back; what an undone import ended or never began is not", async () => {
  for (const [step, card, offered] of [
    ["expel", "1501 0200 0000 0014", true],
    ["undo", "1501 0200 0000 0014", false],
    ["leave", null, false],
  ] as const) {
    const history = [{ step, step_label: "除名", day: "2026-07-01", organisation: "东河区总工会", actor: "李干部" }];
    serve({ "GET /session": KEEPER, "GET /members/7": { ...MEMBER, state: "left", card, history } });
    const { place } = draw(createElement(Member), "/members/:id", "/members/7");
    // What he may do is known by then.
    await soon(() => expect(place.textContent).toContain(offered ? "撤回办理" : "经办：李干部"));
    expect(place.textContent?.includes("撤回办理")).toBe(offered);
  }
});

test("an officer reads where a member is going, and takes the wrong wish back", async () => {
  const told = "转到“昆都仑区总工会”的申请正等待转入工会确认（期限2026年7月31日），确认前会籍和服务不变。";
  const sent = serve({
    "GET /session": officer("membership.transfer"),
    "GET /members/7": {
      ...MEMBER,
      state: "transfer_pending",
      waiting_transfer: { id: "9", told, may_withdraw: true },
    },
    "POST /transfers/9/withdraw": {},
  });
  const { place } = draw(createElement(Member), "/members/:id", "/members/7");
  await soon(() => expect(place.textContent).toContain(told));
  await press("撤回转接");
  type(await there(() => document.querySelector<HTMLTextAreaElement>("[role=dialog] #reason")), "选错了工会");
  await press("撤回转接");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "选错了工会" }));
});

test("where a member works is put right as it was read; who may not see the companies changes none", async () => {
  const sent = serve({
    "GET /session": KEEPER,
    "GET /members/7": { ...MEMBER, state: "normal", version: 4, employer: "旧站点", platform_id: "5" },
    "PUT /members/7/work": {},
  });
  draw(createElement(Member), "/members/:id", "/members/7");
  await press("更正工作情况");
  type(await there(() => document.querySelector<HTMLInputElement>("[role=dialog] #employer")), " 东河站点 ");
  expect(document.querySelector("[role=dialog] #platform_id")).toBe(null);
  await press("保存");
  const put = () => sent.find((one) => one.method === "PUT");
  await soon(() => expect(put()?.body).toEqual({ platform_id: "5", employer: "东河站点" }));
  expect(put()?.headers["if-match"]).toBe('"4"');
});
