import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { saveFile } from "../../shared/save-file";
import { soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import { PrivacyPage } from "./privacy";

vi.mock("../../shared/save-file", () => ({ saveFile: vi.fn() }));

const GIVEN = {
  purpose: "membership",
  label: "办理入会和提供会员服务",
  version: "2026-1",
  given_at: "2026-07-01T09:00:00+08:00",
  ends: "还没批准的入会申请不再批准；会籍不因此终止。",
};
const KEPT = { fields: [], consents: [GIVEN], agree_again: [], looked: [], requests: [] };
const TAKEN_BACK = {
  ...KEPT,
  consents: [{ ...GIVEN, withdrawn_at: "2026-07-02T09:00:00+08:00" }],
  agree_again: [{ purpose: "membership", label: "办理入会", version: "2026-2", text: "新的告知书全文" }],
};

/** The page, and what is sent from it; it is answered by what is kept afterwards. */
function drawn(before: unknown, after: unknown) {
  const sent: { address: string; body: unknown }[] = [];
  serve((address, { method = "GET", body }) => {
    if (method !== "POST") return json(address.includes("/me/privacy") ? before : []);
    sent.push({ address, body: body ? JSON.parse(String(body)) : undefined });
    return json(after);
  });
  const { place } = draw(createElement(PrivacyPage), "/privacy");
  const button = (words: string) =>
    there(() => [...place.querySelectorAll("button")].find((one) => one.textContent === words));
  return { place, sent, button };
}

test("whoever takes his consent back reads before what ends and what goes on, and may agree again", async () => {
  const { place, sent, button } = drawn(KEPT, TAKEN_BACK);
  (await button("撤回同意")).click();
  await soon(() => expect(place.textContent).toContain("会籍不因此终止"));
  expect(place.textContent).toContain("还没批准的入会申请不再批准");
  expect(place.textContent).not.toContain("新的告知书全文");
  (await button("确定撤回")).click();
  await soon(() => expect(place.textContent).toContain("新的告知书全文"));
  expect(sent.map((one) => one.address)).toEqual([expect.stringContaining("/me/consents/membership/withdraw")]);
});

test("what he agreed to by several texts is taken back as the one thing that it is", async () => {
  const older = { ...GIVEN, version: "2025-1", given_at: "2025-07-01T09:00:00+08:00" };
  const other = { ...GIVEN, purpose: "counselling", label: "预约心理咨询" };
  const { place } = drawn({ ...KEPT, consents: [GIVEN, other, older] }, KEPT);
  await soon(() => expect(place.textContent).toContain("告知书 2025-1 版"));
  const buttons = [...place.querySelectorAll("button")].filter((one) => one.textContent === "撤回同意");
  expect(buttons.length).toBe(2);
});

test("he agrees again to the text of today, once he ticked that he read it", async () => {
  const { place, sent, button } = drawn(TAKEN_BACK, KEPT);
  const again = await button("重新同意");
  expect(again.disabled).toBe(true);
  expect(place.textContent).toContain("您已撤回“办理入会”的同意");
  (await there(() => place.querySelector<HTMLInputElement>('input[type="checkbox"]'))).click();
  await soon(() => expect(again.disabled).toBe(false));
  again.click();
  await soon(() =>
    expect(sent).toEqual([
      { address: expect.stringContaining("/me/consents"), body: { purpose: "membership", version: "2026-2" } },
    ]),
  );
  await soon(() => expect(place.textContent).not.toContain("重新同意"));
});

test("whoever takes all that is kept of him along reads before what is in the file", async () => {
  const { place, button } = drawn(KEPT, KEPT);
  await button("导出我的全部信息（含证件号码原文）");
  expect(place.textContent).toContain("会籍、会费、同意和查看记录、申请、服务记录");
});

test("what is in the file is read on the page by the names that the file gives", async () => {
  const copy = {
    about: "",
    exported_at: "2026-07-01T09:00:00+08:00",
    parts: {
      person: { heading: "本人资料", columns: { name: "姓名", papers: "证件", number: "证件号码" } },
      dues: { heading: "会费", columns: { month: "月份" } },
    },
    person: { name: "王小明", papers: [{ number: "152201" }] },
    dues: [],
    others: {
      benefit_claim: {
        heading: "普惠服务凭证",
        columns: { id: "编号", claimed_at: "领取时间", had_kit: "已领礼包", ended_at: "核销时间" },
        rows: [{ id: "42424242", claimed_at: "2026-07-01T09:30:00+08:00", had_kit: false, ended_at: null }],
      },
    },
  };
  const { place, button } = drawn(KEPT, copy);
  (await button("导出我的全部信息（含证件号码原文）")).click();
  await soon(() => expect(place.textContent).toContain("普惠服务凭证"));
  expect(saveFile).toHaveBeenCalledOnce();
  const read = place.querySelector('[aria-label="导出的信息"]')?.textContent;
  expect(read).toContain("姓名王小明证件证件号码152201");
  expect(read).toMatch(/领取时间2026年7月1日 ?09:30已领礼包否/);
  // What is empty and what is for other systems stays in the file.
  for (const unread of ["会费", "核销时间", "42424242", "claimed_at"]) expect(read).not.toContain(unread);
});

test("whoever waits too long reads that he should have been answered, and whom to call", async () => {
  const asked = {
    id: "1",
    kind: "correct",
    text: "姓名写错了",
    asked_at: "2026-07-01T09:00:00+08:00",
    state: "waiting",
  };
  const { place } = drawn({ ...KEPT, requests: [{ ...asked, due_on: "2026-07-22", overdue: true }] }, KEPT);
  await soon(() => expect(place.textContent).toContain("应在2026年7月22日前答复，已超期，可拨打 12351 反映"));
});

test("of an act for which no reason is asked it is not said that none was given", async () => {
  const act = { who: "张律师", at: "2026-07-01T09:00:00+08:00", action: "station_consultations.write" };
  const wrote = { ...act, action_label: "写驿站咨询记录" };
  const opened = { ...act, action: "people.reveal", action_label: "查看原文", purpose: "核对身份", reason: "来电核对" };
  const { place } = drawn({ ...KEPT, looked: [wrote, opened] }, KEPT);
  await soon(() => expect(place.textContent).toContain("写驿站咨询记录"));
  const told = [...place.querySelectorAll(".told .quiet")].map((one) => one.textContent);
  expect(told).toEqual(["", "用途：核对身份；理由：来电核对"]);
});

test("whose number it is not finds below what is kept how to say so", async () => {
  const { place } = drawn(KEPT, KEPT);
  const link = await there(() =>
    [...place.querySelectorAll("a")].find((one) => one.textContent?.startsWith("这不是我")),
  );
  expect(link.getAttribute("href")).toBe("/not-me");
});
