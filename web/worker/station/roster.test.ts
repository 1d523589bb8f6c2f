import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, json, serve } from "../testing";
import { Roster } from "./roster";

test("a shift of today that has ended, with no hours to confirm, is not one of those to come", async () => {
  const shift = { task: "整理图书", day: "2026-07-05", hours_text: "", due: false, begun: true, volunteers: [] };
  const shifts = [
    { ...shift, id: "1", ended: true },
    { ...shift, id: "2", task: "热饭引导", ended: false },
  ];
  serve(() => json({ shifts, posts: [] }));
  const { place } = draw(createElement(Roster, { station: "7" }));
  const over = await there(() => place.querySelector("details"));
  expect(over.querySelector("summary")?.textContent).toBe("近30天的 1 班");
  expect(over.textContent).toContain("整理图书");
  expect(over.textContent).not.toContain("热饭引导");
});
