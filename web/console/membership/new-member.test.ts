import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import Members from "../pages/members";
import { draw, GRASSROOTS, officer, press, serve, TOP } from "../testing";

const SESSION = officer("membership.apply");

const WARNING = "本次填写的手机号码没有写入此人的档案，档案里的号码不变。";

/** Opens the form at the desk, and chooses a group of those that are offered. */
async function apply(answer: { outcome: string; message: string; warning?: string }) {
  const sent = serve({
    "GET /session": SESSION,
    "GET /organisations/2": GRASSROOTS,
    "GET /worker-groups": [
      { code: "courier", label: "快递员", offered: true },
      { code: "streamer", label: "网络主播", offered: false },
    ],
    "POST /members": { id: "7", state: "applied", ...answer },
  });
  draw(createElement(Members), "/members", "/members");
  await press("代录入会申请");
  const field = (label: string) => there(() => document.querySelector<HTMLInputElement>(`#${label}`));
  type(await field("name"), "张三");
  type(await field("document_number"), "150105199001010028");
  const select = await field("group");
  select.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  const offered = await there(() => {
    const found = [...document.querySelectorAll<HTMLElement>(".ant-select-item-option")];
    return found.some((one) => one.textContent === "快递员") ? found : null;
  });
  expect(offered.map((one) => one.textContent)).not.toContain("网络主播");
  offered.find((one) => one.textContent === "快递员")?.click();
  await press("提交申请");
  await soon(() => expect(sent.some((one) => one.method === "POST")).toBe(true));
  return sent;
}

test("whoever is a member elsewhere is not looked for here: the desk reads what was done", async () => {
  const message = "此人已是其他工会的会员，已请原工会确认转出。";
  const sent = await apply({ outcome: "transfer_asked", message, warning: WARNING });
  await soon(() => expect(document.body.textContent).toContain(`${message}${WARNING}`));
  expect(sent.some((one) => one.path.startsWith("/members/7"))).toBe(false);
  expect(document.body.textContent).toContain("代录入会申请");
});

test("the desk reads that the phone it typed was left out", async () => {
  await apply({ outcome: "applied", message: "已登记入会申请，请审批。", warning: WARNING });
  await soon(() => expect(document.body.textContent).toContain(WARNING));
});

test("an officer of a federation chooses the grassroots union that is joined: none is chosen for him", async () => {
  const sent = serve({ "GET /session": SESSION, "GET /organisations/2": { ...TOP, level: "prefecture" } });
  draw(createElement(Members), "/members", "/members");
  await soon(() => expect(sent.some((one) => one.path === "/organisations/2")).toBe(true));
  await press("代录入会申请");
  await soon(() => expect(document.body.textContent).toContain("会员加入的是基层工会，请选择一家"));
  await press("提交申请");
  await soon(() => expect(document.body.textContent).toContain("请选择基层工会"));
  expect(document.querySelector("[role=dialog]")?.textContent).not.toContain(TOP.name);
});
