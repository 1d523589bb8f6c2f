import { createElement } from "react";
import { expect, test } from "vitest";
import { pick, soon, there, uploads } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import NominationRound from "./nomination-round";

const row = (id: string, name: string, state: string) => ({
  id,
  person_id: `person-${id}`,
  name,
  organisation: "骑手联合工会",
  reason: "表现突出",
  state,
  state_label: "",
  note: "",
  objections: [],
});

const round = {
  id: "7",
  title: "疗休养",
  opens_at: "2026-07-01T09:00:00+08:00",
  closes_at: "2026-07-02T09:00:00+08:00",
  phase: "deciding",
  decides: true,
  shown_from: null,
  shares: [],
};

test("those who were chosen are decided on together, and it is said who was not and why", async () => {
  const sent = serve({
    "GET /session": officer("benefit.approve"),
    "GET /benefit-nomination-rounds/7": round,
    "GET /benefit-nomination-rounds/7/nominations": {
      items: [row("1", "王*", "proposed"), row("2", "李*", "proposed"), row("3", "赵*", "approved")],
      total: 3,
    },
    "POST /benefit-nominations/decide": { decided: 1, refused: [{ id: "2", reason: "不能审批自己推荐的人。" }] },
  });
  const { place } = draw(createElement(NominationRound), "/nominations/:id", "/nominations/7");
  const box = (name: string) => there(() => place.querySelector<HTMLInputElement>(`input[aria-label="选择${name}"]`));
  expect((await box("赵*")).disabled).toBe(true);
  (await box("王*")).click();
  (await box("李*")).click();
  await press("批量同意（2）");
  await press("同意");
  await soon(() => expect(document.body.textContent).toContain("已审批 1 人，1 人没有审批"));
  expect(document.body.textContent).toContain("李*：不能审批自己推荐的人。");
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ nominations: ["1", "2"], approve: true, note: "" });
});

test("nominations are sought by name and union", async () => {
  const sent = serve({
    "GET /benefit-nomination-rounds/7": round,
  });
  draw(createElement(NominationRound), "/nominations/:id", "/nominations/7?q=王&union=5");
  const listed = "/benefit-nomination-rounds/7/nominations?";
  await soon(() => {
    const asked = sent.find((one) => one.path.startsWith(listed));
    expect(decodeURIComponent(asked?.path ?? "")).toBe(`${listed}q=王&organisation=5`);
  });
});

test("a table nominates, and says which rows it left out and why", async () => {
  const begun = uploads();
  serve({
    "GET /session": officer("benefit.nominate"),
    "GET /benefit-nomination-rounds/7": { ...round, phase: "nominating", decides: false },
  });
  draw(createElement(NominationRound), "/nominations/:id", "/nominations/7");
  await press("从表格推荐");
  await pick("推荐表.xlsx");
  await soon(() => expect(document.body.textContent).toContain("推荐表.xlsx"));
  await press("推荐");
  await soon(() => expect(begun).toHaveLength(1));
  expect(begun[0]?.sent?.get("file")).toBeInstanceOf(File);
  expect(begun[0]?.sent?.get("round_id")).toBe("7");
  const refused = [{ row: 4, name: "巴图", reason: "名额共2个，已全部推荐。" }];
  begun[0]?.answer({ nominated: 2, refused, to_mend: "7" });
  await soon(() => expect(document.body.textContent).toContain("已推荐 2 人；1 行没有推荐"));
  expect(document.body.textContent).toContain("第 4 行　巴图：名额共2个");
  expect(document.body.textContent).toContain("下载有问题的行");
});

test("of an offer that was ended nobody is nominated or decided on", async () => {
  serve({
    "GET /session": officer("benefit.nominate", "benefit.approve"),
    "GET /benefit-nomination-rounds/7": { ...round, phase: "ended", phase_label: "服务已结束" },
    "GET /benefit-nomination-rounds/7/nominations": {
      items: [{ ...row("1", "张*", "proposed"), state_label: "待审批" }],
      total: 1,
    },
  });
  draw(createElement(NominationRound), "/nominations/:id", "/nominations/7");
  await soon(() => expect(document.body.textContent).toContain("待审批"));
  expect(document.body.textContent).toContain("服务已结束，没有公示");
  const names = [...document.querySelectorAll("button")].map((one) => one.textContent?.replaceAll(/\s/g, ""));
  expect(names).toContain("撤回");
  expect(names.filter((name) => ["推荐", "审批", "公示"].includes(name ?? ""))).toEqual([]);
});
