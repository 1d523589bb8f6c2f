import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import Members from "./members";

test("the list of paused applications can be taken away", async () => {
  vi.stubGlobal("location", { ...window.location, assign: () => undefined });
  const session = officer("membership.export");
  const sent = serve({ "GET /session": session, "POST /members/exports": { id: "5", state: "done" } });
  draw(createElement(Members), "/members", "/members?state=applied&paused=true");
  await press("导出表格");
  await press("导出");
  await soon(() =>
    expect(sent.find((one) => one.method === "POST")?.body).toMatchObject({
      filter: { state: "applied", paused: true, organisation: "2" },
    }),
  );
});

test("all who count as members are listed at once, and taken away so", async () => {
  vi.stubGlobal("location", { ...window.location, assign: () => undefined });
  const session = officer("membership.export");
  const sent = serve({ "GET /session": session, "POST /members/exports": { id: "5", state: "done" } });
  draw(createElement(Members), "/members", "/members?state=members");
  await soon(() => expect(sent.find((one) => one.path.startsWith("/members?"))?.path).toContain("is_member=true"));
  await press("导出表格");
  await press("导出");
  const posted = () => sent.find((one) => one.method === "POST")?.body as { filter: { state?: string } } | undefined;
  await soon(() => expect(posted()).toMatchObject({ filter: { is_member: true } }));
  expect(posted()?.filter.state || undefined).toBe(undefined);
});

test("those whose number changed hands are listed and taken away by that", async () => {
  vi.stubGlobal("location", { ...window.location, assign: () => undefined });
  const session = officer("membership.export");
  const sent = serve({ "GET /session": session, "POST /members/exports": { id: "5", state: "done" } });
  const { place } = draw(createElement(Members), "/members", "/members?phone_lost=true");
  await soon(() => expect(place.textContent).toContain("只看手机号码换过主人的"));
  await soon(() => expect(sent.find((one) => one.path.startsWith("/members?"))?.path).toContain("phone_lost=true"));
  await press("导出表格");
  await press("导出");
  await soon(() =>
    expect(sent.find((one) => one.method === "POST")?.body).toMatchObject({ filter: { phone_lost: true } }),
  );
});
