import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, Refused, serve } from "../testing";
import Home from "./home";

test("where what waits could not be asked for, nobody reads that nothing waits", async () => {
  const session = { name: "李干部", permissions: ["membership.view"], organisations: [], today: "2026-07-05" };
  let answer: unknown = new Refused(500, "fault", "系统出了故障。");
  serve({ "GET /session": session, "GET /enrolment/todo": () => answer });
  const { client, place } = draw(createElement(Home));
  await soon(() => expect(place.textContent).toContain("系统出了故障"));
  expect(place.textContent).not.toContain("手头没有待办");
  answer = [];
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("手头没有待办"));
});
