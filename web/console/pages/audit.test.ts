import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, serve } from "../testing";
import Audit from "./audit";

const ROW = {
  id: "7",
  at: "2026-07-05T09:00:00+08:00",
  actor: "officer:3",
  actor_label: "王干部（officer）",
  action: "organisations.step",
  action_label: "登记工会组建步骤",
  object_kind: "kernel/organisation",
  detail: { step: "approved_to_prepare" },
  told: [{ label: "步骤", text: "批复筹建" }],
};

test("what an entry tells is read as the server puts it, and one that tells nothing can't be opened", async () => {
  const bare = { ...ROW, id: "8", action_label: "登录", detail: null, told: [] };
  const sent = serve({
    "GET /audit": { items: [ROW, bare], total: 2 },
    "GET /audit/actions": [],
    "GET /audit/checkpoints": { checkpoints: { items: [], total: 0 } },
  });
  const { place } = draw(createElement(Audit));
  const [told, nothing] = await there(() => {
    const icons = [...place.querySelectorAll<HTMLElement>(".ant-table-row .ant-table-row-expand-icon")];
    return icons.length === 2 ? icons : undefined;
  });
  expect(nothing?.className).toContain("spaced");
  const cells = [...place.querySelectorAll(".ant-table-row")].map((row) => row.textContent);
  expect(cells[0]).toContain("72026年7月5日 09:00:00");
  // What is chosen above the page is what the page shows.
  expect(sent.some((one) => one.path.startsWith("/audit?") && one.path.includes("organisation=2"))).toBe(true);
  told?.click();
  const said = await there(() => place.querySelector(".told") ?? undefined);
  expect(said.textContent).toBe("步骤批复筹建");
});
