import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import VolunteerPage from "./volunteer";

/** A shift that can be taken. */
const SHIFT = {
  ...{ id: "1", task: "热饭引导", station: "东河站", address: "", day: "2026-07-05", hours_text: "09:00-12:00" },
  ...{ free: true, wanted: 1, signed: 0, guided: true, leave_until: "2026-07-04T09:00:00+08:00" },
};

/** The page of somebody who has no shift yet, where the server answers all else so; and the addresses that it asked. */
function shown(answer: (address: string) => Response) {
  const asked: string[] = [];
  serve((address) => {
    asked.push(address);
    return address.includes("/station-volunteering") ? json({ hours: 0, times: 0, shifts: [] }) : answer(address);
  });
  return { asked, ...draw(createElement(VolunteerPage)) };
}

test("who can't simply leave a shift any more is told before he takes it", async () => {
  const { asked, place } = shown(() => json([{ ...SHIFT, leave_until: null }]));
  (await there(() => place.querySelector<HTMLButtonElement>("article button"))).click();
  await soon(() => expect(place.textContent).toContain("报名后不能直接退出"));
  expect(asked.some((address) => address.endsWith("/join"))).toBe(false);
  await press("确定报名");
  await soon(() => expect(asked.some((address) => address.endsWith("/1/join"))).toBe(true));
});

test("a shift that somebody else was quicker to take goes from the list, and why it was not mine is said", async () => {
  let open = [SHIFT];
  const { place } = shown((address) => {
    if (!address.endsWith("/join")) return json(open);
    open = [];
    return json({ code: "shift_full", detail: "这一班已经报满。" }, 409);
  });
  (await there(() => place.querySelector<HTMLButtonElement>("article button"))).click();
  await soon(() => expect(place.textContent).toContain("现在没有您能报名的班次"));
  expect(place.querySelector("[role=alert]")?.textContent).toBe("这一班已经报满。");
  expect(place.querySelector("article")).toBeNull();
});

test("where more can be taken than are shown it is said how the others are found", async () => {
  const { place } = shown(() => json(Array.from({ length: 40 }, (_, id) => ({ ...SHIFT, id: `${id}` }))));
  await soon(() => expect(place.textContent).toContain("只显示 40 个班次"));
});

test("who sought a station that needs nobody is not told that none does", async () => {
  const { place } = shown((address) => json(address.includes("?q=") ? [] : [SHIFT]));
  await soon(() => expect(place.textContent).toContain("热饭引导"));
  type(await there(() => place.querySelector("input")), "夜站");
  await press("查找");
  await soon(() =>
    expect(place.querySelector(".note")?.textContent).toBe("“夜站”现在没有您能报名的班次，换个词看看。"),
  );
});
