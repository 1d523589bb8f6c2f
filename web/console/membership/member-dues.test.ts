import { createElement } from "react";
import { expect, test } from "vitest";
import type { MemberDetail } from "../../client/types";
import { soon } from "../../testing";
import { draw, press, serve } from "../testing";
import { MemberDues } from "./member-dues";

test("all that a member ever paid can be looked through", async () => {
  const paid = (id: string, month: string) => ({ id, month, amount_fen: 500, paid_on: month, actor: "李干部" });
  serve({
    "GET /dues": ({ path }: { path: string }) =>
      path.includes("cursor=24")
        ? { items: [paid("1", "2024-01-01")], total: 25, amount_fen: 12_500 }
        : { items: [paid("2", "2026-01-01")], total: 25, amount_fen: 12_500, next: "24" },
  });
  const member = { id: "7", member_since: "2024-01-01" } as MemberDetail;
  const { place } = draw(createElement(MemberDues, { member }));
  await soon(() => expect(place.textContent).toContain("共 125.00 元"));
  expect(place.textContent).not.toContain("2024年1月");
  await press("再取一页（已显示1笔）");
  await soon(() => expect(place.textContent).toContain("2024年1月"));
});
